// The trip in IndexedDB. A change is acknowledged only once it is stored, and
// it is made on what is stored, so that a second tab loses nothing.

import { type ReadonlySignal, signal } from "@preact/signals";
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { bad, type Fault, fault, good, type Result } from "../domain/fault";
import type { Outcome, TripEvent } from "../trip/events";
import type { Entry, Pc, Trip } from "../trip/model";
import { emptyTrip, reduce } from "../trip/reducer";
import { type Channel, ofThisPage, openChannel } from "./place";

const DATABASE = "hikyaku";
/** Version of what is stored. A page never opens a newer one. */
export const SCHEMA = 1;

/** The trip without its PCs and entries, which have records of their own. */
interface Head {
  readonly name: string;
  readonly startedAt: number;
  readonly next: number;
  readonly planned?: readonly unknown[];
  /** Another one with every change: tells whether another tab was here. */
  readonly mark: string;
  readonly pcs: readonly string[];
  readonly entries: readonly string[];
}

interface Schema extends DBSchema {
  head: { key: "trip"; value: Head };
  pcs: { key: string; value: Pc };
  entries: { key: string; value: Entry };
}

type Stores = ["head", "pcs", "entries"];
const STORES: Stores = ["head", "pcs", "entries"];

/** What the store needs from outside. */
export interface Surroundings {
  /** Seconds since 1970. */
  now(): number;
  /** Asks that nothing be evicted; whether it was granted. */
  persist(): Promise<boolean>;
  /** Tells other tabs, and hears them. */
  channel: Channel | undefined;
  /** Name of a trip that begins by itself. */
  tripName(): string;
}

/** The trip that is kept. */
export class Store {
  readonly #trip = signal<Trip>(emptyTrip("—", 0));
  readonly #trouble = signal<Fault | undefined>(undefined);
  readonly #persisted = signal(false);
  /** Mark of what this tab knows; none before the first change. */
  #mark: string | undefined;
  /** Records that should be there are not. */
  #damaged = false;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly database: IDBPDatabase<Schema>,
    readonly surroundings: Surroundings,
  ) {}

  /** What is stored. */
  get trip(): ReadonlySignal<Trip> {
    return this.#trip;
  }

  /** What keeps the store from working, until it works again. */
  get trouble(): ReadonlySignal<Fault | undefined> {
    return this.#trouble;
  }

  /** Whether the browser promised not to evict what is stored. */
  get persisted(): ReadonlySignal<boolean> {
    return this.#persisted;
  }

  /** Opens what is stored, or begins. */
  static async open(surroundings: Surroundings): Promise<Result<Store>> {
    let store: Store | undefined;
    let database: IDBPDatabase<Schema>;
    try {
      database = await openDB<Schema>(ofThisPage(DATABASE), SCHEMA, {
        upgrade(fresh) {
          fresh.createObjectStore("head");
          fresh.createObjectStore("pcs", { keyPath: "id" });
          fresh.createObjectStore("entries", { keyPath: "id" });
        },
        // A newer page wants to change what is stored: let it, and say so. No
        // version at all means that it is to be deleted.
        blocking(_, wanted) {
          store?.giveWay(wanted === null ? "store-cleared" : "store-closed");
        },
        // By the browser: data of the site was cleared, or its disk is gone.
        terminated() {
          store?.giveWay("store-cleared");
        },
      });
    } catch (error) {
      return { ok: false, fault: faultOf(error, "store-unavailable") };
    }
    store = new Store(database, surroundings);
    const loaded = await store.#run((transaction) => store?.load(transaction));
    if (!loaded.ok) return loaded;
    const { channel } = surroundings;
    if (channel) channel.onmessage = () => void store?.reload();
    // Firefox asks the person, and answers when they do: nothing waits for it.
    void store.#askToPersist();
    return good(store);
  }

  async #askToPersist(): Promise<void> {
    try {
      this.#persisted.value = await this.surroundings.persist();
    } catch {
      // As if it was refused.
    }
  }

  /** Applies an event; resolves when the change is stored. */
  apply(event: TripEvent): Promise<Result<Outcome>> {
    return this.#change((trip) => reduce(trip, event, this.surroundings.now()));
  }

  /** Puts an empty trip in the place of the stored one. */
  async newTrip(name: string): Promise<Result<Outcome>> {
    const fresh = emptyTrip(name, this.surroundings.now());
    return this.#change(() => ({ trip: fresh, outcome: { kind: "done" } }));
  }

  /** Deletes everything that is stored, here and in other tabs. */
  wipe(): Promise<Result<undefined>> {
    return this.#run(async (transaction) => {
      await Promise.all(STORES.map((name) => transaction.objectStore(name).clear()));
      await this.load(transaction);
      await transaction.done;
      this.surroundings.channel?.postMessage("wiped");
      return undefined;
    });
  }

  /** Lets go of the database. */
  close(): void {
    this.surroundings.channel?.close();
    this.database.close();
  }

  /** Closes for a newer page, and says so. */
  giveWay(id: string): void {
    this.#trouble.value = fault(id);
    this.database.close();
  }

  /** Takes over what another tab stored. */
  async reload(): Promise<void> {
    await this.#run((transaction) => this.load(transaction));
  }

  /** Reads what is stored, unless this tab knows it already. */
  async load(transaction: IDBPTransaction<Schema, Stores, "readwrite">): Promise<Trip> {
    const head = await transaction.objectStore("head").get("trip");
    if (head && head.mark === this.#mark) return this.#trip.value;
    if (!head) {
      // Nothing yet, or wiped.
      this.#mark = undefined;
      this.#damaged = false;
      this.#trip.value = emptyTrip(this.surroundings.tripName(), this.surroundings.now());
      return this.#trip.value;
    }
    const [pcs, entries] = await Promise.all([
      transaction.objectStore("pcs").getAll(),
      transaction.objectStore("entries").getAll(),
    ]);
    this.#mark = head.mark;
    const missing = (ids: readonly string[], records: readonly { id: string }[]) =>
      ids.some((id) => !records.some((record) => record.id === id));
    this.#damaged = missing(head.pcs, pcs) || missing(head.entries, entries);
    const { name, startedAt, next, planned } = head;
    const order = { pcs: inOrder(pcs, head.pcs), entries: inOrder(entries, head.entries) };
    this.#trip.value = { name, startedAt, next, ...(planned && { planned }), ...order };
    return this.#trip.value;
  }

  #change(make: (trip: Trip) => { trip: Trip; outcome: Outcome }): Promise<Result<Outcome>> {
    return this.#run(async (transaction) => {
      const before = await this.load(transaction);
      const { trip, outcome } = make(before);
      if (trip === before) return outcome;
      const mark = randomMark();
      await save(transaction, before, trip, mark);
      await transaction.done;
      // Stored: only now is it so.
      this.#mark = mark;
      this.#trip.value = trip;
      this.surroundings.channel?.postMessage(mark);
      return outcome;
    });
  }

  /** One transaction after the other, each whole or not at all. */
  #run<T>(work: (transaction: IDBPTransaction<Schema, Stores, "readwrite">) => Promise<T> | T): Promise<Result<T>> {
    const next = this.#queue.then(async (): Promise<Result<T>> => {
      let transaction: IDBPTransaction<Schema, Stores, "readwrite">;
      try {
        transaction = this.database.transaction(STORES, "readwrite", { durability: "strict" });
      } catch (error) {
        return { ok: false, fault: this.#note(this.#over() ?? faultOf(error, "store-failed")) };
      }
      // An abort is reported by whichever request met it.
      transaction.done.catch(() => undefined);
      try {
        const value = await work(transaction);
        await transaction.done;
        if (!this.#over()) {
          this.#trouble.value = this.#damaged ? fault("store-damaged") : undefined;
        }
        return good(value);
      } catch (error) {
        abort(transaction);
        const reason = transaction.error ?? error;
        return { ok: false, fault: this.#note(this.#over() ?? faultOf(reason, "store-failed")) };
      }
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** Why the database is closed for good, if it is. */
  #over(): Fault | undefined {
    const trouble = this.#trouble.value;
    return trouble?.id === "store-closed" || trouble?.id === "store-cleared" ? trouble : undefined;
  }

  #note(one: Fault): Fault {
    this.#trouble.value = one;
    return one;
  }
}

/** Opens the store of this browser. */
export async function openStore(tripName: () => string): Promise<Result<Store>> {
  if (typeof indexedDB === "undefined") return bad("store-unavailable");
  return Store.open({
    now: () => Math.floor(Date.now() / 1000),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    channel: openChannel(DATABASE),
    tripName,
  });
}

/** Writes what differs, and nothing else: a trip of 500 PCs changes one record at a time. */
async function save(
  transaction: IDBPTransaction<Schema, Stores, "readwrite">,
  before: Trip,
  after: Trip,
  mark: string,
): Promise<void> {
  const pcs = transaction.objectStore("pcs");
  const entries = transaction.objectStore("entries");
  const { name, startedAt, next, planned } = after;
  const order = { pcs: after.pcs.map((pc) => pc.id), entries: after.entries.map((entry) => entry.id) };
  await Promise.all([
    ...difference(before.pcs, after.pcs).map((pc) => pcs.put(pc)),
    ...difference(before.entries, after.entries).map((entry) => entries.put(entry)),
    ...gone(before.pcs, after.pcs).map((id) => pcs.delete(id)),
    ...gone(before.entries, after.entries).map((id) => entries.delete(id)),
    transaction.objectStore("head").put({ name, startedAt, next, ...(planned && { planned }), mark, ...order }, "trip"),
  ]);
}

/** Random, since a count could come to the same number after a wipe. */
function randomMark(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Records that are new or another object than before: the reducer never changes one in place. */
function difference<T>(before: readonly T[], after: readonly T[]): T[] {
  const known = new Set(before);
  return after.filter((one) => !known.has(one));
}

function gone(before: readonly { id: string }[], after: readonly { id: string }[]): string[] {
  const kept = new Set(after.map((one) => one.id));
  return before.filter((one) => !kept.has(one.id)).map((one) => one.id);
}

function inOrder<T extends { id: string }>(records: readonly T[], order: readonly string[]): T[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return order.flatMap((id) => byId.get(id) ?? []);
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // Over already.
  }
}

function faultOf(error: unknown, otherwise: string): Fault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "QuotaExceededError":
      return fault("store-full");
    case "VersionError":
      return fault("store-newer");
    case "InvalidStateError":
      return fault(otherwise);
    default:
      return fault(otherwise, name ? { name } : {});
  }
}
