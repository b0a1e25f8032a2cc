// What passes between the page and the worker that reads.

/** Pixels to read; the buffer is handed over, not copied. */
export interface ReadOrder {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ArrayBuffer;
  /** Take longer, and find smaller, turned and damaged symbols. */
  readonly thorough: boolean;
  /** Most symbols to look for. */
  readonly most: number;
}

/** What was read. */
export interface ReadReport {
  readonly id: number;
  readonly texts: readonly string[];
  /** Time in the worker. */
  readonly ms: number;
  /** The decoder threw. */
  readonly broken?: string;
}
