// The strict part of CBOR that packets use, over cborg's tokens.
//
// Nothing is allocated on the word of the input, and of several defects the
// first one met is named, as on the Rust side (src/wire/cbor.rs).

import { encode, Tokenizer, Type } from "cborg";
import { type Fault, fault } from "./fault";
import { isLabel } from "./label";

/** Deepest nesting of a value under an unknown key; the value itself is 1. */
const MAX_DEPTH = 8;

const UNSIGNED = 0;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const SIMPLE = 7;

const OPTIONS = { allowIndefinite: false, allowBigInt: true, allowInfinity: true, allowNaN: true } as const;

/** What a reader throws; caught where a packet is parsed. */
export class PacketFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.id);
  }
}

/** Throws the fault of this id. */
export function refuse(id: string, facts: Fault["facts"] = {}, groups: readonly string[] = []): never {
  throw new PacketFault(fault(id, facts, groups));
}

/** Reads what the specification allows, and nothing else. */
export class Reader {
  #position = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** Nothing may follow. */
  finish(): void {
    const count = this.bytes.length - this.#position;
    if (count > 0) refuse("packet-trailing-bytes", { count });
  }

  /** A map; `take` reads the value of a key, or says that it does not know it. */
  map(field: string, take: (key: string) => boolean): void {
    this.#expect(field, MAP);
    const entries = this.#length();
    const seen = new Set<string>();
    for (let index = 0; index < entries; index += 1) {
      const key = this.#key();
      if (seen.has(key)) refuse("packet-duplicate-key", { key });
      seen.add(key);
      if (!take(key)) this.#skip(MAX_DEPTH);
    }
  }

  /** An array of so many entries. */
  array<T>(field: string, least: number, most: number, item: () => T): T[] {
    this.#expect(field, ARRAY);
    const found = this.#length();
    if (found < least || found > most) refuse("packet-wrong-count", { field, least, most, found });
    return Array.from({ length: found }, item);
  }

  /** An unsigned integer up to `most`. */
  unsigned(field: string, most: number): number {
    this.#expect(field, UNSIGNED);
    const value = this.#token();
    if (typeof value !== "number" || value > most) refuse("packet-malformed", { field });
    return value as number;
  }

  /** Exactly this many bytes. */
  exactly(field: string, length: number): Uint8Array {
    this.#expect(field, BYTES);
    const value = this.#token() as Uint8Array;
    if (value.length !== length) refuse("packet-malformed", { field });
    return value;
  }

  /** Text of any content. */
  text(field: string): string {
    this.#expect(field, TEXT);
    return this.#string();
  }

  /** Text that is a name as it stands. */
  label(field: string): string {
    const text = this.text(field);
    if (!isLabel(text)) refuse("packet-malformed", { field });
    return text;
  }

  #key(): string {
    if (this.#major() !== TEXT) refuse("packet-wrong-key");
    const key = this.#string();
    if (!/^[A-Za-z]{1,2}$/.test(key)) refuse("packet-wrong-key");
    return key;
  }

  /** Passes over one value, nested at most `depth` deep. */
  #skip(depth: number): void {
    if (depth === 0) refuse("packet-too-deep", { limit: MAX_DEPTH });
    switch (this.#major()) {
      case ARRAY:
        for (let left = this.#length(); left > 0; left -= 1) this.#skip(depth - 1);
        break;
      case MAP:
        for (let left = this.#length(); left > 0; left -= 1) {
          this.#skip(depth - 1);
          this.#skip(depth - 1);
        }
        break;
      case TAG:
        this.#length();
        this.#skip(depth - 1);
        break;
      case TEXT:
        this.#string();
        break;
      case SIMPLE:
        this.#simple();
        break;
      default:
        this.#token();
    }
  }

  /** Simple values, which cborg does not know, and floats. */
  #simple(): void {
    const offset = this.#position;
    const minor = (this.bytes[offset] ?? 0) & 31;
    const size = minor < 24 ? 1 : 1 + 2 ** (minor - 24);
    if (minor === 24 && (this.bytes[offset + 1] ?? 32) < 32) refuse("packet-not-cbor", { offset });
    if (offset + size > this.bytes.length) refuse("packet-truncated");
    this.#position += size;
  }

  #expect(field: string, major: number): void {
    if (this.#major() !== major) refuse("packet-wrong-type", { field });
  }

  /** Major type of what comes next; refuses what has no definite length. */
  #major(): number {
    const head = this.bytes[this.#position];
    if (head === undefined) return refuse("packet-truncated");
    if ((head & 31) >= 28) refuse("packet-not-cbor", { offset: this.#position });
    return head >> 5;
  }

  /** The argument of an array, map or tag: a claim, which may be beyond any number that cborg reads. */
  #length(): number {
    const start = this.#position;
    const minor = (this.bytes[start] ?? 0) & 31;
    const size = minor < 24 ? 0 : 2 ** (minor - 24);
    if (start + 1 + size > this.bytes.length) refuse("packet-truncated");
    this.#position += 1 + size;
    if (size === 0) return minor;
    let value = 0;
    for (let index = 1; index <= size; index += 1) value = value * 256 + (this.bytes[start + index] ?? 0);
    return value;
  }

  #string(): string {
    const offset = this.#position;
    this.#token();
    const head = (this.bytes[offset] ?? 0) & 31;
    const start = offset + 1 + (head < 24 ? 0 : 2 ** (head - 24));
    try {
      // cborg would put U+FFFD where there is no UTF-8.
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return decoder.decode(this.bytes.subarray(start, this.#position));
    } catch {
      return refuse("packet-not-cbor", { offset });
    }
  }

  /** One scalar, bytes or text. All that can fail after the head was looked at is the length. */
  #token(): unknown {
    const tokens = new Tokenizer(this.bytes.subarray(this.#position), OPTIONS);
    try {
      const token = tokens.next();
      this.#position += tokens.pos();
      return Type.equals(token.type, Type.undefined) ? undefined : token.value;
    } catch {
      return refuse("packet-truncated");
    }
  }
}

/** Writes CBOR of definite lengths and shortest integers, keys in the order given. */
export function write(value: unknown): Uint8Array {
  return encode(value, { mapSorter: () => 0 });
}
