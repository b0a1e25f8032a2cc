// What lies in IndexedDB. Version 2: the trip as the core writes it, a record
// for each PC. Version 1 was written by pages with rules of their own; the core
// makes a trip of it, once.

import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { Records } from "../core/types";
import { ofThisPage } from "./place";

export const DATABASE = "hikyaku";
/** Version of what is stored. A page never opens a newer one. */
export const SCHEMA = 2;

export interface Head {
  /** Another one with every change: tells whether another tab was here. */
  readonly mark: string;
  /** What the trip is about, as the core writes it. */
  readonly about: string;
  /** Ids of the PCs, in order. */
  readonly order: readonly number[];
}

/** The head of version 1. */
interface FormerHead {
  readonly mark: string;
  readonly name: string;
  readonly startedAt: number;
  readonly pcs: readonly string[];
  readonly entries: readonly string[];
  readonly planned?: readonly unknown[];
}

interface Former {
  readonly id: string;
  readonly facts?: readonly unknown[];
}

interface Schema extends DBSchema {
  head: { key: "trip"; value: Head | FormerHead };
  records: { key: number; value: string };
  pcs: { key: string; value: Former };
  entries: { key: string; value: Former };
}

export type Database = IDBPDatabase<Schema>;
export type Transaction = IDBPTransaction<Schema, ("head" | "records" | "pcs" | "entries")[], "readwrite">;

/** Opens the database; `lost` hears why it closes by itself. */
export function openDatabase(lost: (id: "store-closed" | "store-cleared") => void): Promise<Database> {
  return openDB<Schema>(ofThisPage(DATABASE), SCHEMA, {
    upgrade(database, before) {
      if (before < 1) database.createObjectStore("head");
      database.createObjectStore("records");
    },
    // A newer page wants to change what is stored: let it, and say so. No
    // version at all means that it is to be deleted.
    blocking(_, wanted) {
      lost(wanted === null ? "store-cleared" : "store-closed");
    },
    // By the browser: data of the site was cleared, or its disk is gone.
    terminated() {
      lost("store-cleared");
    },
  });
}

/** A transaction over everything that there is. */
export function begin(database: Database): Transaction {
  return database.transaction([...database.objectStoreNames], "readwrite", { durability: "strict" });
}

/** What is stored, as the core takes it up. */
export type Stored =
  | { readonly kind: "nothing" }
  | { readonly kind: "trip"; readonly mark: string; readonly about: string; readonly pcs: readonly string[]; readonly damaged: boolean }
  | { readonly kind: "former"; readonly mark: string; readonly kept: object; readonly damaged: boolean };

/** The mark of what is stored. */
export async function markOf(transaction: Transaction): Promise<string | undefined> {
  return (await transaction.objectStore("head").get("trip"))?.mark;
}

/** Reads everything. */
export async function readAll(transaction: Transaction): Promise<Stored> {
  const head = await transaction.objectStore("head").get("trip");
  if (!head) return { kind: "nothing" };
  const { mark } = head;
  if (!("about" in head)) return { kind: "former", mark, ...(await readFormer(transaction, head)) };
  const store = transaction.objectStore("records");
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const byId = new Map(keys.map((key, index) => [key, values[index]]));
  const pcs = head.order.flatMap((id) => byId.get(id) ?? []);
  return { kind: "trip", mark, about: head.about, pcs, damaged: pcs.length < head.order.length };
}

async function readFormer(transaction: Transaction, head: FormerHead) {
  const [pcs, entries] = await Promise.all([
    transaction.objectStore("pcs").getAll(),
    transaction.objectStore("entries").getAll(),
  ]);
  const [allPcs, allEntries] = [inOrder(pcs, head.pcs), inOrder(entries, head.entries)];
  const { name, startedAt, planned } = head;
  // What other devices said comes as texts of its own: JSON allows more than the core reads.
  const apart = (facts: readonly unknown[] | undefined) => (facts ?? []).map((one) => JSON.stringify(one));
  const kept = {
    name,
    startedAt,
    planned: apart(planned),
    pcs: allPcs,
    entries: allEntries.map((entry) => ({ ...entry, facts: apart(entry.facts) })),
  };
  return { kept, damaged: allPcs.length < head.pcs.length || allEntries.length < head.entries.length };
}

/** Writes what the core says is to be written, and nothing else. */
export async function write(transaction: Transaction, records: Records, about: string, mark: string): Promise<void> {
  const store = transaction.objectStore("records");
  await Promise.all([
    ...records.put.map(({ id, record }) => store.put(record, id)),
    ...records.gone.map((id) => store.delete(id)),
    transaction.objectStore("head").put({ mark, about, order: records.order }, "trip"),
  ]);
}

/** Everything is gone. */
export async function clear(transaction: Transaction): Promise<void> {
  await Promise.all([...transaction.objectStoreNames].map((name) => transaction.objectStore(name).clear()));
}

/** The records of version 1 are gone: they are a trip now. */
export async function clearFormer(transaction: Transaction): Promise<void> {
  await Promise.all([transaction.objectStore("pcs").clear(), transaction.objectStore("entries").clear()]);
}

function inOrder(records: readonly Former[], order: readonly string[]): Former[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return order.flatMap((id) => byId.get(id) ?? []);
}
