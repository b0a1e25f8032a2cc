// Still photographs: no permission needed, and they work over plain http.

import { imageOf } from "./live";
import { symbolReader } from "./reader";

/** Larger files are no photographs of a phone. */
const MAX_BYTES = 40 * 1024 * 1024;
/** Longest side that is looked at: the reader makes smaller ones of it itself. */
const MAX_SIDE = 3200;

/** What became of a photograph. */
export type Still =
  | { readonly kind: "texts"; readonly texts: readonly string[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable" };

/** Reads the symbols of a photograph. */
export async function readStill(file: Blob): Promise<Still> {
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
    const { texts } = await symbolReader().read(image, "still");
    return texts.length > 0 ? { kind: "texts", texts } : { kind: "nothing" };
  } catch {
    return { kind: "unreadable" };
  } finally {
    picture.close();
  }
}
