// What an event makes of a trip. Pure: same trip, event and time, same result.

import { cleanLabel } from "../domain/label";
import { hresultText } from "../domain/hresult";
import type { ConfirmationId, InstallationId, Receipt, Request } from "../domain/messages";
import { installationId, isPracticeDigits } from "../domain/numbers";
import { practiceCid } from "../domain/practice";
import type { CidQuestion, Outcome, Refusal, TripEvent } from "./events";
import { merge } from "./merge";
import { type Entry, MAX_ENTRIES, type Pc, type State, type StepKind, type Trip } from "./model";

/** A trip, and what to say about the event that made it. */
export interface Reduced {
  readonly trip: Trip;
  readonly outcome: Outcome;
}

/** A walk that begins. */
export function emptyTrip(name: string, at: number): Trip {
  return { name: cleanLabel(name) ?? "—", startedAt: at, pcs: [], entries: [], next: 1 };
}

/** Applies an event. `at` is the time in seconds since 1970. */
export function reduce(trip: Trip, event: TripEvent, at: number): Reduced {
  switch (event.kind) {
    case "request":
      return collectRequest(trip, event.request, at);
    case "iid":
      return collectIid(trip, event.iid, event.name, event.product, at);
    case "cid":
      return keepCid(trip, event.entry, event.cid, event.confirmed ?? false, at);
    case "cid-insisted":
      return insistOnCid(trip, event.entry, event.digits, at);
    case "take-back":
      return takeBack(trip, event.entry, at);
    case "delivered":
      return delivered(trip, event.entries, at);
    case "receipt":
      return receive(trip, event.receipt, at);
    case "rename-pc":
      return renamePc(trip, event.pc, event.name);
    case "rename-trip": {
      const name = cleanLabel(event.name);
      return name ? done({ ...trip, name }) : refused(trip, "trip-name-empty");
    }
    case "remove-pc":
      return done({
        ...trip,
        pcs: trip.pcs.filter((pc) => pc.id !== event.pc),
        entries: trip.entries.filter((entry) => entry.pcId !== event.pc),
      });
    case "merge": {
      const merged = merge(trip, event.trip, at);
      if (merged.trip.entries.length > MAX_ENTRIES) return refused(trip, "trip-full");
      return { trip: merged.trip, outcome: { kind: "merged", pcs: merged.pcs, entries: merged.entries } };
    }
  }
}

/** The same machine: by serial where both have one (names change during an installation), else by name. */
export function findPc(trip: Trip, name: string, serial: string | undefined): Pc | undefined {
  const bySerial = serial === undefined ? undefined : trip.pcs.find((pc) => pc.serial === serial);
  return (
    bySerial ??
    trip.pcs.find((pc) => !pc.bare && pc.name === name && (pc.serial === undefined || serial === undefined))
  );
}

function collectRequest(trip: Trip, request: Request, at: number): Reduced {
  const known = ownerOf(trip, request) ?? findPc(trip, request.pc, request.serial);
  let next = trip.next;
  const pc: Pc = {
    id: known?.id ?? `pc${next++}`,
    name: request.pc,
    bare: false,
    ...(request.serial !== undefined && { serial: request.serial }),
    ...(request.machine !== undefined && { machine: request.machine }),
    takenAt: request.time,
    seenAt: at,
  };
  const entries = [...trip.entries];
  const added: string[] = [];
  const changed: string[] = [];
  const voided: string[] = [];
  const same: string[] = [];
  for (const product of request.products) {
    const byTag = entries.findIndex((entry) => entry.tag === product.iid.tag);
    const index =
      byTag >= 0
        ? byTag
        : entries.findIndex((entry) => entry.pcId === pc.id && entry.activationId === product.activationId);
    const details = {
      activationId: product.activationId,
      product: product.name,
      ...(product.keyTail !== undefined && { keyTail: product.keyTail }),
    };
    const before = entries[index];
    if (before === undefined) {
      const entry = newEntry(`e${next++}`, pc.id, product.iid, at, details);
      entries.splice(endOfPc(entries, pc.id), 0, entry);
      added.push(entry.id);
    } else if (before.tag === product.iid.tag) {
      entries[index] = { ...before, ...details, pcId: pc.id };
      same.push(before.id);
    } else {
      if (before.cid !== undefined) voided.push(before.id);
      entries[index] = { ...withOtherIid(before, product.iid, at), ...details };
      changed.push(before.id);
    }
  }
  if (entries.length > MAX_ENTRIES) return refused(trip, "trip-full");
  const pcs = known ? trip.pcs.map((one) => (one.id === known.id ? pc : one)) : [...trip.pcs, pc];
  // One that was known by bare numbers only, all of which turned out to be this PC's.
  const inUse = pcs.filter((one) => entries.some((entry) => entry.pcId === one.id));
  const after = { ...trip, pcs: inUse, entries, next };
  if (changed.length > 0) return { trip: after, outcome: { kind: "changed", pc: pc.id, entries: changed, voided } };
  if (added.length > 0) return { trip: after, outcome: { kind: "collected", pc: pc.id, entries: added } };
  return { trip: after, outcome: { kind: "seen-again", pc: pc.id, entries: same } };
}

/**
 * The PC that has one of these Installation IDs: it was renamed since, or
 * collected by its bare number before. No two machines have the same.
 */
function ownerOf(trip: Trip, request: Request): Pc | undefined {
  const tags = new Set(request.products.map((product) => product.iid.tag));
  const entry = trip.entries.find((one) => tags.has(one.tag));
  return trip.pcs.find((pc) => pc.id === entry?.pcId);
}

function collectIid(
  trip: Trip,
  iid: InstallationId,
  name: string | undefined,
  product: string | undefined,
  at: number,
): Reduced {
  const known = trip.entries.find((entry) => entry.tag === iid.tag);
  if (known) {
    const pcs = trip.pcs.map((pc) => (pc.id === known.pcId ? { ...pc, seenAt: at } : pc));
    return { trip: { ...trip, pcs }, outcome: { kind: "seen-again", pc: known.pcId, entries: [known.id] } };
  }
  const former = trip.entries.find((entry) => entry.superseded.some((old) => old.tag === iid.tag));
  if (former) {
    const voided = former.cid === undefined ? [] : [former.id];
    const outcome: Outcome = { kind: "changed", pc: former.pcId, entries: [former.id], voided };
    return { trip: put(trip, withOtherIid(former, iid, at)), outcome };
  }
  if (trip.entries.length >= MAX_ENTRIES) return refused(trip, "trip-full");
  const pc: Pc = { id: `pc${trip.next}`, name: cleanLabel(name ?? "") ?? bareName(trip), bare: true, seenAt: at };
  const label = cleanLabel(product ?? "");
  const entry = newEntry(`e${trip.next + 1}`, pc.id, iid, at, label === undefined ? {} : { product: label });
  return {
    trip: { ...trip, pcs: [...trip.pcs, pc], entries: [...trip.entries, entry], next: trip.next + 2 },
    outcome: { kind: "collected", pc: pc.id, entries: [entry.id] },
  };
}

/** `PC 1`, `PC 2`, ...: the first that is free. */
function bareName(trip: Trip): string {
  const taken = new Set(trip.pcs.map((pc) => pc.name));
  let number = 1;
  while (taken.has(`PC ${number}`)) number += 1;
  return `PC ${number}`;
}

function keepCid(trip: Trip, id: string, cid: ConfirmationId, confirmed: boolean, at: number): Reduced {
  const entry = trip.entries.find((one) => one.id === id);
  if (!entry) return refused(trip, "trip-no-such-entry");
  if (cid.practice && !entry.practice) return refused(trip, "trip-cid-practice");
  if (!cid.practice && entry.practice) return refused(trip, "trip-cid-real");
  if (entry.cid === cid.digits) return kept(trip, id);
  const question = questionOf(trip, entry, cid);
  if (question && !confirmed) return { trip, outcome: { kind: "cid-questioned", entry: id, ...question } };
  const { insisted: _, ...rest } = entry;
  return kept(put(trip, step({ ...rest, state: "cid", cid: cid.digits }, "cid", at)), id);
}

/** What speaks against this number for this entry. */
function questionOf(
  trip: Trip,
  entry: Entry,
  cid: ConfirmationId,
): { reason: CidQuestion; other?: string } | undefined {
  const twin = trip.entries.find((one) => one.id !== entry.id && one.cid === cid.digits);
  if (twin) return { reason: "cid-same-twice", other: twin.id };
  const voided = trip.entries.find((one) => one.superseded.some((old) => old.cid === cid.digits));
  if (voided) return { reason: "cid-voided", other: voided.id };
  const owner =
    cid.practice && trip.entries.find((one) => one.id !== entry.id && practiceAnswer(one) === cid.digits);
  if (owner) return { reason: "cid-of-other", other: owner.id };
  return entry.cid === undefined ? undefined : { reason: "cid-replaces" };
}

function practiceAnswer(entry: Entry): string | undefined {
  return entry.practice ? practiceCid(installationId(entry.iid))?.digits : undefined;
}

function insistOnCid(trip: Trip, id: string, digits: string, at: number): Reduced {
  const entry = trip.entries.find((one) => one.id === id);
  if (!entry) return refused(trip, "trip-no-such-entry");
  if (!/^[0-9]{48}$/.test(digits)) return refused(trip, "trip-cid-length");
  if (isPracticeDigits(digits) && !entry.practice) return refused(trip, "trip-cid-practice");
  return kept(put(trip, step({ ...entry, state: "cid", cid: digits, insisted: true }, "cid", at)), id);
}

function kept(trip: Trip, id: string): Reduced {
  const index = trip.entries.findIndex((entry) => entry.id === id);
  const around = [...trip.entries.slice(index + 1), ...trip.entries.slice(0, Math.max(index, 0))];
  const next = around.find((entry) => entry.state === "open");
  return { trip, outcome: { kind: "cid-kept", entry: id, ...(next && { next: next.id }) } };
}

function takeBack(trip: Trip, id: string, at: number): Reduced {
  const entry = trip.entries.find((one) => one.id === id);
  if (!entry) return refused(trip, "trip-no-such-entry");
  if (entry.cid === undefined) return done(trip);
  return done(put(trip, step(withoutAnswer(entry), "cid-taken-back", at)));
}

function delivered(trip: Trip, ids: readonly string[], at: number): Reduced {
  const wanted = new Set(ids);
  // What a receipt has closed stays closed.
  const entries = trip.entries.map((entry) =>
    wanted.has(entry.id) && entry.cid !== undefined && entry.state !== "activated"
      ? step({ ...entry, state: "delivered" }, "delivered", at)
      : entry,
  );
  return { trip: { ...trip, entries }, outcome: { kind: "delivered", entries: ids } };
}

function receive(trip: Trip, receipt: Receipt, at: number): Reduced {
  const pc = findPc(trip, receipt.pc, receipt.serial);
  const activated: string[] = [];
  const failed: string[] = [];
  let owner = pc?.id;
  const entries = trip.entries.map((entry) => {
    // The tag says whose it is, whatever the PC is called by now.
    const product = receipt.products.find((one) => one.tag === entry.tag);
    if (!product) return entry;
    owner = entry.pcId;
    const ok = product.status === 1;
    (ok ? activated : failed).push(entry.id);
    const code = !ok && product.hresult !== undefined ? hresultText(product.hresult) : undefined;
    const state: State = ok ? "activated" : "failed";
    if (entry.state === state && entry.status === product.status && entry.hresult === code) return entry;
    const { hresult: _, ...rest } = entry;
    const closed = { ...rest, state, status: product.status, ...(code !== undefined && { hresult: code }) };
    return step(closed, state, at, code);
  });
  if (owner === undefined || activated.length + failed.length === 0) {
    return { trip, outcome: { kind: "receipt-unknown", name: receipt.pc } };
  }
  const id = owner;
  // A bare PC learns its name from its receipt.
  const pcs = trip.pcs.map((one) => {
    if (one.id !== id) return one;
    const serial = one.serial ?? receipt.serial;
    return {
      ...one,
      ...(one.bare && { name: receipt.pc, bare: false }),
      ...(serial !== undefined && { serial }),
      seenAt: at,
    };
  });
  return { trip: { ...trip, pcs, entries }, outcome: { kind: "receipt", pc: id, activated, failed } };
}

function renamePc(trip: Trip, id: string, text: string): Reduced {
  const name = cleanLabel(text);
  if (!name) return refused(trip, "trip-name-empty");
  return done({ ...trip, pcs: trip.pcs.map((pc) => (pc.id === id ? { ...pc, name } : pc)) });
}

function newEntry(
  id: string,
  pcId: string,
  iid: InstallationId,
  at: number,
  details: { activationId?: string; product?: string; keyTail?: string },
): Entry {
  return {
    id,
    pcId,
    ...details,
    iid: iid.digits,
    tag: iid.tag,
    practice: iid.practice,
    state: "open",
    superseded: [],
    steps: [{ kind: "collected", at }],
  };
}

/** Key or hardware changed: the Confirmation ID in hand is void, and kept only to be recognised. */
function withOtherIid(entry: Entry, iid: InstallationId, at: number): Entry {
  const old = { iid: entry.iid, tag: entry.tag, ...(entry.cid !== undefined && { cid: entry.cid }), at };
  // Back to an earlier number: the answer to it holds again.
  const again = entry.superseded.find((one) => one.tag === iid.tag);
  const bare = withoutAnswer(entry);
  const superseded = [...entry.superseded.filter((one) => one !== again), old];
  const answered = again?.cid === undefined ? {} : { cid: again.cid, state: "cid" as const };
  return step(
    { ...bare, iid: iid.digits, tag: iid.tag, practice: iid.practice, superseded, ...answered },
    "changed",
    at,
  );
}

function withoutAnswer(entry: Entry): Entry {
  const { cid: _cid, insisted: _insisted, status: _status, hresult: _hresult, ...rest } = entry;
  return { ...rest, state: "open" };
}

function step(entry: Entry, kind: StepKind, at: number, code?: string): Entry {
  return { ...entry, steps: [...entry.steps, { kind, at, ...(code !== undefined && { code }) }] };
}

function put(trip: Trip, entry: Entry): Trip {
  return { ...trip, entries: trip.entries.map((one) => (one.id === entry.id ? entry : one)) };
}

/** Index behind the last entry of a PC; the end for a new one. */
function endOfPc(entries: readonly Entry[], pcId: string): number {
  const last = entries.findLastIndex((entry) => entry.pcId === pcId);
  return last < 0 ? entries.length : last + 1;
}

function done(trip: Trip): Reduced {
  return { trip, outcome: { kind: "done" } };
}

function refused(trip: Trip, reason: Refusal): Reduced {
  return { trip, outcome: { kind: "refused", reason } };
}
