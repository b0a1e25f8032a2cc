// Runs every file of fixtures/wire and fixtures/numbers through the page's
// core: text to value, defect to error id. The same files as
// tests/wire_vectors.rs, and a fault of the WebAssembly build would show here.

import { describe, expect, it } from "vitest";
import type { Message } from "../../src/core/types";
import { core } from "../lab/walk";
import { type Bad, fixtures, type Good } from "./fixtures";

const page = await core();

describe.each(["wire", "numbers"])("fixtures/%s", (folder) => {
  it.each(fixtures<Good>(`${folder}/good`).map((good) => [good.name, good] as const))("%s is read", (_, good) => {
    const read = page.call<Message>("read", { text: good.text });
    if (!read.ok) throw new Error(JSON.stringify(read.fault));
    expect(read.value).toEqual({ kind: good.kind, value: good.value });
  });

  it.each(fixtures<Bad>(`${folder}/bad`).map((bad) => [bad.name, bad] as const))("%s is refused", (_, bad) => {
    const read = page.call<Message>("read", { text: bad.text });
    if (read.ok) throw new Error("it is read");
    expect(read.fault.id).toBe(bad.error);
    if (bad.groups) expect(read.fault.groups).toEqual(bad.groups);
    else expect(read.fault.id).not.toMatch(/-wrong-groups$/);
  });
});
