// What passes between the page and its workers that read pictures.

/** Pixels to read; the buffer is handed over, not copied. */
export interface ReadOrder {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ArrayBuffer;
  /** A frame of the camera, looked at together with those before it; a photograph gets every chance. */
  readonly live: boolean;
}

/** What was read. */
export interface ReadReport<Seen> {
  readonly id: number;
  readonly seen: readonly Seen[];
  /** Time in the worker. */
  readonly ms: number;
  /** The reader cannot run. */
  readonly broken?: string;
}

type Point = readonly [x: number, y: number];
/** In pixels of the picture, clockwise from the top left. */
export type Corners = readonly [Point, Point, Point, Point];

/** A number that a picture shows in digits; every group checks. */
export interface PrintedNumber {
  readonly kind: "iid" | "cid";
  readonly digits: string;
  /** Where its groups are: each at one place, or at two where a line break divides it. */
  readonly groups: readonly (readonly Corners[])[];
  /** Digits to look at once more, from 0. */
  readonly doubtful: readonly number[];
}
