// What every worker does that reads pictures: a module of the crate's own code,
// as WebAssembly, is started when the first picture comes.

import { inflateSync } from "fflate";
import type { ReadOrder, ReadReport } from "./orders";

interface Exports {
  readonly memory: WebAssembly.Memory;
  room(bytes: number): number;
  look(width: number, height: number, live: number, at: number): number;
  answer(): number;
}

/** Answers the page's orders with what the module in `packed` sees. */
export function serve<Seen>(packed: string): void {
  const bytes = inflateSync(Uint8Array.from(atob(packed.slice(packed.indexOf(":") + 1)), (character) => character.charCodeAt(0)));
  const compiling = WebAssembly.compile(bytes as BufferSource);
  // Whoever asks hears of it.
  compiling.catch(() => undefined);
  let reader: Promise<Exports> | undefined;
  const begin = async () => {
    const time = { env: { hikyaku_now: () => performance.now() } };
    return (await WebAssembly.instantiate(await compiling, time)).exports as unknown as Exports;
  };
  self.onmessage = async ({ data: order }: MessageEvent<ReadOrder>) => {
    const start = performance.now();
    let seen: readonly Seen[] = [];
    let broken: string | undefined;
    try {
      reader ??= begin();
      seen = seenBy<Seen>(await reader, order);
    } catch (error) {
      // A decoder panicked over an odd picture: nothing was read, and a fresh one goes on.
      reader = undefined;
      if (!(error instanceof WebAssembly.RuntimeError)) broken = String(error);
    }
    const report: ReadReport<Seen> = { id: order.id, seen, ms: performance.now() - start, ...(broken !== undefined && { broken }) };
    (self as unknown as Worker).postMessage(report);
  };
}

function seenBy<Seen>(reading: Exports, order: ReadOrder): readonly Seen[] {
  const pixels = new Uint8Array(order.pixels);
  // Its memory may grow with every call, and is another buffer then.
  const room = reading.room(pixels.length);
  new Uint8Array(reading.memory.buffer, room, pixels.length).set(pixels);
  const length = reading.look(order.width, order.height, order.live ? 1 : 0, performance.now());
  const answer = new Uint8Array(reading.memory.buffer, reading.answer(), length);
  return JSON.parse(new TextDecoder().decode(answer)) as Seen[];
}
