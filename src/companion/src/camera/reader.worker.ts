// Reads symbols off the main thread, so that the page stays smooth.

import { inflateSync } from "fflate";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "virtual:reader-wasm";
import type { ReadOrder, ReadReport } from "./orders";

/** Longest text that is passed on: a trip in one symbol is shorter. */
const MAX_TEXT = 8192;

const binary = inflateSync(Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0)));
const ready = prepareZXingModule({ overrides: { wasmBinary: binary.buffer as ArrayBuffer }, fireImmediately: true });

self.onmessage = async ({ data: order }: MessageEvent<ReadOrder>) => {
  const report: { id: number; texts: string[]; ms: number; broken?: string } = { id: order.id, texts: [], ms: 0 };
  const start = performance.now();
  try {
    await ready;
    const image = new ImageData(new Uint8ClampedArray(order.pixels), order.width, order.height);
    const results = await readBarcodes(image, {
      formats: ["QRCode"],
      tryHarder: order.thorough,
      tryRotate: order.thorough,
      tryInvert: false,
      tryDownscale: order.thorough,
      maxNumberOfSymbols: order.most,
      textMode: "Plain",
    });
    // A symbol that holds a part of a text only (structured append) says nothing:
    // the first 48 digits of a reply would pass for a Confirmation ID.
    const whole = results.filter((one) => one.isValid && one.sequenceIndex < 0);
    report.texts = whole.map((one) => one.text.slice(0, MAX_TEXT));
  } catch (error) {
    report.broken = String(error);
  }
  report.ms = performance.now() - start;
  (self as unknown as Worker).postMessage(report satisfies ReadReport);
};
