// Practice numbers and packets for the tests: made up here from the
// specification, so that what the page says of them is not asked of itself.

import { createHash } from "node:crypto";
import { encode } from "cborg";

/** An Installation ID, and what is known of it. */
export interface Iid {
  readonly digits: string;
  readonly groups: readonly string[];
  readonly tag: string;
}

/** `(d1 + 2·d2 + d3 + …) mod 7`. */
export function checkDigit(digits: string): string {
  return String(Array.from(digits).reduce((sum, digit, index) => sum + Number(digit) * (1 + (index % 2)), 0) % 7);
}

/** An Installation ID of these digits. */
export function iidOf(digits: string): Iid {
  const hash = createHash("sha256").update(digits).digest();
  const tag = hash.reduce((rest, byte) => (rest * 256 + byte) % 1e10, 0);
  const length = digits.length / 9;
  const groups = Array.from({ length: 9 }, (_, group) => digits.slice(group * length, (group + 1) * length));
  return { digits, groups, tag: String(tag).padStart(10, "0") };
}

function made(domain: string, seed: string, groups: number, length: number): string[] {
  const hash = createHash("sha256").update(domain + seed).digest();
  const rest = Array.from({ length: groups - 1 }, (_, group) => {
    const value = String(hash.readUInt32BE(group * 4) % 10 ** length).padStart(length, "0");
    return value + checkDigit(value);
  });
  return ["0".repeat(length + 1), ...rest];
}

/** The practice Installation ID of a seed. */
export function practiceIid(seed: string): Iid {
  return iidOf(made("hikyaku practice iid:", seed, 9, 6).join(""));
}

/** The groups of the practice portal's answer. */
export function practiceCid(iid: Iid): readonly string[] {
  return made("hikyaku practice cid:", iid.digits, 8, 5);
}

/** The reply to a request: 60 digits. */
export function replyOf(iid: Iid): string {
  const digits = practiceCid(iid).join("") + iid.tag;
  const rest = Array.from(digits).reduce((sum, digit) => (sum * 10 + Number(digit)) % 97, 0);
  return digits + String(98 - ((rest * 100) % 97)).padStart(2, "0");
}

/** A PC's request, as its symbol says it. Times are seconds since 1970. */
export interface Asked {
  readonly pc: string;
  readonly serial?: string;
  /** What identifies the machine: sixteen hexadecimal digits. */
  readonly machine?: string;
  readonly time: number;
  readonly products: readonly { readonly activationId: string; readonly name: string; readonly keyTail?: string; readonly iid: Iid }[];
}

export function requestText({ products, ...pc }: Asked): string {
  const written = products.map(({ activationId, name, keyTail, iid }) => {
    const fields = new Map<string, unknown>([
      ["a", hex(activationId.replaceAll("-", ""))],
      ["n", name],
    ]);
    if (keyTail !== undefined) fields.set("k", keyTail);
    const groups = iid.groups.flatMap((group) => [Number(group) >> 16, (Number(group) >> 8) & 255, Number(group) & 255]);
    return fields.set("i", Uint8Array.from([iid.digits.length / 9, ...groups]));
  });
  return packet("r1", pc, written);
}

/** A PC's result, as its symbol says it. */
export interface Told {
  readonly pc: string;
  readonly time: number;
  readonly products: readonly { readonly tag: string; readonly status: number; readonly hresult?: number }[];
}

export function receiptText({ products, ...pc }: Told): string {
  const written = products.map(({ tag, status, hresult }) => {
    const fields = new Map<string, unknown>([
      ["g", Number(tag)],
      ["l", status],
    ]);
    return hresult === undefined ? fields : fields.set("h", hresult);
  });
  return packet("c1", pc, written);
}

function packet(kind: string, pc: Omit<Asked, "products">, products: readonly Map<string, unknown>[]): string {
  const fields = new Map<string, unknown>([["n", pc.pc]]);
  if (pc.serial !== undefined) fields.set("s", pc.serial);
  if (pc.machine !== undefined) fields.set("id", hex(pc.machine));
  fields.set("t", pc.time).set("p", products);
  // In the order of the format, which is not that of canonical CBOR.
  const bytes = encode(fields, { mapSorter: () => 0 });
  return `${kind}.${Buffer.from(bytes).toString("base64url")}`;
}

const hex = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));
