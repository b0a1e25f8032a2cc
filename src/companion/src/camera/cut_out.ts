// The picture of a number's groups, cut out and laid straight: a person compares
// it with the digits that were read.

import type { Corners, PrintedNumber } from "./orders";

/** A number that was read by its digits, with the pictures of its groups. */
export interface ReadNumber {
  readonly kind: PrintedNumber["kind"];
  readonly digits: string;
  readonly doubtful: readonly number[];
  /** Pictures of each group, as data URLs: two where a line break divides it. */
  readonly pictures: readonly (readonly string[])[];
}

/** Height of a piece in pixels: enough for a phone's sharp screen. */
const HEIGHT = 72;
/** A group of six or seven digits is no longer than this, in its height. */
const MOST_LONG = 8;
/** Room beside a group, in its height: a digit that was missed shows there. */
const BESIDE = 0.25;

/** Cuts the groups out of the picture that the number was read in. */
export function cutOut(picture: CanvasImageSource, number: PrintedNumber): ReadNumber {
  const { kind, digits, doubtful, groups } = number;
  const canvas = document.createElement("canvas");
  return { kind, digits, doubtful, pictures: groups.map((parts) => parts.map((corners) => piece(canvas, picture, corners)).filter((url) => url !== "")) };
}

function piece(canvas: HTMLCanvasElement, picture: CanvasImageSource, corners: Corners): string {
  const [[left, top], right, , bottom] = corners;
  const along = [right[0] - left, right[1] - top] as const;
  const down = [bottom[0] - left, bottom[1] - top] as const;
  const area = along[0] * down[1] - along[1] * down[0];
  const long = Math.hypot(...along) / Math.hypot(...down);
  if (!(Math.abs(area) > 1) || !(long <= MOST_LONG)) return "";
  const margin = BESIDE * HEIGHT;
  const width = long * HEIGHT;
  canvas.width = Math.round(width + 2 * margin);
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return "";
  // From pixels of the picture: `left, top` goes to the margin, one `along` to the other one.
  const [a, b] = [(width * down[1]) / area, (-HEIGHT * along[1]) / area];
  const [c, d] = [(-width * down[0]) / area, (HEIGHT * along[0]) / area];
  context.setTransform(a, b, c, d, margin - a * left - c * top, -b * left - d * top);
  context.drawImage(picture, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.8);
}
