// A trip as packet `t1`, to hand it to another device, and back.

import type { Message, ProductReceipt, Receipt, Reply, Request, TripPacket } from "../domain/messages";
import { confirmationId, installationId } from "../domain/numbers";
import { MAX_PRODUCTS } from "../domain/packet";
import type { Entry, Pc, Trip } from "../trip/model";
import { emptyTrip, reduce } from "../trip/reducer";

/** Activation ID of a bare Installation ID, whose product nobody told: all zeros. */
const NO_PRODUCT = "00000000-0000-0000-0000-000000000000";
/** Its name in a packet, where a product must have one. */
const NO_NAME = "?";

/** The packet, and how many Confirmation IDs it cannot carry: those whose check digits were overridden. */
export interface Packed {
  readonly packet: TripPacket;
  readonly left: number;
}

/** What of a trip another device needs. */
export function toPacket(trip: Trip, at: number): Packed {
  const requests: Request[] = [];
  const receipts: Receipt[] = [];
  const replies: Reply[] = [];
  let left = 0;
  for (const pc of trip.pcs) {
    const entries = trip.entries.filter((entry) => entry.pcId === pc.id);
    for (let start = 0; start < entries.length; start += MAX_PRODUCTS) {
      const some = entries.slice(start, start + MAX_PRODUCTS);
      const who = identity(pc);
      requests.push({ ...who, time: pc.takenAt ?? pc.seenAt, products: some.map(productOf) });
      const closed = some.filter((entry) => entry.status !== undefined);
      const when = Math.max(0, ...closed.flatMap((entry) => entry.steps.map((step) => step.at)));
      if (closed.length > 0) receipts.push({ ...who, time: when, products: closed.map(receiptOf) });
    }
    for (const entry of entries) {
      if (entry.insisted) left += 1;
      else if (entry.cid !== undefined) replies.push({ cid: confirmationId(entry.cid), tag: entry.tag });
    }
  }
  return { packet: { name: trip.name, time: at, requests, replies, receipts }, left };
}

/** The trip that a packet tells of, as if all of it had happened when the packet was written. */
export function fromPacket(packet: TripPacket): Trip {
  const at = packet.time;
  let trip = emptyTrip(packet.name, at);
  for (const request of packet.requests) {
    const [first] = request.products;
    trip =
      first?.activationId === NO_PRODUCT
        ? reduce(trip, { kind: "iid", iid: first.iid, name: request.pc }, at).trip
        : reduce(trip, { kind: "request", request }, at).trip;
  }
  for (const { cid, tag } of packet.replies) {
    const entry = trip.entries.find((one) => one.tag === tag);
    if (entry) trip = reduce(trip, { kind: "cid", entry: entry.id, cid, confirmed: true }, at).trip;
  }
  for (const receipt of packet.receipts) trip = reduce(trip, { kind: "receipt", receipt }, at).trip;
  return trip;
}

/** The trip of a message that is one. */
export function tripOf(message: Message): Trip | undefined {
  return message.kind === "trip" ? fromPacket(message.trip) : undefined;
}

function identity(pc: Pc): { pc: string; serial?: string; machine?: string } {
  return {
    pc: pc.name,
    ...(pc.serial !== undefined && { serial: pc.serial }),
    ...(pc.machine !== undefined && { machine: pc.machine }),
  };
}

function productOf(entry: Entry): Request["products"][number] {
  return {
    activationId: entry.activationId ?? NO_PRODUCT,
    name: entry.product ?? NO_NAME,
    ...(entry.keyTail !== undefined && { keyTail: entry.keyTail }),
    iid: installationId(entry.iid),
  };
}

function receiptOf(entry: Entry): ProductReceipt {
  return {
    tag: entry.tag,
    status: entry.status ?? 0,
    ...(entry.hresult !== undefined && { hresult: Number.parseInt(entry.hresult, 16) }),
  };
}
