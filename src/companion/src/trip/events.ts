// What can happen to a trip, and what the reducer says to it.

import type { ConfirmationId, InstallationId, Receipt, Request } from "../domain/messages";
import type { Trip } from "./model";

/** Everything that changes a trip. */
export type TripEvent =
  /** A request was read off a screen or out of a link. */
  | { readonly kind: "request"; readonly request: Request }
  /** A bare Installation ID was read; `name` if the person gave one. */
  | { readonly kind: "iid"; readonly iid: InstallationId; readonly name?: string; readonly product?: string }
  /**
   * A Confirmation ID was pasted for an entry. `confirmed`: the person was
   * asked about what `questions` named and insists.
   */
  | { readonly kind: "cid"; readonly entry: string; readonly cid: ConfirmationId; readonly confirmed?: boolean }
  /** 48 digits whose check digits fail, and the person lets Windows decide. */
  | { readonly kind: "cid-insisted"; readonly entry: string; readonly digits: string }
  /** The Confirmation ID of an entry was wrong after all. */
  | { readonly kind: "take-back"; readonly entry: string }
  /** The reply of these entries was held before a PC's camera. */
  | { readonly kind: "delivered"; readonly entries: readonly string[] }
  /** A receipt was read. */
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "rename-pc"; readonly pc: string; readonly name: string }
  | { readonly kind: "rename-trip"; readonly name: string }
  | { readonly kind: "remove-pc"; readonly pc: string }
  /** A trip from a file or another device: joined to this one, nothing lost. */
  | { readonly kind: "merge"; readonly trip: Trip };

/** What became of an event; the screens say it. */
export type Outcome =
  /** A PC or a product that was not known. */
  | { readonly kind: "collected"; readonly pc: string; readonly entries: readonly string[] }
  /** Known already and unchanged. */
  | { readonly kind: "seen-again"; readonly pc: string; readonly entries: readonly string[] }
  /**
   * A known PC with another Installation ID. `voided`: entries whose
   * Confirmation ID in hand is void now.
   */
  | {
      readonly kind: "changed";
      readonly pc: string;
      readonly entries: readonly string[];
      readonly voided: readonly string[];
    }
  /** Kept; `next` is the next open entry, if any. */
  | { readonly kind: "cid-kept"; readonly entry: string; readonly next?: string }
  /** Not kept yet: ask the person first. */
  | {
      readonly kind: "cid-questioned";
      readonly entry: string;
      readonly reason: CidQuestion;
      /** The other entry that it speaks of. */
      readonly other?: string;
    }
  | { readonly kind: "delivered"; readonly entries: readonly string[] }
  | {
      readonly kind: "receipt";
      readonly pc: string;
      readonly activated: readonly string[];
      readonly failed: readonly string[];
    }
  /** A receipt of a PC that is not in this trip. */
  | { readonly kind: "receipt-unknown"; readonly name: string }
  | { readonly kind: "merged"; readonly pcs: number; readonly entries: number }
  | { readonly kind: "done" }
  /** Nothing was changed, and why: a stable id with its message. */
  | { readonly kind: "refused"; readonly reason: Refusal };

/** Why a Confirmation ID is questioned before it is kept. */
export type CidQuestion =
  /** The very same number is kept for another entry. */
  | "cid-same-twice"
  /** It is the number of the entry that it was copied for before, and that entry was voided. */
  | "cid-voided"
  /** This entry has another number already. */
  | "cid-replaces"
  /** The practice portal gives this number for another entry. */
  | "cid-of-other";

/** Why an event changed nothing. */
export type Refusal =
  | "trip-full"
  | "trip-no-such-entry"
  | "trip-name-empty"
  | "trip-cid-length"
  /** A practice number for a real entry, or the other way round. */
  | "trip-cid-practice"
  | "trip-cid-real";

/** What the page shows to a PC whose screen it looks at. */
export type Delivery =
  /** Show these replies, one after the other. `changed`: other products of it that need a new answer. */
  | {
      readonly kind: "reply";
      readonly pc: string;
      readonly replies: readonly DeliveryReply[];
      readonly changed: readonly string[];
    }
  /** Its Confirmation IDs are not in hand yet. */
  | { readonly kind: "no-cid"; readonly pc: string; readonly entries: readonly string[] }
  /** It refused the Confirmation ID in hand, and would do so again. */
  | { readonly kind: "refused"; readonly pc: string; readonly entry: string }
  /** All of it is activated already. */
  | { readonly kind: "already"; readonly pc: string }
  /** Its Installation ID is another than the one that was answered. */
  | { readonly kind: "changed"; readonly pc: string; readonly entries: readonly string[] }
  /** Not a PC of this trip. */
  | { readonly kind: "unknown"; readonly name?: string };

/** One reply to show. */
export interface DeliveryReply {
  readonly entry: string;
  /** 60 digits for the symbol; 48 where the check digits were overridden. */
  readonly digits: string;
  /** Boxes A to H. */
  readonly boxes: readonly string[];
}
