// The core that the built page carries goes a random walk in Chromium, and says
// what the crate said natively.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { replay } from "../lab/replay";
import { walkDown } from "../lab/walk_down";
import { DIST, phone, serve } from "./browser";

it("says in Chromium what the crate says natively", async () => {
  const packed = /hikyaku-core:([A-Za-z0-9+/=]+)/.exec(readFileSync(`${DIST}index.html`, "utf8"))?.[1];
  if (packed === undefined) throw new Error("the page carries no core");
  const core = inflateRawSync(Buffer.from(packed, "base64")).toString("base64");
  const { calls, answers, ends } = walkDown();
  const served = await serve();
  const device = await phone({ camera: "none" });
  try {
    // Under the page's own policy.
    await device.page.goto(served.address);
    await device.page.locator(".tabs").waitFor();
    const replayed = await device.page.evaluate(replay, { core, calls });
    expect(replayed.ends).toEqual(ends);
    expect(replayed.answers).toBe(answers);
    expect(device.complaints).toEqual([]);
  } finally {
    await device.close();
    await served.close();
  }
});
