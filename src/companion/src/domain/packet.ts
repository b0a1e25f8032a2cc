// Packets: kind, version, full stop, base64url of CBOR.

import { base64urlnopad } from "@scure/base";
import { PacketFault, Reader, refuse, write } from "./cbor";
import { bad, good, type Result } from "./fault";
import type {
  ConfirmationId,
  InstallationId,
  Message,
  ProductReceipt,
  ProductRequest,
  Receipt,
  Reply,
  Request,
  TripPacket,
} from "./messages";
import { parseCid, parseIid } from "./numbers";

/** Most characters of a request or receipt. */
export const MAX_PACKET_CHARS = 4096;
/** Most characters of a trip. */
export const MAX_TRIP_CHARS = 1024 * 1024;
/** Most products of a request or receipt. */
export const MAX_PRODUCTS = 16;
/** Most requests, replies or receipts of a trip. */
const MAX_LIST = 1000;
/** Last second of the year 9999. */
export const MAX_TIME = 253_402_300_799;
const MAX_TAG = 9_999_999_999;
const MAX_U32 = 0xffff_ffff;

const HEADER = /^([A-Za-z])([1-9][0-9]{0,2})\./;

/** Whether a text begins as a packet does, whatever follows. */
export function beginsAsPacket(text: string): boolean {
  return HEADER.test(text);
}

/** Reads a packet; nothing may stand around it. */
export function parsePacket(text: string): Result<Message> {
  const header = HEADER.exec(text);
  const kind = header?.[1];
  if (!header || !kind) return bad("packet-not-a-packet");
  if (kind !== "r" && kind !== "c" && kind !== "t") return bad("packet-unknown-kind", { kind });
  if (header[2] !== "1") return bad("packet-unknown-version", { kind, version: Number(header[2]) });
  const limit = kind === "t" ? MAX_TRIP_CHARS : MAX_PACKET_CHARS;
  if (text.length > limit && Array.from(text).length > limit) return bad("packet-too-large", { limit });
  try {
    const reader = new Reader(decode(text, header[0].length));
    const message: Message =
      kind === "r"
        ? { kind: "request", request: readRequest(reader, "packet") }
        : kind === "c"
          ? { kind: "receipt", receipt: readReceipt(reader, "packet") }
          : { kind: "trip", trip: readTrip(reader) };
    reader.finish();
    return good(message);
  } catch (error) {
    if (error instanceof PacketFault) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Writes a trip: the same text for the same trip. */
export function tripToText(trip: TripPacket): Result<string> {
  const text = `t1.${base64urlnopad.encode(write(tripMap(trip)))}`;
  return text.length > MAX_TRIP_CHARS ? bad("packet-too-large", { limit: MAX_TRIP_CHARS }) : good(text);
}

/** The CBOR of a trip, as parts carry it. */
export function tripToBytes(trip: TripPacket): Uint8Array {
  return write(tripMap(trip));
}

/** Reads the CBOR of a trip. */
export function tripFromBytes(bytes: Uint8Array): Result<TripPacket> {
  try {
    const reader = new Reader(bytes);
    const trip = readTrip(reader);
    reader.finish();
    return good(trip);
  } catch (error) {
    if (error instanceof PacketFault) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Writes a request. */
export function requestToText(request: Request): string {
  return `r1.${base64urlnopad.encode(write(requestMap(request)))}`;
}

/** Writes a receipt. */
export function receiptToText(receipt: Receipt): string {
  return `c1.${base64urlnopad.encode(write(receiptMap(receipt)))}`;
}

function decode(text: string, start: number): Uint8Array {
  const encoded = text.slice(start);
  try {
    return base64urlnopad.decode(encoded);
  } catch {
    const wrong = encoded.search(/[^A-Za-z0-9_-]/);
    const before = text.slice(0, start + (wrong < 0 ? Math.max(encoded.length - 1, 0) : wrong));
    return refuse("packet-not-base64", { position: Array.from(before).length + 1 });
  }
}

function required<T>(value: T | undefined, field: string): T {
  return value === undefined ? refuse("packet-missing-field", { field }) : value;
}

function readRequest(reader: Reader, field: string): Request {
  const read: { pc?: string; serial?: string; machine?: string; time?: number; products?: ProductRequest[] } = {};
  reader.map(field, (key) => {
    if (key === "n") read.pc = reader.label("n");
    else if (key === "s") read.serial = reader.label("s");
    else if (key === "id") read.machine = hexOf(reader.exactly("id", 8));
    else if (key === "t") read.time = reader.unsigned("t", MAX_TIME);
    else if (key === "p") read.products = reader.array("p", 1, MAX_PRODUCTS, () => readProduct(reader));
    else return false;
    return true;
  });
  const request: Request = {
    pc: required(read.pc, "n"),
    ...(read.serial !== undefined && { serial: read.serial }),
    ...(read.machine !== undefined && { machine: read.machine }),
    time: required(read.time, "t"),
    products: required(read.products, "p"),
  };
  const ids = new Set<string>();
  for (const { activationId } of request.products) {
    // An answer could not say which of the two it is for.
    if (ids.has(activationId)) refuse("packet-same-product-twice", { product: activationId });
    ids.add(activationId);
  }
  return request;
}

function readProduct(reader: Reader): ProductRequest {
  const read: { activationId?: string; name?: string; keyTail?: string; iid?: InstallationId } = {};
  reader.map("p", (key) => {
    if (key === "a") read.activationId = guidOf(reader.exactly("a", 16));
    else if (key === "n") read.name = reader.label("n");
    else if (key === "k") read.keyTail = keyTail(reader.text("k"));
    else if (key === "i") read.iid = readIid(reader);
    else return false;
    return true;
  });
  return {
    activationId: required(read.activationId, "a"),
    name: required(read.name, "n"),
    ...(read.keyTail !== undefined && { keyTail: read.keyTail }),
    iid: required(read.iid, "i"),
  };
}

function readReceipt(reader: Reader, field: string): Receipt {
  const read: { pc?: string; serial?: string; machine?: string; time?: number; products?: ProductReceipt[] } = {};
  reader.map(field, (key) => {
    if (key === "n") read.pc = reader.label("n");
    else if (key === "s") read.serial = reader.label("s");
    else if (key === "id") read.machine = hexOf(reader.exactly("id", 8));
    else if (key === "t") read.time = reader.unsigned("t", MAX_TIME);
    else if (key === "p") read.products = reader.array("p", 1, MAX_PRODUCTS, () => readProductReceipt(reader));
    else return false;
    return true;
  });
  return {
    pc: required(read.pc, "n"),
    ...(read.serial !== undefined && { serial: read.serial }),
    ...(read.machine !== undefined && { machine: read.machine }),
    time: required(read.time, "t"),
    products: required(read.products, "p"),
  };
}

function readProductReceipt(reader: Reader): ProductReceipt {
  const read: { tag?: string; status?: number; hresult?: number } = {};
  reader.map("p", (key) => {
    if (key === "g") read.tag = readTag(reader);
    else if (key === "l") read.status = reader.unsigned("l", MAX_U32);
    else if (key === "h") read.hresult = reader.unsigned("h", MAX_U32);
    else return false;
    return true;
  });
  return {
    tag: required(read.tag, "g"),
    status: required(read.status, "l"),
    ...(read.hresult !== undefined && { hresult: read.hresult }),
  };
}

function readTrip(reader: Reader): TripPacket {
  const read: { name?: string; time?: number; requests?: Request[]; replies?: Reply[]; receipts?: Receipt[] } = {};
  reader.map("packet", (key) => {
    if (key === "n") read.name = reader.label("n");
    else if (key === "t") read.time = reader.unsigned("t", MAX_TIME);
    else if (key === "r") read.requests = reader.array("r", 0, MAX_LIST, () => readRequest(reader, "r"));
    else if (key === "a") read.replies = reader.array("a", 0, MAX_LIST, () => readReply(reader));
    else if (key === "c") read.receipts = reader.array("c", 0, MAX_LIST, () => readReceipt(reader, "c"));
    else return false;
    return true;
  });
  return {
    name: required(read.name, "n"),
    time: required(read.time, "t"),
    requests: required(read.requests, "r"),
    replies: required(read.replies, "a"),
    receipts: required(read.receipts, "c"),
  };
}

function readReply(reader: Reader): Reply {
  const read: { cid?: ConfirmationId; tag?: string } = {};
  reader.map("a", (key) => {
    if (key === "c") read.cid = readCid(reader);
    else if (key === "g") read.tag = readTag(reader);
    else return false;
    return true;
  });
  return { cid: required(read.cid, "c"), tag: required(read.tag, "g") };
}

function readTag(reader: Reader): string {
  return String(reader.unsigned("g", MAX_TAG)).padStart(10, "0");
}

function keyTail(text: string): string {
  return /^[A-Z0-9]{5}$/.test(text) ? text : refuse("packet-malformed", { field: "k" });
}

function readIid(reader: Reader): InstallationId {
  const bytes = reader.exactly("i", 28);
  const length = bytes[0] ?? 0;
  const digits = length === 6 || length === 7 ? unpack(bytes.subarray(1), length) : undefined;
  return held("i", parseIid(digits ?? refuse("packet-malformed", { field: "i" })));
}

function readCid(reader: Reader): ConfirmationId {
  const digits = unpack(reader.exactly("c", 24), 6);
  return held("c", parseCid(digits ?? refuse("packet-malformed", { field: "c" })));
}

function held<T>(field: string, number: Result<T>): T {
  if (number.ok) return number.value;
  const { groups } = number.fault;
  if (number.fault.id !== "number-wrong-groups") return refuse("packet-malformed", { field });
  return refuse("packet-wrong-groups", { field, groups: groups.join(", "), count: groups.length }, groups);
}

/** The digits of all groups; nothing where a group needs more digits. */
function unpack(bytes: Uint8Array, length: number): string | undefined {
  let text = "";
  for (let start = 0; start + 3 <= bytes.length; start += 3) {
    const value = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    const group = String(value).padStart(length, "0");
    if (group.length !== length) return undefined;
    text += group;
  }
  return text;
}

/** Every group as a big-endian integer of three bytes. */
function pack(groups: readonly string[], head: readonly number[] = []): Uint8Array {
  return Uint8Array.from([
    ...head,
    ...groups.flatMap((group) => {
      const value = Number(group);
      return [value >> 16, (value >> 8) & 255, value & 255];
    }),
  ]);
}

function guidOf(bytes: Uint8Array): string {
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOfGuid(guid: string): Uint8Array {
  return bytesOfHex(guid.replaceAll("-", ""));
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

type Fields = [string, unknown][];

interface PcOf {
  readonly pc: string;
  readonly serial?: string;
  readonly machine?: string;
  readonly time: number;
}

function pcFields(pc: PcOf): Fields {
  const fields: Fields = [["n", pc.pc]];
  if (pc.serial !== undefined) fields.push(["s", pc.serial]);
  if (pc.machine !== undefined) fields.push(["id", bytesOfHex(pc.machine)]);
  fields.push(["t", pc.time]);
  return fields;
}

function requestMap(request: Request): Map<string, unknown> {
  const products = request.products.map((product) => {
    const fields: Fields = [
      ["a", bytesOfGuid(product.activationId)],
      ["n", product.name],
    ];
    if (product.keyTail !== undefined) fields.push(["k", product.keyTail]);
    fields.push(["i", pack(product.iid.groups, [product.iid.digits.length / 9])]);
    return new Map(fields);
  });
  return new Map([...pcFields(request), ["p", products]]);
}

function receiptMap(receipt: Receipt): Map<string, unknown> {
  const products = receipt.products.map((product) => {
    const fields: Fields = [
      ["g", Number(product.tag)],
      ["l", product.status],
    ];
    if (product.hresult !== undefined) fields.push(["h", product.hresult]);
    return new Map(fields);
  });
  return new Map([...pcFields(receipt), ["p", products]]);
}

function tripMap(trip: TripPacket): Map<string, unknown> {
  return new Map<string, unknown>([
    ["n", trip.name],
    ["t", trip.time],
    ["r", trip.requests.map(requestMap)],
    [
      "a",
      trip.replies.map(
        ({ cid, tag }) =>
          new Map<string, unknown>([
            ["c", pack(cid.groups)],
            ["g", Number(tag)],
          ]),
      ),
    ],
    ["c", trip.receipts.map(receiptMap)],
  ]);
}
