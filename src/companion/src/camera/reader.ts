// The readers as the page sees them: an image goes in, texts or numbers come out.

import DigitsWorker from "./digits.worker?worker&inline";
import type { PrintedNumber, ReadOrder, ReadReport } from "./orders";
import ReaderWorker from "./reader.worker?worker&inline";

/** A worker that does not answer within this is ended: a decoder may run on over an odd picture. */
const PATIENCE_MS = { live: 5000, still: 30_000 } as const;

interface Waiting<Seen> {
  resolve(report: ReadReport<Seen>): void;
  reject(error: Error): void;
  readonly alarm: ReturnType<typeof setTimeout>;
}

/** Reads pictures in a worker of its own. */
export class PictureReader<Seen> {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting<Seen>>();
  #next = 1;

  constructor(readonly begin: () => Worker) {}

  /** What an image shows: `live` for a frame of the camera. Its pixels are gone afterwards. */
  read(image: ImageData, kind: "live" | "still"): Promise<ReadReport<Seen>> {
    const order: ReadOrder = {
      id: this.#next++,
      width: image.width,
      height: image.height,
      pixels: image.data.buffer as ArrayBuffer,
      live: kind === "live",
    };
    return new Promise((resolve, reject) => {
      const alarm = setTimeout(() => this.#end(new Error("the reader does not answer")), PATIENCE_MS[kind]);
      this.#waiting.set(order.id, { resolve, reject, alarm });
      this.#worker ??= this.#begin();
      this.#worker.postMessage(order, [order.pixels]);
    });
  }

  #begin(): Worker {
    const worker = this.begin();
    worker.onmessage = ({ data }: MessageEvent<ReadReport<Seen>>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      clearTimeout(waiting?.alarm);
      if (data.broken === undefined) waiting?.resolve(data);
      else waiting?.reject(new Error(data.broken));
    };
    worker.onerror = (event) => this.#end(new Error(event.message));
    return worker;
  }

  /** Whoever waits is told, and the next image finds another worker. */
  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject, alarm } of this.#waiting.values()) {
      clearTimeout(alarm);
      reject(error);
    }
    this.#waiting.clear();
  }
}

/** Texts of symbols; its worker begins with the first picture. */
export const symbolReader = new PictureReader<string>(() => new ReaderWorker());

/** Numbers in digits; likewise. */
export const digitReader = new PictureReader<PrintedNumber>(() => new DigitsWorker());
