// The reader as the page sees it: an image goes in, texts come out.

import type { ReadOrder, ReadReport } from "./orders";
import ReaderWorker from "./reader.worker?worker&inline";

/** How to look at an image. */
export interface Look {
  readonly thorough: boolean;
  readonly most: number;
}

interface Waiting {
  resolve(report: ReadReport): void;
  reject(error: Error): void;
}

/** Reads symbols in a worker of its own. */
export class SymbolReader {
  readonly #worker = new ReaderWorker();
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<ReadReport>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.broken === undefined) waiting?.resolve(data);
      else waiting?.reject(new Error(data.broken));
    };
    this.#worker.onerror = (event) => {
      for (const waiting of this.#waiting.values()) waiting.reject(new Error(event.message));
      this.#waiting.clear();
    };
  }

  /** Texts of the symbols in an image. Its pixels are gone afterwards. */
  read(image: ImageData, look: Look): Promise<ReadReport> {
    const order: ReadOrder = {
      id: this.#next++,
      width: image.width,
      height: image.height,
      pixels: image.data.buffer as ArrayBuffer,
      ...look,
    };
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject });
      this.#worker.postMessage(order, [order.pixels]);
    });
  }
}

let shared: SymbolReader | undefined;

/** The one reader of the page; made when it is first needed. */
export function symbolReader(): SymbolReader {
  shared ??= new SymbolReader();
  return shared;
}
