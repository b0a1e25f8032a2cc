// What the screens ask of a trip. Nothing here changes it.

import { hresultMessage } from "../domain/hresult";
import type { Message } from "../domain/messages";
import { groupsOf, replyDigits } from "../domain/numbers";
import type { Delivery, DeliveryReply } from "./events";
import type { Entry, Pc, State, Trip } from "./model";
import { findPc } from "./reducer";

/** How many products are how far. */
export type Counts = Readonly<Record<State | "all", number>>;

/** Counts the products. */
export function counts(trip: Trip): Counts {
  const result = { all: trip.entries.length, open: 0, cid: 0, delivered: 0, activated: 0, failed: 0 };
  for (const entry of trip.entries) result[entry.state] += 1;
  return result;
}

/** What still needs a visit to the portal, in the order of collection. */
export function openEntries(trip: Trip): Entry[] {
  return trip.entries.filter((entry) => entry.state === "open");
}

/** The products of a PC. */
export function entriesOf(trip: Trip, pcId: string): Entry[] {
  return trip.entries.filter((entry) => entry.pcId === pcId);
}

/** The PC of an entry. */
export function pcOf(trip: Trip, entry: Entry): Pc | undefined {
  return trip.pcs.find((pc) => pc.id === entry.pcId);
}

/** Whether anything of the trip comes from practice mode. */
export function isPractice(trip: Trip): boolean {
  return trip.entries.some((entry) => entry.practice);
}

/** The state of a PC: the least far of its products, a failure before all. */
export function stateOfPc(entries: readonly Entry[]): State {
  const order: readonly State[] = ["failed", "open", "cid", "delivered", "activated"];
  return order.find((state) => entries.some((entry) => entry.state === state)) ?? "open";
}

/** What to show for an entry; nothing while there is no Confirmation ID. */
export function replyOf(entry: Entry): DeliveryReply | undefined {
  if (entry.cid === undefined) return undefined;
  // A reply vouches for its check digits: what a person insisted on goes bare.
  const digits = entry.insisted ? entry.cid : replyDigits(entry.cid, entry.tag);
  return { entry: entry.id, digits, boxes: groupsOf(entry.cid) };
}

/** Refusals after which the same Confirmation ID is refused again: another one is needed. */
const NEEDS_ANOTHER: ReadonlySet<string> = new Set(["hresult-mismatch", "hresult-changed", "hresult-cid-version"]);

/** Whether the PC refused this Confirmation ID for good. */
export function isRefused(entry: Entry): boolean {
  return entry.state === "failed" && entry.hresult !== undefined && NEEDS_ANOTHER.has(hresultMessage(entry.hresult));
}

/** Whether there is a reply that is still worth showing; for what failed otherwise, once more. */
export function isDeliverable(entry: Entry): boolean {
  return entry.cid !== undefined && entry.state !== "activated" && !isRefused(entry);
}

/** Replies of a PC that are still wanted. */
export function repliesOf(trip: Trip, pcId: string): DeliveryReply[] {
  return entriesOf(trip, pcId)
    .filter(isDeliverable)
    .flatMap((entry) => replyOf(entry) ?? []);
}

/**
 * What the page shows to a PC whose screen it reads. Only a reply to exactly
 * the Installation ID on that screen is ever shown.
 */
export function deliver(trip: Trip, message: Message): Delivery {
  if (message.kind === "iid") {
    const { tag } = message.iid;
    const entry = trip.entries.find((one) => one.tag === tag);
    if (entry) return deliverEntries(entry.pcId, [entry]);
    const former = trip.entries.find((one) => one.superseded.some((old) => old.tag === tag));
    return former ? { kind: "changed", pc: former.pcId, entries: [former.id] } : { kind: "unknown" };
  }
  if (message.kind !== "request") return { kind: "unknown" };
  const { request } = message;
  const tags = new Set(request.products.map((product) => product.iid.tag));
  const matching = trip.entries.filter((entry) => tags.has(entry.tag));
  const pcId = matching[0]?.pcId ?? findPc(trip, request.pc, request.serial)?.id;
  if (pcId === undefined) return { kind: "unknown", name: request.pc };
  const changed = entriesOf(trip, pcId).filter((entry) => isAnotherThanShown(entry, request.products));
  const waiting = matching.filter((entry) => entry.state !== "activated");
  if (waiting.some(isDeliverable)) {
    return deliverEntries(
      pcId,
      waiting,
      changed.map((entry) => entry.id),
    );
  }
  if (changed.length > 0) return { kind: "changed", pc: pcId, entries: changed.map((entry) => entry.id) };
  if (matching.length > 0) return deliverEntries(pcId, matching);
  return { kind: "unknown", name: request.pc };
}

function isAnotherThanShown(
  entry: Entry,
  products: readonly { readonly activationId: string; readonly iid: { readonly tag: string } }[],
): boolean {
  return products.some((product) => product.activationId === entry.activationId && product.iid.tag !== entry.tag);
}

function deliverEntries(pc: string, entries: readonly Entry[], changed: readonly string[] = []): Delivery {
  const waiting = entries.filter((entry) => entry.state !== "activated");
  if (waiting.length === 0) return { kind: "already", pc };
  const replies = waiting.filter(isDeliverable).flatMap((entry) => replyOf(entry) ?? []);
  if (replies.length > 0) return { kind: "reply", pc, replies, changed };
  const refused = waiting.find(isRefused);
  if (refused) return { kind: "refused", pc, entry: refused.id };
  return { kind: "no-cid", pc, entries: waiting.map((entry) => entry.id) };
}
