// Why there is no live picture: stable ids, each with its message pair.

/** Ids of the messages `camera-…`. */
export type CameraTrouble =
  /** The page came over plain http: browsers then give no camera. */
  | "camera-insecure"
  | "camera-unsupported"
  | "camera-denied"
  | "camera-missing"
  | "camera-busy"
  /** It was there, and went away. */
  | "camera-ended"
  | "camera-failed";

/** What a browser's refusal means. */
export function troubleOf(error: unknown): CameraTrouble {
  switch (error instanceof Error || error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "camera-denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "camera-missing";
    case "NotReadableError":
    case "AbortError":
      return "camera-busy";
    default:
      return "camera-failed";
  }
}
