// Still photographs: no permission needed, and they work over plain http.

import { imageOf } from "./live";
import { symbolReader } from "./reader";

/** Larger files are no photographs of a phone. */
const MAX_BYTES = 40 * 1024 * 1024;
/** Sizes to look at: fast first, then whatever detail there is. */
const SIDES = [1600, 3200];

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
    for (const side of SIDES) {
      const image = imageOf(canvas, picture, picture.width, picture.height, side);
      if (!image) return { kind: "unreadable" };
      const { texts } = await symbolReader().read(image, { thorough: true, most: 16 });
      if (texts.length > 0) return { kind: "texts", texts };
      if (Math.max(picture.width, picture.height) <= side) break;
    }
    return { kind: "nothing" };
  } catch {
    return { kind: "unreadable" };
  } finally {
    picture.close();
  }
}
