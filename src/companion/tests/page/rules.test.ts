// The rules of a trip through the core that the built page carries, in Chromium
// and under the page's own policy: a fault of the build would show here.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault, Result } from "../../src/core/types";
import { fixtures } from "../core/fixtures";
import { type Asked, play, type Rule } from "../lab/rules";
import { DIST, type Phone, phone, type Served, serve } from "./browser";

let served: Served;
let device: Phone;

beforeAll(async () => {
  const packed = /hikyaku-core:([A-Za-z0-9+/=]+)/.exec(readFileSync(`${DIST}index.html`, "utf8"))?.[1];
  if (packed === undefined) throw new Error("the page carries no core");
  served = await serve();
  device = await phone({ camera: "none" });
  await device.page.goto(served.address);
  await device.page.locator(".tabs").waitFor();
  await device.page.evaluate(async (text) => {
    const module = await WebAssembly.compile(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    interface Exports {
      readonly memory: WebAssembly.Memory;
      room(bytes: number): number;
      answer_to(): number;
      answer(): number;
    }
    const cores: Exports[] = [];
    Object.assign(window, {
      beginCore: async () => cores.push((await WebAssembly.instantiate(module, {})).exports as unknown as Exports) - 1,
      askCore: (which: number, call: string) => {
        const core = cores[which] as Exports;
        const bytes = new TextEncoder().encode(call);
        const room = core.room(bytes.length);
        new Uint8Array(core.memory.buffer, room, bytes.length).set(bytes);
        const length = core.answer_to();
        return new TextDecoder().decode(new Uint8Array(core.memory.buffer, core.answer(), length));
      },
    });
  }, inflateRawSync(Buffer.from(packed, "base64")).toString("base64"));
});

afterAll(async () => {
  expect(device.complaints).toEqual([]);
  await device.close();
  await served.close();
});

/** A core holds one trip, and whichever is begun next: they serve every rule anew, since a browser has room for so many only. */
const made: Asked[] = [];

function cores(): () => Promise<Asked> {
  let taken = 0;
  return async () => (made[taken++] ??= await load());
}

/** A core of the page in the browser. */
async function load(): Promise<Asked> {
  type Window = { beginCore(): Promise<number>; askCore(which: number, call: string): string };
  const which = await device.page.evaluate(() => (window as unknown as Window).beginCore());
  return {
    async call<T>(name: string, values: object = {}): Promise<Result<T>> {
      const call = JSON.stringify({ call: name, ...values });
      const text = await device.page.evaluate(([core, asked]) => (window as unknown as Window).askCore(core, asked), [which, call] as const);
      const answer = JSON.parse(text) as { ok: T } | { fault: Fault };
      return "ok" in answer ? { ok: true, value: answer.ok } : { ok: false, fault: answer.fault };
    },
  };
}

describe("fixtures/trip/rules in Chromium", () => {
  it.each(fixtures<Rule>("trip/rules").map((rule) => [rule.name, rule] as const))("%s", async (_, rule) => {
    const played = await play(rule, cores());
    for (const [at, { about, outcome, refused }] of rule.steps.entries()) {
      expect(played.outcomes[at], about).toEqual(outcome === undefined ? { refused } : { outcome });
    }
    expect(played.state).toEqual(rule.state);
    expect(played.broken).toEqual([]);
  });
});
