// A trip in several moving symbols, from one device with a good camera to
// another: multipart UR (BCR-2020-005) with fountain parts, so that parts may
// be missed and come in any order. The Rust side is src/wire/parts.rs.

import "./node_globals";
import { UR, URDecoder, UREncoder } from "@ngraveio/bc-ur";
import { Buffer } from "buffer";
import { bad, type Fault, fault, good, type Result } from "../domain/fault";
import type { TripPacket } from "../domain/messages";
import { MAX_TRIP_CHARS, tripFromBytes, tripToBytes } from "../domain/packet";
import type { Trip } from "../trip/model";
import { fromPacket, toPacket } from "./packet_trip";

/** Type of the UR: its CBOR is that of a packet `t1`. */
export const PART_TYPE = "hikyaku-trip";
/** Bytes of a trip per symbol: version 12 or so, which a phone reads off a phone. */
const FRAGMENT = 200;
/** Longest part that is looked at. */
const MAX_PART_CHARS = 4096;
/** Most parts that a trip may be cut into. */
const MAX_PARTS = 8192;

/** An endless sequence of parts. */
export interface Parts {
  /** The next part, in capitals: they make the smaller symbol. */
  next(): string;
  /** How many parts are enough when none is missed. */
  readonly count: number;
}

/** Cuts a trip into parts; `at` is the time that they say. */
export function urParts(trip: Trip, at: number): Parts {
  return partsOf(toPacket(trip, at).packet);
}

/** Cuts a packet into parts. */
export function partsOf(trip: TripPacket, fragment = FRAGMENT): Parts {
  const encoder = new UREncoder(new UR(Buffer.from(tripToBytes(trip)), PART_TYPE), fragment);
  return { count: encoder.fragmentsLength, next: () => encoder.nextPart().toUpperCase() };
}

/** Whether a text is a part of some UR, ours or not. */
export function isPart(text: string): boolean {
  return /^ur:/i.test(text);
}

/** How far the collecting is. */
export interface Collected {
  /** 0 to 1. */
  readonly progress: number;
  /** Why this part was not taken; what was collected stays. */
  readonly fault?: Fault;
  /** The trip, once there is enough. */
  readonly done?: Result<Trip>;
}

/** Puts parts together, whichever come and in whatever order. */
export class UrCollector {
  #decoder = new URDecoder(undefined, PART_TYPE);
  /** Parts of the sequence that is being collected. */
  #total: string | undefined;
  #done: Result<Trip> | undefined;

  /** Takes what a camera read. */
  add(text: string): Collected {
    if (this.#done) return { progress: 1, done: this.#done };
    const refused = this.#check(text);
    if (refused) return this.#state(refused);
    try {
      // False for a part of another trip, or one that does not fit.
      if (!this.#decoder.receivePart(text.toLowerCase())) return this.#state(fault("parts-other-trip"));
    } catch {
      return this.#state(fault("parts-damaged"));
    }
    if (this.#decoder.isComplete()) {
      const packet = this.#decoder.isSuccess()
        ? tripFromBytes(Uint8Array.from(this.#decoder.resultUR().cbor))
        : bad("parts-damaged");
      this.#done = packet.ok ? good(fromPacket(packet.value)) : packet;
    }
    return this.#state();
  }

  /** Forgets everything: another trip shall be collected. */
  restart(): void {
    this.#decoder = new URDecoder(undefined, PART_TYPE);
    this.#total = undefined;
    this.#done = undefined;
  }

  #check(text: string): Fault | undefined {
    if (text.length > MAX_PART_CHARS && !/^ur:[^/]*\/[^/]*$/i.test(text)) return fault("parts-too-large");
    if (text.length > 2 * MAX_TRIP_CHARS) return fault("parts-too-large");
    const found = /^ur:([a-z0-9-]+)\/(?:([0-9]{1,9})-([0-9]{1,9})\/)?([a-z]+)$/i.exec(text);
    if (!found) return fault("parts-not-a-part");
    if (found[1]?.toLowerCase() !== PART_TYPE) return fault("parts-other-type");
    const total = found[3];
    if (total === undefined) return undefined;
    if (Number(found[2]) < 1 || Number(total) < 1 || Number(total) > MAX_PARTS) return fault("parts-too-large");
    if (Number(total) * text.length > 4 * MAX_TRIP_CHARS) return fault("parts-too-large");
    if (this.#total !== undefined && this.#total !== total) return fault("parts-other-trip");
    this.#total = total;
    return undefined;
  }

  #state(one?: Fault): Collected {
    return {
      progress: this.#done ? 1 : Math.min(this.#decoder.estimatedPercentComplete() || 0, 0.99),
      ...(one && { fault: one }),
      ...(this.#done && { done: this.#done }),
    };
  }
}
