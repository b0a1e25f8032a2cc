// Every fault that the page can name is said in both languages, with what to
// do next: those of its own code, those of the core's errors, every result code.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hasMessage } from "../../src/i18n";

const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");
const folder = fileURLToPath(new URL("../../src/store/", import.meta.url));

/** Ids in the calls of the page that make faults. */
const own = [...readdirSync(folder).map((name) => `companion/src/store/${name}`), "companion/src/main.tsx", "companion/src/core/core.ts"]
  .map(file)
  .flatMap((text) => [...text.matchAll(/\b(?:bad|faultOf|giveWay|lost)\((?:[a-z]+,\s*)?(?:[^"()]*\?\s*)?"([a-z0-9-]+)"/g)])
  .map((found) => found[1] ?? "");

/** Ids of an error enum: its variants with its prefix. */
function variants(path: string, name: string): string[] {
  const text = file(path);
  const start = text.indexOf(`pub enum ${name} {`);
  const body = text.slice(start, text.indexOf("\n}", start));
  const prefix = /prefix = "([a-z-]+)"/.exec(text.slice(0, start).slice(text.slice(0, start).lastIndexOf("#[derive")))?.[1] ?? "";
  const names = [...body.matchAll(/^ {4}([A-Z][A-Za-z0-9]*)(?:[ ({,])/gm)].map((found) => found[1] ?? "");
  // What another error says is that one's.
  const own = names.filter((one) => !new RegExp(`#\\[error\\(transparent\\)\\]\\s+${one}\\(`).test(body));
  return own.map((one) => prefix + one.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase());
}

const core = [
  ...variants("activation/number_error.rs", "NumberError"),
  ...variants("wire/packet_error.rs", "PacketError"),
  ...variants("wire/link_error.rs", "LinkError"),
  ...variants("wire/parts.rs", "PartsError"),
  ...variants("trip/file/mod.rs", "TripFileError"),
  ...variants("trip/error.rs", "TripError"),
  "trip-other-kind",
  "core-defect",
];
const codes = [...file("activation/hresult.rs").matchAll(/"(hresult-[a-z-]+)"/g)].map((found) => found[1] ?? "");
const ids = [...new Set([...own, ...core, ...codes])].sort();

describe.each(["ja", "en"] as const)("messages in %s", (language) => {
  it.each(ids)("%s", (id) => {
    expect(hasMessage(language, id)).toBe(true);
    expect(hasMessage(language, id, "next")).toBe(true);
  });
});

it("finds the ids that there are", () => {
  expect(ids.length).toBeGreaterThan(70);
  for (const id of ["number-wrong-groups", "packet-truncated", "store-full", "store-newer", "core-missing", "trip-full", "trip-cid-of-other", "parts-damaged", "trip-file-newer", "hresult-mismatch"]) {
    expect(ids).toContain(id);
  }
});
