// What PCs show and portals answer, written here anew and by nothing of the
// page: a fixture must not change with the code that it is to hold.
// Formats: src/wire/mod.rs; practice numbers: src/activation/practice.rs.

import { createHash } from "node:crypto";

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** The last digit of a group. */
function checked(digits: string): string {
  const sum = [...digits].reduce((all, digit, index) => all + Number(digit) * (1 + (index % 2)), 0);
  return digits + String(sum % 7);
}

function numberOf(domain: string, seed: string, groups: number, length: number): string {
  const hash = sha256(domain + seed);
  const values = Array.from({ length: groups - 1 }, (_, index) => hash.readUInt32BE(index * 4) % 10 ** (length - 1));
  return values.map((value) => checked(String(value).padStart(length - 1, "0"))).join("");
}

/** A practice Installation ID. */
export function practiceIid(seed: string): string {
  return "0".repeat(7) + numberOf("hikyaku practice iid:", seed, 9, 7);
}

/** What the practice portal answers. */
export function practiceCid(iid: string): string {
  return "0".repeat(6) + numberOf("hikyaku practice cid:", iid, 8, 6);
}

/** Numbers that look like real ones, and are made up: nobody's. */
export function madeUpIid(seed: string, length: 6 | 7 = 7): string {
  return checked(`1${String(sha256(seed).readUInt32BE(0)).padStart(10, "0").slice(0, length - 2)}`) + numberOf("iid:", seed, 9, length);
}

/** The answer to one of these. */
export function madeUpCid(iid: string): string {
  return checked(`2${String(sha256(iid).readUInt32BE(0)).padStart(10, "0").slice(0, 4)}`) + numberOf("cid:", iid, 8, 6);
}

/** How a portal shows a Confirmation ID. */
export function asPortal(cid: string): string {
  const boxes = (cid.match(/.{6}/g) ?? []).map((box, index) => `${"ABCDEFGH"[index]}: ${box}`);
  return `Your confirmation ID\n\n${boxes.join("  ")}\n\nCopy`;
}

/** Ten digits by which a reply says what it answers. */
export function tagOf(iid: string): string {
  return String(BigInt(`0x${sha256(iid).toString("hex")}`) % 10_000_000_000n).padStart(10, "0");
}

/** The 60 digits of a reply. */
export function replyOf(iid: string, cid: string): string {
  const text = cid + tagOf(iid);
  return text + String(98n - ((BigInt(text) * 100n) % 97n)).padStart(2, "0");
}

type Cbor = number | string | Buffer | readonly Cbor[] | Fields;

/** A map whose keys stand as they are given. */
class Fields {
  constructor(readonly pairs: readonly (readonly [string, Cbor | undefined])[]) {}
}

function head(major: number, value: number): Buffer {
  const first = major << 5;
  if (value < 24) return Buffer.from([first | value]);
  if (value < 0x100) return Buffer.from([first | 24, value]);
  if (value < 0x1_0000) return Buffer.from([first | 25, value >> 8, value & 255]);
  const wide = value >= 0x1_0000_0000;
  const bytes = Buffer.alloc(wide ? 9 : 5);
  bytes[0] = first | (wide ? 27 : 26);
  if (wide) bytes.writeBigUInt64BE(BigInt(value), 1);
  else bytes.writeUInt32BE(value, 1);
  return bytes;
}

function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Fields) {
    const pairs = value.pairs.flatMap(([key, one]) => (one === undefined ? [] : [cbor(key), cbor(one)]));
    return Buffer.concat([head(5, pairs.length / 2), ...pairs]);
  }
  const list = value as readonly Cbor[];
  return Buffer.concat([head(4, list.length), ...list.map(cbor)]);
}

function packed(digits: string, groups: number): Buffer {
  const length = digits.length / groups;
  const values = Array.from({ length: groups }, (_, index) => Number(digits.slice(index * length, (index + 1) * length)));
  return Buffer.concat(values.map((value) => Buffer.from([value >> 16, (value >> 8) & 255, value & 255])));
}

/** A PC as it names itself. */
export interface Who {
  readonly name: string;
  readonly serial?: string;
  readonly machine?: string;
  readonly time: number;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly tail?: string;
  readonly iid: string;
}

export interface Closed {
  readonly iid: string;
  readonly status: number;
  readonly hresult?: number;
}

const whoFields = ({ name, serial, machine, time }: Who): [string, Cbor | undefined][] => [
  ["n", name],
  ["s", serial],
  ["id", machine === undefined ? undefined : Buffer.from(machine, "hex")],
  ["t", time],
];

function requestOf(who: Who, products: readonly Product[]): Fields {
  const all = products.map(
    ({ id, name, tail, iid }) =>
      new Fields([
        ["a", Buffer.from(id.replaceAll("-", ""), "hex")],
        ["n", name],
        ["k", tail],
        ["i", Buffer.concat([Buffer.from([iid.length / 9]), packed(iid, 9)])],
      ]),
  );
  return new Fields([...whoFields(who), ["p", all]]);
}

function receiptOf(who: Who, products: readonly Closed[]): Fields {
  const all = products.map(
    ({ iid, status, hresult }) =>
      new Fields([
        ["g", Number(tagOf(iid))],
        ["l", status],
        ["h", hresult],
      ]),
  );
  return new Fields([...whoFields(who), ["p", all]]);
}

const packet = (kind: string, value: Fields) => `${kind}1.${cbor(value).toString("base64url")}`;

/** What a PC shows that waits for its answers. */
export function request(who: Who, ...products: readonly Product[]): string {
  return packet("r", requestOf(who, products));
}

/** What a PC shows once its licence store has spoken. */
export function receipt(who: Who, ...products: readonly Closed[]): string {
  return packet("c", receiptOf(who, products));
}

/** A whole walk in one text. */
export function trip(
  name: string,
  time: number,
  pcs: readonly { readonly who: Who; readonly products: readonly Product[] }[],
  replies: readonly { readonly iid: string; readonly cid: string }[],
  receipts: readonly { readonly who: Who; readonly products: readonly Closed[] }[],
): string {
  return packet(
    "t",
    new Fields([
      ["n", name],
      ["t", time],
      ["r", pcs.map((one) => requestOf(one.who, one.products))],
      ["a", replies.map(({ iid, cid }) => new Fields([["c", packed(cid, 8)], ["g", Number(tagOf(iid))]]))],
      ["c", receipts.map((one) => receiptOf(one.who, one.products))],
    ]),
  );
}
