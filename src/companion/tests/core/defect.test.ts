// A panic inside the core traps: it is told as a defect, nothing that is stored
// changes, and the next call finds a core that has taken up what is stored.

import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PcDetail } from "../../src/core/types";
import { Store } from "../../src/store/store";
import { practiceIid } from "../lab/numbers";
import { core } from "../lab/walk";

/** Whether the next call traps, as WebAssembly does where Rust panics. */
let traps = false;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: object) => Promise<WebAssembly.Instance>;
  vi.spyOn(WebAssembly, "instantiate").mockImplementation((async (module: WebAssembly.Module, imports: object) => {
    const { exports } = await instantiate(module, imports);
    const answer_to = () => {
      if (traps) {
        traps = false;
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return (exports.answer_to as () => number)();
    };
    return { exports: { ...exports, answer_to } };
  }) as never);
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function open(): Promise<Store> {
  const around = { now: () => 1000, persist: async () => true, channel: undefined, tripName: () => "Walk" };
  const store = await Store.open(await core(), around);
  if (!store.ok) throw new Error(store.fault.id);
  return store.value;
}

const collect = (seed: string) => ({ kind: "collect", text: practiceIid(seed).digits }) as const;

it("is told where a change was asked for, and the trip is as it was", async () => {
  const store = await open();
  await store.apply(collect("a"));
  traps = true;
  expect(await store.apply(collect("b"))).toMatchObject({ ok: false, fault: { id: "core-defect" } });
  expect(store.trouble.value?.id).toBe("core-defect");
  expect(store.trip.value.products).toBe(1);
  // Once more, with a core that never saw the trip before.
  expect(await store.apply(collect("b"))).toMatchObject({ ok: true });
  expect(store.trouble.value).toBeUndefined();
  expect(store.trip.value.products).toBe(2);
  store.close();
  expect((await open()).trip.value.products).toBe(2);
});

it("is over for the screens, too: what they ask next is answered from what is stored", async () => {
  const store = await open();
  await store.apply(collect("a"));
  traps = true;
  expect(store.core.call("detail", { pc: 1 })).toMatchObject({ ok: false, fault: { id: "core-defect" } });
  await vi.waitFor(() => {
    expect(store.core.call<PcDetail | null>("detail", { pc: 1 })).toMatchObject({ ok: true, value: { id: 1 } });
  });
});
