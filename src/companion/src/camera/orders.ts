// What passes between the page and the worker that reads.

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
export interface ReadReport {
  readonly id: number;
  readonly texts: readonly string[];
  /** Time in the worker. */
  readonly ms: number;
  /** The reader cannot run. */
  readonly broken?: string;
}
