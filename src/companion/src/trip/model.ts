// The trip: what was gathered on one walk, and how far each product is.
//
// All of it is plain data (structured clone, JSON). Times are seconds since
// 1970, given from outside: nothing here reads a clock.

/** How far a product is. */
export type State = "open" | "cid" | "delivered" | "activated" | "failed";

/** One thing that happened to a product. */
export type StepKind =
  | "collected"
  | "seen-again"
  | "changed"
  | "cid"
  | "cid-taken-back"
  | "delivered"
  | "activated"
  | "failed"
  | "imported";

/** A step with its time; `code` is an HRESULT such as `0xC004F031`. */
export interface Step {
  readonly kind: StepKind;
  readonly at: number;
  readonly code?: string;
}

/** An Installation ID that this product had before, with what was in hand for it. */
export interface Superseded {
  readonly iid: string;
  readonly tag: string;
  readonly cid?: string;
  /** When the change was noticed. */
  readonly at: number;
}

/** One product of one PC: what one visit to the portal answers. */
export interface Entry {
  /** Unique within the trip, and stable. */
  readonly id: string;
  readonly pcId: string;
  /** Activation ID, where a request told it. */
  readonly activationId?: string;
  /** Name of the product, where a request told it. */
  readonly product?: string;
  readonly keyTail?: string;
  readonly iid: string;
  readonly tag: string;
  readonly practice: boolean;
  readonly state: State;
  readonly cid?: string;
  /** The person insisted on a CID whose check digits fail. */
  readonly insisted?: true;
  /** Licence status of the last receipt. */
  readonly status?: number;
  /** `0x…` of the last receipt's refusal. */
  readonly hresult?: string;
  /** Earlier Installation IDs, newest last: shown, since an old CID is void. */
  readonly superseded: readonly Superseded[];
  readonly steps: readonly Step[];
  /** What other devices know of its numbers: carried along as it came. */
  readonly facts?: readonly unknown[];
}

/** One PC. A bare Installation ID makes a PC with a name that is to be edited. */
export interface Pc {
  readonly id: string;
  readonly name: string;
  /** The name was made up here (bare Installation ID), and may be edited. */
  readonly bare: boolean;
  readonly serial?: string;
  /** What identifies the machine: carried along as it came. */
  readonly machine?: string;
  /** When its request was written, by its own clock. */
  readonly takenAt?: number;
  /** When it was last seen by this phone. */
  readonly seenAt: number;
}

/** A walk. */
export interface Trip {
  readonly name: string;
  readonly startedAt: number;
  /** In the order of collection. */
  readonly pcs: readonly Pc[];
  /** In the order of collection; those of one PC together. */
  readonly entries: readonly Entry[];
  /** The list of PCs that are to be done: carried along as it came. */
  readonly planned?: readonly unknown[];
  /** Number for the next made-up name and id. */
  readonly next: number;
}

/** Most entries, as in a packet `t1`. */
export const MAX_ENTRIES = 1000;
