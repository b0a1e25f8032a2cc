// Reads symbols off the main thread, so that the page stays smooth: the crate's
// own reader (src/companion/reader), as WebAssembly.

import { inflateSync } from "fflate";
import packed from "virtual:reader-wasm";
import type { ReadOrder, ReadReport } from "./orders";

interface Exports {
  readonly memory: WebAssembly.Memory;
  room(bytes: number): number;
  look(width: number, height: number, live: number, at: number): number;
  answer(): number;
}

/** Longest text that is passed on: a trip in one symbol is shorter. */
const MAX_TEXT = 8192;

const bytes = inflateSync(Uint8Array.from(atob(packed.slice(packed.indexOf(":") + 1)), (character) => character.charCodeAt(0)));
const compiling = WebAssembly.compile(bytes as BufferSource);
let reader: Promise<Exports> | undefined;

async function begin(): Promise<Exports> {
  const time = { env: { hikyaku_now: () => performance.now() } };
  return (await WebAssembly.instantiate(await compiling, time)).exports as unknown as Exports;
}

function textsOf(reading: Exports, order: ReadOrder): string[] {
  const pixels = new Uint8Array(order.pixels);
  // Its memory may grow with every call, and is another buffer then.
  const room = reading.room(pixels.length);
  new Uint8Array(reading.memory.buffer, room, pixels.length).set(pixels);
  const length = reading.look(order.width, order.height, order.live ? 1 : 0, performance.now());
  const answer = new Uint8Array(reading.memory.buffer, reading.answer(), length);
  const texts = JSON.parse(new TextDecoder().decode(answer)) as string[];
  return texts.map((text) => text.slice(0, MAX_TEXT));
}

self.onmessage = async ({ data: order }: MessageEvent<ReadOrder>) => {
  const report: { id: number; texts: string[]; ms: number; broken?: string } = { id: order.id, texts: [], ms: 0 };
  const start = performance.now();
  try {
    reader ??= begin();
    report.texts = textsOf(await reader, order);
  } catch (error) {
    // A decoder panicked over an odd picture: nothing was read, and a fresh one goes on.
    reader = undefined;
    if (!(error instanceof WebAssembly.RuntimeError)) report.broken = String(error);
  }
  report.ms = performance.now() - start;
  (self as unknown as Worker).postMessage(report satisfies ReadReport);
};
