// Everything that an origin keeps in a browser, as data and back. The writing
// is described in fixtures/page/kept/README.md. Nothing here knows the page:
// what a build stored is read as it lies there, and laid down again the same.

import type { Page } from "playwright-core";

/** A value of IndexedDB, in the writing of the fixtures. */
export type Written = null | boolean | number | string | readonly Written[] | { readonly [key: string]: Written };

export interface KeptStore {
  readonly name: string;
  readonly key_path: string | readonly string[] | null;
  readonly auto_increment: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly key_path: string | readonly string[];
    readonly unique: boolean;
    readonly multi_entry: boolean;
  }[];
  readonly records: readonly { readonly key: Written; readonly value: Written }[];
}

export interface KeptDatabase {
  readonly name: string;
  readonly version: number;
  readonly stores: readonly KeptStore[];
}

/** What lies in the storage of one origin. */
export interface Kept {
  readonly databases: readonly KeptDatabase[];
  readonly local_storage: Readonly<Record<string, string>>;
}

/** Defines `written` and `unwritten` on the page's window: both have to work inside the browser. */
function bringWriting(): void {
  const ownWriting = (value: object): boolean =>
    Object.keys(value).some((key) => key.startsWith("$") || key === "__proto__");
  const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const written = (value: unknown): unknown => {
    if (value === undefined) return { $undefined: true };
    if (value === null || typeof value === "boolean" || typeof value === "string") return value;
    if (typeof value === "number") {
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? "-0" : String(value) };
    }
    if (typeof value === "bigint") return { $bigint: String(value) };
    if (Array.isArray(value)) {
      if (Object.keys(value).length !== value.length) throw new Error("an array with holes or names");
      return value.map(written);
    }
    if (value instanceof Date) return { $date: value.getTime() };
    if (value instanceof ArrayBuffer) return { $bytes: hex(new Uint8Array(value)), as: "ArrayBuffer" };
    if (value instanceof Uint8Array) return { $bytes: hex(value), as: "Uint8Array" };
    if (value instanceof Map) return { $map: [...value].map(([key, one]) => [written(key), written(one)]) };
    if (value instanceof Set) return { $set: [...value].map(written) };
    if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) {
      throw new Error(`no writing for ${Object.prototype.toString.call(value)}`);
    }
    const pairs = Object.entries(value).map(([key, one]) => [key, written(one)] as const);
    return ownWriting(value) ? { $object: pairs } : Object.fromEntries(pairs);
  };
  const unwritten = (value: unknown): unknown => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(unwritten);
    const one = value as Record<string, unknown>;
    const pairs = (all: unknown) => (all as [unknown, unknown][]).map(([key, inner]) => [unwritten(key), unwritten(inner)] as const);
    if ("$undefined" in one) return undefined;
    if ("$number" in one) return Number(one.$number);
    if ("$bigint" in one) return BigInt(String(one.$bigint));
    if ("$date" in one) return new Date(Number(one.$date));
    if ("$bytes" in one) {
      const bytes = Uint8Array.from(String(one.$bytes).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      return one.as === "ArrayBuffer" ? bytes.buffer : bytes;
    }
    if ("$map" in one) return new Map(pairs(one.$map));
    if ("$set" in one) return new Set((one.$set as unknown[]).map(unwritten));
    if ("$object" in one) return Object.fromEntries(pairs(one.$object) as [string, unknown][]);
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, unwritten(inner)]));
  };
  Object.assign(window, { written, unwritten });
}

interface Writing {
  written(value: unknown): Written;
  unwritten(value: Written): unknown;
}

/** Reads what the origin of this tab keeps. */
export async function keptBy(page: Page): Promise<Kept> {
  await page.evaluate(bringWriting);
  // As text: half a surrogate pair does not survive the way out of the browser otherwise.
  const text = await page.evaluate(async () => {
    const { written } = window as unknown as Writing;
    const settled = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    const databases = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await settled(indexedDB.open(name));
      const names = Array.from(database.objectStoreNames);
      const transaction = names.length > 0 ? database.transaction(names) : undefined;
      const stores = [];
      for (const name of names) {
        const store = transaction?.objectStore(name);
        if (!store) continue;
        const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
        stores.push({
          name,
          key_path: store.keyPath,
          auto_increment: store.autoIncrement,
          indexes: Array.from(store.indexNames, (name) => {
            const { keyPath, unique, multiEntry } = store.index(name);
            return { name, key_path: keyPath, unique, multi_entry: multiEntry };
          }),
          records: keys.map((key, index) => ({ key: written(key), value: written(values[index]) })),
        });
      }
      databases.push({ name, version: database.version, stores });
      database.close();
    }
    databases.sort((one, other) => (one.name < other.name ? -1 : 1));
    const items = Object.keys(localStorage).sort();
    const local_storage = Object.fromEntries(items.map((key) => [key, localStorage.getItem(key)]));
    return JSON.stringify({ databases, local_storage });
  });
  return JSON.parse(text) as Kept;
}

/** Lays it down in the origin of this tab, where nothing may lie yet. */
export async function layDown(page: Page, kept: Kept): Promise<void> {
  await page.evaluate(bringWriting);
  await page.evaluate(async (text) => {
    const { unwritten } = window as unknown as Writing;
    const { databases, local_storage } = JSON.parse(text) as Kept;
    if ((await indexedDB.databases()).length > 0) throw new Error("something is kept here already");
    for (const { name, version, stores } of databases) {
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name, version);
        opening.onerror = () => reject(opening.error);
        opening.onupgradeneeded = () => {
          for (const store of stores) {
            const made = opening.result.createObjectStore(store.name, {
              keyPath: store.key_path as string | string[] | null,
              autoIncrement: store.auto_increment,
            });
            for (const index of store.indexes) {
              made.createIndex(index.name, index.key_path as string | string[], {
                unique: index.unique,
                multiEntry: index.multi_entry,
              });
            }
            for (const { key, value } of store.records) {
              const inLine = store.key_path !== null;
              made.add(unwritten(value), ...(inLine ? [] : [unwritten(key) as IDBValidKey]));
            }
          }
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      });
    }
    for (const [key, value] of Object.entries(local_storage)) localStorage.setItem(key, value);
  }, JSON.stringify(kept));
}
