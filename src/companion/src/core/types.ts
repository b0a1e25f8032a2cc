// What the core takes and gives, as values. Every rule behind them is the
// crate's (src/companion/core); names are those of its JSON.

/** A defect: the id of a message pair, values for the messages, and the groups of a number that fail. */
export interface Fault {
  readonly id: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly groups: readonly string[];
}

/** A value, or why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export const good = <T>(value: T): Result<T> => ({ ok: true, value });
export const bad = (id: string, facts: Fault["facts"] = {}) => ({ ok: false, fault: { id, facts, groups: [] } }) as const satisfies Result<never>;

/** How far a product or a PC is. */
export type State = "wanted" | "open" | "contested" | "cid" | "delivered" | "activated" | "failed";

/** A product as a row of a list; its tag names it. */
export interface EntryRow {
  readonly tag: string;
  readonly product: string | null;
  readonly state: State;
  /** `0x…` of the last refusal. */
  readonly code: string | null;
  /** Its reply is worth showing. */
  readonly deliverable: boolean;
  /** The PC would refuse the same Confirmation ID again. */
  readonly refused: boolean;
}

/** A PC as a row of a list. */
export interface PcRow {
  readonly id: number;
  readonly name: string;
  /** It came without a name. */
  readonly bare: boolean;
  readonly state: State;
  readonly entries: readonly EntryRow[];
}

/** The trip, for lists. Times are seconds since 1970. */
export interface TripView {
  readonly name: string;
  readonly started_at: number;
  readonly practice: boolean;
  /** Products in all. */
  readonly products: number;
  readonly counts: Readonly<Partial<Record<State, number>>>;
  /** Tags of what waits for a Confirmation ID, in the order of collection. */
  readonly open: readonly string[];
  /** Tags of what has several, of which a person says which one is right. */
  readonly contested: readonly string[];
  /** The PCs by their ids. */
  readonly order: readonly number[];
  readonly pcs: readonly PcRow[];
}

export type Numbered = { readonly digits: string; readonly groups: readonly string[] };
export type Step = { readonly kind: string; readonly at: number; readonly code: string | null };

/** What a scanner, or a person, types into a PC on which Hikyaku does not run. */
export interface KeyedAnswer {
  /** The ways in which the digits ride, and the ids of the messages beside each. */
  readonly forms: readonly { readonly name: string; readonly text: string; readonly how: readonly string[] }[];
  readonly command: string;
  /** Ids of the messages for all of them; they mention the command in `check`. */
  readonly closing: readonly string[];
  readonly check: string;
}

/** All about a product. */
export interface EntryDetail {
  readonly tag: string;
  readonly product: string | null;
  readonly key_tail: string | null;
  readonly practice: boolean;
  readonly state: State;
  readonly iid: Numbered;
  /** How many Installation IDs it had before. */
  readonly former: number;
  readonly cid: (Numbered & { readonly insisted: boolean }) | null;
  readonly rivals: readonly Numbered[];
  /** What the PC reads, and the boxes A to H with the check, for a person who types. */
  readonly reply: {
    readonly digits: string;
    readonly boxes: readonly string[];
    readonly check: string | null;
    readonly keyed: KeyedAnswer;
  } | null;
  readonly code: string | null;
  /** Id of the message pair for the code. */
  readonly meaning: string | null;
  readonly steps: readonly Step[];
}

/** All about a PC. */
export interface PcDetail {
  readonly id: number;
  readonly name: string;
  readonly own_name: string;
  readonly serial: string | null;
  readonly place: string | null;
  readonly entries: readonly EntryDetail[];
  /** PCs of the same name. */
  readonly twins: readonly { readonly id: number; readonly name: string }[];
}

/** One box of a number that is being typed. */
export type Box = { readonly label: string; readonly digits: string; readonly defect: "missing" | "extra" | "check" | null };

/** What stands in the field beside a request at the portal. */
export type Pasted =
  | { readonly kind: "empty" | "nothing" | "iid" | "foreign" }
  | { readonly kind: "several"; readonly count: number }
  | { readonly kind: "whole"; readonly cid: string; readonly tag: string; readonly at_once: boolean; readonly boxes: readonly Box[] }
  | { readonly kind: "incomplete"; readonly boxes: readonly Box[] }
  | { readonly kind: "damaged"; readonly fault: Fault; readonly boxes: readonly Box[]; readonly insist: string | null };

/** What is shown to a PC at whose screen the phone looks. */
export type Facing =
  | { readonly kind: "replies"; readonly pc: number; readonly tags: readonly string[]; readonly changed: boolean }
  | { readonly kind: "waiting" | "refused"; readonly pc: number; readonly tags: readonly string[] }
  | { readonly kind: "activated" | "changed" | "older"; readonly pc: number }
  | { readonly kind: "unknown"; readonly name: string | null };

/** Everything that changes a trip. */
export type TripEvent =
  | { readonly kind: "collect"; readonly text: string; readonly name?: string; readonly product?: string }
  | { readonly kind: "keep"; readonly tag: string; readonly cid: string; readonly confirmed?: boolean; readonly insisted?: boolean }
  | { readonly kind: "take-back" | "saw-activated"; readonly tag: string }
  | { readonly kind: "deliver"; readonly tags: readonly string[] }
  | { readonly kind: "receive" | "import"; readonly text: string }
  | { readonly kind: "rename-pc"; readonly pc: number; readonly name: string }
  | { readonly kind: "rename" | "begin"; readonly name: string }
  | { readonly kind: "remove" | "part"; readonly pc: number }
  | { readonly kind: "join"; readonly one: number; readonly other: number };

export type CollectedPc = { readonly pc: number; readonly tags: readonly string[]; readonly namesakes: readonly number[] } & Readonly<
  Record<"added" | "changed" | "voided" | "restored" | "older", number>
>;

/** What became of an event; the screens say it. */
export type Outcome =
  | { readonly kind: "collected"; readonly pcs: readonly CollectedPc[] }
  | { readonly kind: "kept"; readonly tag: string; readonly next?: string }
  | { readonly kind: "received"; readonly pc: number; readonly activated: readonly string[]; readonly failed: readonly string[] }
  | { readonly kind: "stranger"; readonly name: string }
  | ({ readonly kind: "merged"; readonly namesakes: readonly (readonly string[])[] } & Readonly<
      Record<"pcs" | "entries" | "conflicts" | "numbers", number>
    >)
  | { readonly kind: "called"; readonly pcs: readonly string[] }
  | { readonly kind: "done" }
  /** Nothing was changed, and why. */
  | { readonly kind: "refused"; readonly fault: Fault };

/** What has to be stored after a change: `about` and `put` are texts that only the core reads. */
export interface Records {
  readonly about: string | null;
  readonly put: readonly { readonly id: number; readonly record: string }[];
  readonly gone: readonly number[];
  readonly order: readonly number[];
}

/** What a text is. */
export type Message = { readonly kind: "iid" | "cid" | "reply" | "typed-reply" | "request" | "receipt" | "trip"; readonly value: unknown };
