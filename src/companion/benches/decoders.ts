// Readers side by side on the same frames, in one page of the same browser: the
// page's own, zxing-wasm as the page asked it before and as it comes, and jsQR.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const { resolve } = createRequire(import.meta.url);
const file = (name: string) => readFileSync(new URL(`../node_modules/${name}`, import.meta.url));
/** The page's own reader, as `.ci/page-core` makes it. */
const READER = new URL("../build/reader.wasm", import.meta.url);

/** What a decoder did with the frames. */
export interface Row {
  readonly decoder: string;
  readonly read: number;
  /** Milliseconds a frame, in order of the frames; `hit` tells which were read. */
  readonly frames: readonly { readonly ms: number; readonly hit: boolean }[];
}

/** Puts the libraries into a page that has nothing else. */
export async function bring(page: Page): Promise<void> {
  await page.evaluate(file("zxing-wasm/dist/iife/reader/index.js").toString().replace("var ZXingWASM=", "window.ZXingWASM="));
  await page.evaluate(readFileSync(resolve("jsqr"), "utf8"));
  await page.evaluate(async (wasm) => {
    const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
    const { ZXingWASM } = window as unknown as { ZXingWASM: typeof import("zxing-wasm/reader") };
    await ZXingWASM.prepareZXingModule({ overrides: { wasmBinary: bytes.buffer }, fireImmediately: true });
  }, file("zxing-wasm/dist/reader/zxing_reader.wasm").toString("base64"));
  await page.evaluate(async (wasm) => {
    const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
    const module = await WebAssembly.compile(bytes);
    const time = { env: { hikyaku_now: () => performance.now() } };
    interface Exports {
      readonly memory: WebAssembly.Memory;
      room(bytes: number): number;
      look(width: number, height: number, live: number, at: number): number;
      answer(): number;
    }
    const begin = async () => (await WebAssembly.instantiate(module, time)).exports as unknown as Exports;
    const reader = await begin();
    const read = (live: number) => (image: ImageData) => {
      const room = reader.room(image.data.length);
      new Uint8Array(reader.memory.buffer, room, image.data.length).set(image.data);
      const length = reader.look(image.width, image.height, live, performance.now());
      const answer = new Uint8Array(reader.memory.buffer, reader.answer(), length);
      return (JSON.parse(new TextDecoder().decode(answer)) as string[]).length > 0;
    };
    Object.assign(window, { frame: read(1), photograph: read(0) });
  }, readFileSync(READER).toString("base64"));
}

/** Every decoder on every frame, one frame after the other so that none is warmer. */
export async function sideBySide(page: Page, frames: readonly string[]): Promise<Row[]> {
  return page.evaluate(async (sources) => {
    const libraries = window as unknown as {
      ZXingWASM: typeof import("zxing-wasm/reader");
      jsQR: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
      frame: (image: ImageData) => boolean;
      photograph: (image: ImageData) => boolean;
    };
    const { ZXingWASM, jsQR, frame, photograph } = libraries;
    const asked = (thorough: boolean) => async (image: ImageData) => {
      const found = await ZXingWASM.readBarcodes(image, {
        formats: ["QRCode"],
        tryHarder: thorough,
        tryRotate: thorough,
        tryInvert: false,
        tryDownscale: thorough,
        maxNumberOfSymbols: 4,
        textMode: "Plain",
      });
      return found.some((one) => one.isValid);
    };
    const decoders: Record<string, (image: ImageData) => Promise<boolean>> = {
      "the page, a frame": async (image) => frame(image),
      "the page, a photograph": async (image) => photograph(image),
      "zxing-wasm, quick look": asked(false),
      "zxing-wasm, thorough look": asked(true),
      "zxing-wasm, its defaults": async (image) => (await ZXingWASM.readBarcodes(image)).some((one) => one.isValid),
      "jsQR, its defaults": async (image) => jsQR(image.data, image.width, image.height) !== null,
    };
    const rows = Object.keys(decoders).map((decoder) => ({ decoder, read: 0, frames: [] as { ms: number; hit: boolean }[] }));
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    for (const [index, source] of [sources[0] ?? "", ...sources].entries()) {
      const picture = new Image();
      picture.src = source;
      await picture.decode();
      [canvas.width, canvas.height] = [picture.width, picture.height];
      for (const row of rows) {
        context?.drawImage(picture, 0, 0);
        const image = context?.getImageData(0, 0, picture.width, picture.height) as ImageData;
        const start = performance.now();
        const hit = (await decoders[row.decoder]?.(image)) === true;
        const ms = performance.now() - start;
        // The first frame twice: once to get warm.
        if (index === 0) continue;
        row.read += hit ? 1 : 0;
        row.frames.push({ ms, hit });
      }
    }
    return rows;
  }, frames);
}
