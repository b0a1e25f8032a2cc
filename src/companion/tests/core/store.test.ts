// Nothing is lost: what was acknowledged is there after a reload, a second tab
// overwrites nothing, and what cannot be stored is said.

import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { SCHEMA } from "../../src/store/database";
import { Store, type Surroundings } from "../../src/store/store";
import { practiceCid, practiceIid } from "../lab/numbers";
import { core } from "../lab/walk";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

function surroundings(): Surroundings {
  return { now: () => 1000, persist: async () => true, channel: undefined, tripName: () => "Walk" };
}

async function open(around = surroundings()): Promise<Store> {
  const store = await Store.open(await core(), around);
  if (!store.ok) throw new Error(store.fault.id);
  return store.value;
}

const collect = (seed: string) => ({ kind: "collect", text: practiceIid(seed).digits }) as const;

/** Tags of what is kept, in order. */
const tags = (store: Store) => store.trip.value.pcs.flatMap((pc) => pc.entries.map((entry) => entry.tag));

describe("the store", () => {
  it("has after a reload what it acknowledged, in order", async () => {
    const store = await open();
    for (const seed of ["a", "b", "c"]) await store.apply(collect(seed));
    const iid = practiceIid("b");
    const kept = await store.apply({ kind: "keep", tag: iid.tag, cid: practiceCid(iid).join("") });
    expect(kept).toMatchObject({ ok: true, value: { kind: "kept", tag: iid.tag } });
    const before = store.trip.value;
    store.close();
    const again = await open();
    expect(again.trip.value).toEqual(before);
    expect(again.trip.value.pcs.map((pc) => pc.state)).toEqual(["open", "cid", "open"]);
    await vi.waitFor(() => expect(again.persisted.value).toBe(true));
  });

  it("loses nothing when two tabs change the trip at once", async () => {
    const [one, two] = [await open(), await open()];
    await Promise.all([
      ...["a", "b", "c"].map((seed) => one.apply(collect(seed))),
      ...["d", "e", "f"].map((seed) => two.apply(collect(seed))),
    ]);
    await one.reload();
    await two.reload();
    expect(new Set(tags(one)).size).toBe(6);
    expect(two.trip.value).toEqual(one.trip.value);
  });

  it("says that storage is full, and does not pretend", async () => {
    const store = await open();
    await store.apply(collect("a"));
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(await store.apply(collect("b"))).toMatchObject({ ok: false, fault: { id: "store-full" } });
    expect(tags(store)).toHaveLength(1);
    expect(store.trouble.value?.id).toBe("store-full");
    put.mockRestore();
    expect((await store.apply(collect("b"))).ok).toBe(true);
    expect(store.trouble.value).toBeUndefined();
    store.close();
    expect(tags(await open())).toHaveLength(2);
  });

  it("leaves alone what a newer page stored", async () => {
    (await openDB("hikyaku", SCHEMA + 1, { upgrade: (db) => void db.createObjectStore("new") })).close();
    expect(await Store.open(await core(), surroundings())).toMatchObject({ ok: false, fault: { id: "store-newer" } });
  });

  it("gives way to a newer page and says so", async () => {
    const store = await open();
    const newer = await openDB("hikyaku", SCHEMA + 1);
    expect(store.trouble.value?.id).toBe("store-closed");
    expect(await store.apply(collect("a"))).toMatchObject({ ok: false, fault: { id: "store-closed" } });
    newer.close();
  });

  it("does not call a database that was deleted a newer page's", async () => {
    const store = await open();
    await store.apply(collect("a"));
    await new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase("hikyaku");
      deleting.onsuccess = resolve;
      deleting.onerror = reject;
    });
    expect(store.trouble.value?.id).toBe("store-cleared");
    expect(await store.apply(collect("b"))).toMatchObject({ ok: false, fault: { id: "store-cleared" } });
    // What was acknowledged is still to be seen, and can be saved.
    expect(tags(store)).toHaveLength(1);
  });

  it("waits for nobody's leave to keep what it has", async () => {
    let grant: (granted: boolean) => void = () => undefined;
    const asked = new Promise<boolean>((resolve) => {
      grant = resolve;
    });
    const store = await open({ ...surroundings(), persist: () => asked });
    expect((await store.apply(collect("a"))).ok).toBe(true);
    expect(store.persisted.value).toBe(false);
    grant(true);
    await vi.waitFor(() => expect(store.persisted.value).toBe(true));
    const refused = await open({ ...surroundings(), persist: () => Promise.reject(new Error("no")) });
    expect(refused.persisted.value).toBe(false);
  });

  it("shows what is left of a damaged record, and says so", async () => {
    const store = await open();
    for (const seed of ["a", "b"]) await store.apply(collect(seed));
    store.close();
    const raw = await openDB("hikyaku");
    await raw.delete("records", 1);
    raw.close();
    const again = await open();
    expect(again.trouble.value?.id).toBe("store-damaged");
    expect(tags(again)).toEqual([practiceIid("b").tag]);
  });

  it("wipes everything", async () => {
    const store = await open();
    await store.apply(collect("a"));
    expect((await store.wipe()).ok).toBe(true);
    const again = await open();
    expect(again.trip.value).toMatchObject({ products: 0, pcs: [], name: "Walk" });
  });

  it("does not take another trip for its own after a wipe in another tab", async () => {
    const [one, two] = [await open(), await open()];
    await one.apply(collect("a"));
    await two.wipe();
    await two.apply(collect("b"));
    await one.apply(collect("c"));
    await two.reload();
    expect(tags(two)).toEqual(["b", "c"].map((seed) => practiceIid(seed).tag));
  });

  it("begins a new trip without anything of the old", async () => {
    let now = 1000;
    const store = await open({ ...surroundings(), now: () => now });
    await store.apply(collect("a"));
    await store.apply(collect("b"));
    now = 2000;
    await store.apply({ kind: "begin", name: "Second" });
    await store.apply(collect("c"));
    store.close();
    const again = await open();
    expect(again.trip.value.name).toBe("Second");
    expect(tags(again)).toEqual([practiceIid("c").tag]);
  });

  it("keeps what it acknowledged through a defect of the core, and goes on", async () => {
    const store = await open();
    await store.apply(collect("a"));
    const call = vi.spyOn(store.core, "call").mockImplementationOnce(() => ({ ok: false, fault: { id: "core-defect", facts: {}, groups: [] } }));
    expect(await store.apply(collect("b"))).toMatchObject({ ok: false, fault: { id: "core-defect" } });
    call.mockRestore();
    expect(tags(store)).toHaveLength(1);
    expect((await store.apply(collect("c"))).ok).toBe(true);
    store.close();
    expect(tags(await open())).toEqual(["a", "c"].map((seed) => practiceIid(seed).tag));
  });

  it("says what a rule refuses, and calls that no trouble of its own", async () => {
    const store = await open();
    const refused = await store.apply({ kind: "rename", name: "  " });
    expect(refused).toMatchObject({ ok: true, value: { kind: "refused", fault: { id: "trip-name-empty" } } });
    expect(store.trouble.value).toBeUndefined();
  });
});
