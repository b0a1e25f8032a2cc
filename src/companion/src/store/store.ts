// The trip in IndexedDB. A change is acknowledged only once it is stored, and
// it is made on what is stored, so that a second tab loses nothing.

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Core } from "../core/core";
import { bad, type Fault, good, type Outcome, type Records, type Result, type TripEvent, type TripView } from "../core/types";
import { begin, clear, clearFormer, DATABASE, type Database, markOf, openDatabase, readAll, type Transaction, write } from "./database";
import { type Channel, openChannel } from "./place";

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

interface Applied {
  readonly outcome: Outcome;
  /** Nothing where nothing changed. */
  readonly records?: Records;
  readonly view?: TripView;
}

type Taken = TripView & { readonly damaged?: boolean; readonly records?: Records };

/** What there is before a trip is. */
export const NOTHING: TripView = {
  name: "—",
  started_at: 0,
  practice: false,
  products: 0,
  counts: {},
  open: [],
  contested: [],
  order: [],
  pcs: [],
};

/** The trip that is kept. */
export class Store {
  readonly #trip = signal<TripView>(NOTHING);
  readonly #trouble = signal<Fault | undefined>(undefined);
  readonly #persisted = signal(false);
  /** Mark of what the core has taken up; none before the first change. */
  #mark: string | undefined;
  /** The instance of the core that has. */
  #instance = 0;
  /** What the trip is about, as it is stored. */
  #about = "";
  /** Records that should be there are not. */
  #damaged = false;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly database: Database,
    readonly core: Core,
    readonly surroundings: Surroundings,
  ) {}

  /** What is stored. */
  get trip(): ReadonlySignal<TripView> {
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
  static async open(core: Core, surroundings: Surroundings): Promise<Result<Store>> {
    let store: Store | undefined;
    let database: Database;
    try {
      database = await openDatabase((id) => store?.giveWay(id));
    } catch (error) {
      return { ok: false, fault: faultOf(error, "store-unavailable") };
    }
    store = new Store(database, core, surroundings);
    const loaded = await store.reload();
    if (!loaded.ok) return loaded;
    const { channel } = surroundings;
    if (channel) channel.onmessage = () => void store?.reload();
    core.renewed = () => void store?.reload();
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
    return this.#run(async (transaction) => {
      await this.#load(transaction);
      const applied = this.core.call<Applied>("apply", { event, at: this.surroundings.now() });
      if (!applied.ok) {
        if (applied.fault.id === "core-defect") throw applied.fault;
        return { kind: "refused", fault: applied.fault };
      }
      const { outcome, records, view } = applied.value;
      if (!records || !view) return outcome;
      const about = records.about ?? this.#about;
      const mark = randomMark();
      await write(transaction, records, about, mark);
      await transaction.done;
      // Stored: only now is it so.
      this.core.call("stored");
      this.#mark = mark;
      this.#about = about;
      this.#trip.value = joined(this.#trip.value, view);
      this.surroundings.channel?.postMessage(mark);
      return outcome;
    });
  }

  /** Deletes everything that is stored, here and in other tabs. */
  wipe(): Promise<Result<undefined>> {
    return this.#run(async (transaction) => {
      await clear(transaction);
      await this.#load(transaction);
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
    this.#trouble.value = { id, facts: {}, groups: [] };
    this.database.close();
  }

  /** Takes over what another tab stored. */
  reload(): Promise<Result<undefined>> {
    return this.#run((transaction) => this.#load(transaction));
  }

  /** Takes up what is stored, unless the core has it already. */
  async #load(transaction: Transaction): Promise<undefined> {
    const mark = await markOf(transaction);
    if (mark !== undefined && mark === this.#mark) return undefined;
    const stored = await readAll(transaction);
    if (stored.kind === "nothing") {
      // Nothing yet, or wiped.
      const { tripName, now } = this.surroundings;
      const begun = this.#taken("begin", { name: tripName(), at: now() });
      this.#about = begun.records?.about ?? "";
      this.#mark = undefined;
      this.#damaged = false;
    } else if (stored.kind === "trip") {
      const { about, pcs, damaged } = stored;
      const taken = this.#taken("open", { about, pcs });
      this.#about = about;
      this.#mark = stored.mark;
      this.#damaged = damaged || taken.damaged === true;
    } else {
      const taken = this.#taken("open-kept", { kept: stored.kept });
      this.#damaged = stored.damaged || taken.damaged === true;
      this.#about = taken.records?.about ?? "";
      // As it was: nothing is acknowledged by this, and nobody else need hear of it.
      if (taken.records) await write(transaction, taken.records, this.#about, stored.mark);
      if (!taken.damaged) await clearFormer(transaction);
      this.#mark = stored.mark;
    }
    return undefined;
  }

  /** Lets the core take up a trip; throws what it says against that. */
  #taken(call: "begin" | "open" | "open-kept", values: object): Taken {
    const taken = this.core.call<Taken>(call, { ...values });
    if (!taken.ok) throw taken.fault;
    const { damaged: _, records: __, ...view } = taken.value;
    this.#trip.value = joined(NOTHING, view);
    return taken.value;
  }

  /** One transaction after the other, each whole or not at all. */
  #run<T>(work: (transaction: Transaction) => Promise<T>): Promise<Result<T>> {
    const next = this.#queue.then(async (): Promise<Result<T>> => {
      const instance = await this.core.ready();
      if (instance !== this.#instance) this.#mark = undefined;
      this.#instance = instance;
      let transaction: Transaction;
      try {
        transaction = begin(this.database);
      } catch (error) {
        return { ok: false, fault: this.#note(this.#over() ?? faultOf(error, "store-failed")) };
      }
      // An abort is reported by whichever request met it.
      transaction.done.catch(() => undefined);
      try {
        const value = await work(transaction);
        await transaction.done;
        if (!this.#over()) {
          this.#trouble.value = this.#damaged ? bad("store-damaged").fault : undefined;
        }
        return good(value);
      } catch (error) {
        abort(transaction);
        this.core.call("not-stored");
        // The core may have taken up what is not stored now: what is, is read anew.
        this.#mark = undefined;
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
export async function openStore(core: Core, tripName: () => string): Promise<Result<Store>> {
  if (typeof indexedDB === "undefined") return bad("store-unavailable");
  return Store.open(core, {
    now: () => Math.floor(Date.now() / 1000),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    channel: openChannel(DATABASE),
    tripName,
  });
}

/** The trip after a change: PCs that did not change stay the same objects. */
function joined(before: TripView, after: TripView): TripView {
  const byId = new Map([...before.pcs, ...after.pcs].map((pc) => [pc.id, pc]));
  return { ...after, pcs: after.order.flatMap((id) => byId.get(id) ?? []) };
}

/** Random, since a count could come to the same number after a wipe. */
function randomMark(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // Over already.
  }
}

function faultOf(error: unknown, otherwise: string): Fault {
  if (typeof error === "object" && error !== null && "id" in error && "facts" in error) return error as Fault;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "QuotaExceededError":
      return bad("store-full").fault;
    case "VersionError":
      return bad("store-newer").fault;
    case "InvalidStateError":
      return bad(otherwise).fault;
    default:
      return bad(otherwise, name ? { name } : {}).fault;
  }
}
