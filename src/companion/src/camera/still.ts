// Still photographs: no permission needed, and they work over plain http.

import { cutOut, type ReadNumber } from "./cut_out";
import { imageOf } from "./live";
import { digitReader, symbolReader } from "./reader";

/** Larger files are no photographs of a phone. */
const MAX_BYTES = 40 * 1024 * 1024;
/** Longest side that is looked at: the reader makes smaller ones of it itself. */
const MAX_SIDE = 3200;

/** What became of a photograph. */
export type Still =
  | { readonly kind: "read"; readonly texts: readonly string[]; readonly numbers: readonly ReadNumber[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable" };

/** Reads the symbols of a photograph and, where none is ours, the numbers that it shows in digits. */
export async function readStill(file: Blob, isOurs: (text: string) => boolean): Promise<Still> {
  if (file.size > MAX_BYTES) return { kind: "unreadable" };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { kind: "unreadable" };
  }
  try {
    const canvas = document.createElement("canvas");
    const image = imageOf(canvas, picture, picture.width, picture.height, MAX_SIDE);
    if (!image) return { kind: "unreadable" };
    const { seen: texts } = await symbolReader.read(image, "still");
    if (texts.some(isOurs)) return { kind: "read", texts, numbers: [] };
    const numbers = await numbersOf(canvas);
    return texts.length + numbers.length > 0 ? { kind: "read", texts, numbers } : { kind: "nothing" };
  } catch {
    return { kind: "unreadable" };
  } finally {
    picture.close();
  }
}

/** Numbers of the picture on a canvas; none where they cannot be read. */
async function numbersOf(canvas: HTMLCanvasElement): Promise<ReadNumber[]> {
  const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
  if (!image) return [];
  try {
    const { seen } = await digitReader.read(image, "still");
    return seen.map((number) => cutOut(canvas, number));
  } catch {
    return [];
  }
}
