// What the reducer promises: nothing overwritten silently, every doubt asked.

import { describe, expect, it } from "vitest";
import type { ConfirmationId, InstallationId, Message, Receipt, Request } from "../../src/domain/messages";
import { confirmationId, parseReply } from "../../src/domain/numbers";
import { practiceCid, practiceIid } from "../../src/domain/practice";
import type { TripEvent } from "../../src/trip/events";
import { MAX_ENTRIES, type Trip } from "../../src/trip/model";
import { counts, deliver, repliesOf, openEntries, stateOfPc } from "../../src/trip/queries";
import { emptyTrip, reduce } from "../../src/trip/reducer";

const GUID = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function request(pc: string, products: [number, InstallationId][], serial?: string): Request {
  return {
    pc,
    ...(serial && { serial }),
    time: 500,
    products: products.map(([id, iid]) => ({ activationId: GUID(id), name: `Product ${id}`, iid })),
  };
}

function cidOf(iid: InstallationId): ConfirmationId {
  const cid = practiceCid(iid);
  if (!cid) throw new Error("practice");
  return cid;
}

function play(trip: Trip, ...events: TripEvent[]) {
  let last = reduce(trip, { kind: "rename-trip", name: trip.name }, 0);
  let at = 1000;
  for (const event of events) last = reduce(last.trip, event, at++);
  return last;
}

const asks = (pc: string, products: [number, InstallationId][], serial?: string): TripEvent => ({
  kind: "request",
  request: request(pc, products, serial),
});
const start = emptyTrip("Walk", 900);
const [a, b, c] = [practiceIid("a"), practiceIid("b"), practiceIid("c")];

describe("collecting", () => {
  it("takes a new PC, knows it again, and changes nothing then", () => {
    const first = play(start, asks("PC-A", [[1, a]]));
    expect(first.outcome).toMatchObject({ kind: "collected", entries: ["e2"] });
    const again = reduce(first.trip, asks("PC-A", [[1, a]]), 2000);
    expect(again.outcome).toMatchObject({ kind: "seen-again" });
    expect(again.trip.entries).toEqual(first.trip.entries);
    expect(again.trip.pcs[0]?.seenAt).toBe(2000);
  });

  it("knows a renamed PC by its serial, and tells namesakes apart by theirs", () => {
    const trip = play(start, asks("OLD", [[1, a]], "S1"), asks("NEW", [[1, a]], "S1"), asks("NEW", [[1, b]], "S2")).trip;
    expect(trip.pcs.map((pc) => [pc.name, pc.serial])).toEqual([
      ["NEW", "S1"],
      ["NEW", "S2"],
    ]);
  });

  it("knows a renamed PC without a serial by its number, and never has one number twice", () => {
    const renamed = play(start, asks("OLD", [[1, a]]), asks("NEW", [[1, a]]));
    expect(renamed.outcome.kind).toBe("seen-again");
    expect(renamed.trip.pcs.map((pc) => pc.name)).toEqual(["NEW"]);
    const both = play(start, { kind: "iid", iid: a }, { kind: "iid", iid: b }, asks("PC", [[1, a], [2, b]])).trip;
    expect(both.entries.map((entry) => [entry.pcId, entry.tag])).toEqual([
      ["pc1", a.tag],
      ["pc1", b.tag],
    ]);
    expect(both.pcs.map((pc) => pc.name)).toEqual(["PC"]);
  });

  it("voids the Confirmation ID in hand when the Installation ID changed, visibly", () => {
    const before = play(start, asks("PC-A", [[1, a]]), { kind: "cid", entry: "e2", cid: cidOf(a) });
    const changed = reduce(before.trip, asks("PC-A", [[1, b]]), 3000);
    expect(changed.outcome).toEqual({ kind: "changed", pc: "pc1", entries: ["e2"], voided: ["e2"] });
    const [entry] = changed.trip.entries;
    expect(entry).toMatchObject({ state: "open", tag: b.tag, superseded: [{ tag: a.tag, cid: cidOf(a).digits }] });
    expect(entry).not.toHaveProperty("cid");
    const back = reduce(changed.trip, asks("PC-A", [[1, a]]), 4000);
    expect(back.trip.entries[0]).toMatchObject({ state: "cid", cid: cidOf(a).digits });
  });

  it("gives bare numbers names of their own, and the PC's once it tells it", () => {
    const bare = play(start, { kind: "iid", iid: a }, { kind: "iid", iid: b }, { kind: "iid", iid: a });
    expect(bare.outcome.kind).toBe("seen-again");
    expect(bare.trip.pcs.map((pc) => pc.name)).toEqual(["PC 1", "PC 2"]);
    const told = reduce(bare.trip, asks("WARD3", [[1, a]]), 2000).trip;
    expect(told.pcs.map((pc) => [pc.name, pc.bare])).toEqual([
      ["WARD3", false],
      ["PC 2", true],
    ]);
    expect(told.entries).toHaveLength(2);
  });

  it("keeps the products of one PC together and refuses more than a trip holds", () => {
    const trip = play(start, asks("A", [[1, a]]), asks("B", [[1, b]]), asks("A", [[2, c]])).trip;
    expect(trip.entries.map((entry) => entry.pcId)).toEqual(["pc1", "pc1", "pc3"]);
    const [entry] = trip.entries;
    if (!entry) throw new Error("an entry");
    const full = { ...trip, entries: Array.from({ length: MAX_ENTRIES }, (_, index) => ({ ...entry, tag: `${index}` })) };
    expect(reduce(full, { kind: "iid", iid: practiceIid("x") }, 1).outcome).toEqual({ kind: "refused", reason: "trip-full" });
  });
});

describe("at the portal", () => {
  const trip = play(start, asks("A", [[1, a]]), asks("B", [[1, b]])).trip;

  it("keeps the number and names the next one", () => {
    const kept = reduce(trip, { kind: "cid", entry: "e2", cid: cidOf(a) }, 2000);
    expect(kept.outcome).toEqual({ kind: "cid-kept", entry: "e2", next: "e4" });
    expect(openEntries(kept.trip).map((entry) => entry.id)).toEqual(["e4"]);
    const done = reduce(kept.trip, { kind: "cid", entry: "e4", cid: cidOf(b) }, 2001);
    expect(done.outcome).toEqual({ kind: "cid-kept", entry: "e4" });
  });

  it("questions the same number twice, another entry's, and a voided one", () => {
    const kept = reduce(trip, { kind: "cid", entry: "e2", cid: cidOf(a) }, 2000).trip;
    const twice = reduce(kept, { kind: "cid", entry: "e4", cid: cidOf(a) }, 2001);
    expect(twice.outcome).toEqual({ kind: "cid-questioned", entry: "e4", reason: "cid-same-twice", other: "e2" });
    expect(twice.trip).toBe(kept);
    const others = reduce(trip, { kind: "cid", entry: "e2", cid: cidOf(b) }, 2001);
    expect(others.outcome).toMatchObject({ reason: "cid-of-other", other: "e4" });
    const changed = reduce(kept, asks("A", [[1, c]]), 2002).trip;
    const voided = reduce(changed, { kind: "cid", entry: "e2", cid: cidOf(a) }, 2003);
    expect(voided.outcome).toMatchObject({ reason: "cid-voided", other: "e2" });
    const insisted = reduce(kept, { kind: "cid", entry: "e4", cid: cidOf(a), confirmed: true }, 2004);
    expect(insisted.outcome.kind).toBe("cid-kept");
  });

  it("never mixes practice and real numbers", () => {
    const real = confirmationId("092914273902996432764863869585514303965545262473");
    expect(reduce(trip, { kind: "cid", entry: "e2", cid: real }, 1).outcome).toMatchObject({ reason: "trip-cid-real" });
  });

  it("asks before a kept number is replaced, and takes one back", () => {
    const kept = reduce(trip, { kind: "cid", entry: "e2", cid: cidOf(a) }, 2000).trip;
    const other = reduce(kept, { kind: "cid", entry: "e2", cid: cidOf(c) }, 2001);
    expect(other.outcome).toMatchObject({ kind: "cid-questioned", reason: "cid-replaces" });
    const back = reduce(kept, { kind: "take-back", entry: "e2" }, 2002).trip;
    expect(back.entries[0]).toMatchObject({ state: "open" });
    expect(back.entries[0]?.steps.map((step) => step.kind)).toEqual(["collected", "cid", "cid-taken-back"]);
  });
});

describe("delivering", () => {
  const trip = play(
    start,
    asks("A", [
      [1, a],
      [2, c],
    ]),
    asks("B", [[1, b]]),
    { kind: "cid", entry: "e2", cid: cidOf(a) },
    { kind: "cid", entry: "e3", cid: cidOf(c) },
  ).trip;
  const seen = (one: TripEvent): Message => {
    if (one.kind !== "request") throw new Error("a request");
    return one;
  };

  it("shows each PC the replies to what stands on its screen, tagged", () => {
    const shown = deliver(trip, seen(asks("A", [[1, a], [2, c]])));
    if (shown.kind !== "reply") throw new Error(shown.kind);
    expect(shown.replies.map((reply) => reply.entry)).toEqual(["e2", "e3"]);
    const reply = parseReply(shown.replies[0]?.digits ?? "");
    expect(reply).toMatchObject({ ok: true, value: { tag: a.tag, cid: { digits: cidOf(a).digits } } });
    const bare = deliver(trip, { kind: "iid", iid: c });
    expect(bare).toMatchObject({ kind: "reply", replies: [{ entry: "e3" }] });
  });

  it("refuses a PC whose Installation ID changed since, and one that is unknown", () => {
    const changed = deliver(trip, seen(asks("A", [[1, practiceIid("new")]])));
    expect(changed).toEqual({ kind: "changed", pc: "pc1", entries: ["e2"] });
    expect(deliver(trip, seen(asks("Z", [[1, practiceIid("z")]])))).toEqual({ kind: "unknown", name: "Z" });
    expect(deliver(trip, seen(asks("B", [[1, b]])))).toMatchObject({ kind: "no-cid" });
    const half = deliver(trip, seen(asks("A", [[1, practiceIid("new")], [2, c]])));
    expect(half).toMatchObject({ kind: "reply", replies: [{ entry: "e3" }], changed: ["e2"] });
  });

  const receipt = (pc: string, products: Receipt["products"]): TripEvent => ({
    kind: "receipt",
    receipt: { pc, time: 600, products },
  });

  it("closes by the receipt, keeps the code of a failure, and has a memory for both", () => {
    const shown = reduce(trip, { kind: "delivered", entries: ["e2", "e3"] }, 3000).trip;
    const closed = reduce(
      shown,
      receipt("A", [
        { tag: a.tag, status: 1 },
        { tag: c.tag, status: 5, hresult: 0xc004f031 },
      ]),
      3001,
    );
    expect(closed.outcome).toEqual({ kind: "receipt", pc: "pc1", activated: ["e2"], failed: ["e3"] });
    expect(closed.trip.entries[1]).toMatchObject({ state: "failed", hresult: "0xC004F031" });
    expect(counts(closed.trip)).toMatchObject({ all: 3, open: 1, activated: 1, failed: 1 });
    expect(stateOfPc(closed.trip.entries.slice(0, 2))).toBe("failed");
    const again = reduce(closed.trip, receipt("A", [{ tag: a.tag, status: 1 }]), 3002);
    expect(again.trip.entries[0]).toEqual(closed.trip.entries[0]);
    // A reply shown again does not open what is closed.
    const late = reduce(closed.trip, { kind: "delivered", entries: ["e2"] }, 3003).trip;
    expect(late.entries[0]?.state).toBe("activated");
    expect(deliver(closed.trip, { kind: "iid", iid: a })).toEqual({ kind: "already", pc: "pc1" });
    // What was refused as another machine's would be refused again; what was not saved may be shown once more.
    expect(deliver(closed.trip, { kind: "iid", iid: c })).toEqual({ kind: "refused", pc: "pc1", entry: "e3" });
    expect(repliesOf(closed.trip, "pc1")).toEqual([]);
    const unsaved = reduce(shown, receipt("A", [{ tag: c.tag, status: 5, hresult: 0xc004f030 }]), 3001).trip;
    expect(deliver(unsaved, { kind: "iid", iid: c })).toMatchObject({ kind: "reply", replies: [{ entry: "e3" }] });
  });

  it("does not know the receipt of a PC that is not in the trip", () => {
    const unknown = reduce(trip, receipt("Z", [{ tag: "0000000001", status: 1 }]), 3000);
    expect(unknown.outcome).toEqual({ kind: "receipt-unknown", name: "Z" });
    expect(unknown.trip).toBe(trip);
  });
});

describe("joining two trips", () => {
  it("loses nothing of either, and counts what was new", () => {
    const mine = play(start, asks("A", [[1, a]]), { kind: "iid", iid: b }, { kind: "cid", entry: "e2", cid: cidOf(a) }).trip;
    const theirs = play(emptyTrip("Other", 900), asks("C", [[1, c]]), asks("A", [[1, a]]), asks("B", [[1, b]])).trip;
    const both = reduce(mine, { kind: "merge", trip: theirs }, 5000);
    expect(both.outcome).toEqual({ kind: "merged", pcs: 1, entries: 1 });
    expect(both.trip.entries.map((entry) => entry.state)).toEqual(["cid", "open", "open"]);
    expect(both.trip.pcs.map((pc) => pc.name)).toEqual(["A", "B", "C"]);
    expect(new Set(both.trip.entries.map((entry) => entry.id)).size).toBe(3);
    const twice = reduce(both.trip, { kind: "merge", trip: theirs }, 5001);
    expect(twice.outcome).toEqual({ kind: "merged", pcs: 0, entries: 0 });
  });
});
