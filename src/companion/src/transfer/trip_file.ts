// A trip as a file: versioned JSON. The format is specified, and written and
// read by the Rust side too, in src/trip/file; fixtures/trip holds
// examples, good and with one defect each.

import { bad, fault, good, type Fault, type Result } from "../domain/fault";
import { isLabel } from "../domain/label";
import type { InstallationId } from "../domain/messages";
import { parseCid, parseIid } from "../domain/numbers";
import { MAX_TIME } from "../domain/packet";
import { type Entry, type Pc, type State, type Step, type StepKind, type Superseded, type Trip } from "../trip/model";

/** Longest trip file that is read, in bytes of UTF-8. */
export const MAX_TRIP_FILE = 64 * 1024 * 1024;
/** Most PCs, and most products, of a trip file. */
const MAX_FILE_ENTRIES = 10_000;
const VERSION = 1;
/** Most steps, numbers or facts of an entry: what a file of that size can hold. */
const MAX_HISTORY = 1_000_000;

const STATES: readonly State[] = ["open", "cid", "delivered", "activated", "failed"];
const STEPS: readonly StepKind[] = [
  "collected",
  "seen-again",
  "changed",
  "cid",
  "cid-taken-back",
  "delivered",
  "activated",
  "failed",
  "imported",
];

/** Writes a trip; the same text for the same trip and time. */
export function writeTripFile(trip: Trip, at: number): string {
  const file = {
    hikyaku: "trip",
    version: VERSION,
    name: trip.name,
    started_at: trip.startedAt,
    written_at: at,
    pcs: trip.pcs.map((pc) => ({
      name: pc.name,
      bare: pc.bare,
      serial: pc.serial,
      machine: pc.machine,
      taken_at: pc.takenAt,
      seen_at: pc.seenAt,
      entries: trip.entries.filter((entry) => entry.pcId === pc.id).map(entryToJson),
    })),
    planned: trip.planned,
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function entryToJson(entry: Entry) {
  return {
    activation_id: entry.activationId,
    product: entry.product,
    key_tail: entry.keyTail,
    iid: entry.iid,
    state: entry.state,
    cid: entry.cid,
    insisted: entry.insisted,
    status: entry.status,
    hresult: entry.hresult,
    superseded: entry.superseded.map(({ iid, cid, at }) => ({ iid, cid, at })),
    steps: entry.steps.map(({ kind, at, code }) => ({ kind, at, code })),
    facts: entry.facts,
  };
}

/** Reads a trip file; ids are made anew. */
export function readTripFile(text: string): Result<Trip> {
  if (new TextEncoder().encode(text).length > MAX_TRIP_FILE) return bad("trip-file-too-large", { limit: MAX_TRIP_FILE });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("trip-file-not-json");
  }
  if (!isObject(value) || value.hikyaku !== "trip") return bad("trip-file-not-a-trip");
  if (value.version !== VERSION) {
    return Number.isSafeInteger(value.version) && Number(value.version) > VERSION
      ? bad("trip-file-newer", { version: Number(value.version) })
      : bad("trip-file-malformed", { field: "version" });
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) return bad("trip-file-duplicate-key", { key: twice });
  try {
    return good(tripFrom(value));
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, fault: error.fault };
    throw error;
  }
}

class Malformed extends Error {
  readonly fault: Fault;
  constructor(field: string, groups: readonly string[] = []) {
    super(field);
    this.fault = fault(groups.length > 0 ? "trip-file-wrong-groups" : "trip-file-malformed", { field }, groups);
  }
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key that stands twice in one object of a text that is JSON. */
function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let key = "";
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case "{":
        open.push(new Set());
        break;
      case "[":
        open.push(undefined);
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ":": {
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
        break;
      }
      case '"': {
        const start = at;
        for (at += 1; text[at] !== '"' && at < text.length; at += 1) if (text[at] === "\\") at += 1;
        // Only keys of this format's length matter, and "\u006e" is an n.
        if (at - start < 256) key = JSON.parse(text.slice(start, at + 1)) as string;
        break;
      }
    }
  }
  return undefined;
}

function tripFrom(value: Json): Trip {
  const read = fields(value, "trip", ["hikyaku", "version", "name", "started_at", "written_at", "pcs", "planned"]);
  time(read.written_at, "written_at");
  const pcs: Pc[] = [];
  const entries: Entry[] = [];
  const tags = new Set<string>();
  let next = 1;
  for (const one of list(read.pcs, "pcs", MAX_FILE_ENTRIES)) {
    const pc = fields(one, "pcs", ["name", "bare", "serial", "machine", "taken_at", "seen_at", "entries"]);
    const id = `pc${next++}`;
    pcs.push({
      id,
      name: label(pc.name, "name"),
      bare: typeof pc.bare === "boolean" ? pc.bare : wrong("bare"),
      ...(pc.serial !== undefined && { serial: label(pc.serial, "serial") }),
      ...(pc.machine !== undefined && { machine: matching(pc.machine, "machine", /^[0-9a-f]{16}$/) }),
      ...(pc.taken_at !== undefined && { takenAt: time(pc.taken_at, "taken_at") }),
      seenAt: time(pc.seen_at, "seen_at"),
    });
    for (const product of list(pc.entries, "entries", MAX_FILE_ENTRIES)) {
      const entry = entryFrom(product, `e${next++}`, id);
      if (tags.has(entry.tag)) wrong("iid");
      tags.add(entry.tag);
      entries.push(entry);
    }
  }
  if (entries.length > MAX_FILE_ENTRIES) wrong("entries");
  const planned = carried(read.planned, "planned", MAX_FILE_ENTRIES);
  return {
    name: label(read.name, "name"),
    startedAt: time(read.started_at, "started_at"),
    pcs,
    entries,
    ...(planned && { planned }),
    next,
  };
}

const ENTRY_FIELDS = [
  "activation_id",
  "product",
  "key_tail",
  "iid",
  "state",
  "cid",
  "insisted",
  "status",
  "hresult",
  "superseded",
  "steps",
  "facts",
];

/** What other devices know, as it came: objects, whatever is in them. */
function carried(value: unknown, field: string, most: number): readonly unknown[] | undefined {
  if (value === undefined) return undefined;
  const all = list(value, field, most);
  if (!all.every(isObject)) wrong(field);
  return all.length > 0 ? all : undefined;
}

function entryFrom(value: unknown, id: string, pcId: string): Entry {
  const read = fields(value, "entries", ENTRY_FIELDS);
  const iid = iidFrom(read.iid);
  const state = STATES.find((one) => one === read.state) ?? wrong("state");
  const insisted = read.insisted !== undefined;
  if (insisted && (read.insisted !== true || read.cid === undefined)) wrong("insisted");
  const cid = read.cid === undefined ? undefined : cidFrom(read.cid, insisted);
  if ((state === "cid" || state === "delivered") && cid === undefined) wrong("cid");
  if (state === "open" && cid !== undefined) wrong("cid");
  const facts = carried(read.facts, "facts", MAX_HISTORY);
  const status = read.status === undefined ? undefined : whole(read.status, "status", 0xffff_ffff);
  return {
    id,
    pcId,
    ...(read.activation_id !== undefined && { activationId: matching(read.activation_id, "activation_id", GUID) }),
    ...(read.product !== undefined && { product: label(read.product, "product") }),
    ...(read.key_tail !== undefined && { keyTail: matching(read.key_tail, "key_tail", /^[A-Z0-9]{5}$/) }),
    iid: iid.digits,
    tag: iid.tag,
    practice: iid.practice,
    state,
    ...(cid !== undefined && { cid }),
    ...(insisted && { insisted: true as const }),
    ...(status !== undefined && { status }),
    ...(read.hresult !== undefined && { hresult: matching(read.hresult, "hresult", HRESULT) }),
    superseded: list(read.superseded, "superseded", MAX_HISTORY).map(supersededFrom),
    steps: list(read.steps, "steps", MAX_HISTORY).map(stepFrom),
    ...(facts && { facts }),
  };
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HRESULT = /^0x[0-9A-F]{8}$/;

function supersededFrom(value: unknown): Superseded {
  const read = fields(value, "superseded", ["iid", "cid", "at"]);
  const iid = iidFrom(read.iid);
  // Void anyway: kept to be recognised, also where its check digits failed.
  const cid = read.cid === undefined ? undefined : cidFrom(read.cid, true);
  return { iid: iid.digits, tag: iid.tag, ...(cid !== undefined && { cid }), at: time(read.at, "at") };
}

function stepFrom(value: unknown): Step {
  const read = fields(value, "steps", ["kind", "at", "code"]);
  const kind = STEPS.find((one) => one === read.kind) ?? wrong("kind");
  const code = read.code === undefined ? undefined : matching(read.code, "code", HRESULT);
  return { kind, at: time(read.at, "at"), ...(code !== undefined && { code }) };
}

/** The fields of an object; one that is not known belongs to another version. */
function fields(value: unknown, field: string, known: readonly string[]): Json {
  if (!isObject(value)) return wrong(field);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  return unknown === undefined ? value : wrong(unknown);
}

function list(value: unknown, field: string, most: number): readonly unknown[] {
  return Array.isArray(value) && value.length <= most ? value : wrong(field);
}

function label(value: unknown, field: string): string {
  return typeof value === "string" && isLabel(value) ? value : wrong(field);
}

function matching(value: unknown, field: string, shape: RegExp): string {
  return typeof value === "string" && shape.test(value) ? value : wrong(field);
}

function whole(value: unknown, field: string, most: number): number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most ? Number(value) : wrong(field);
}

function time(value: unknown, field: string): number {
  return whole(value, field, MAX_TIME);
}

function iidFrom(value: unknown): InstallationId {
  const iid = parseIid(matching(value, "iid", /^(?:[0-9]{54}|[0-9]{63})$/));
  if (!iid.ok) throw new Malformed("iid", iid.fault.groups);
  return iid.value;
}

function cidFrom(value: unknown, insisted: boolean): string {
  const digits = matching(value, "cid", /^[0-9]{48}$/);
  const cid = parseCid(digits);
  if (!cid.ok && !insisted) throw new Malformed("cid", cid.fault.groups);
  return digits;
}

function wrong(field: string): never {
  throw new Malformed(field.length > 32 || !/^[a-z_]+$/.test(field) ? "?" : field);
}
