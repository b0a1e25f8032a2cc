// What can be wrong with something that was read: a stable id, facts for the
// message, and the groups that fail. The ids are those of the Rust side.

/** A defect, named by its stable id (`number-wrong-groups`, `packet-truncated`, ...). */
export interface Fault {
  readonly id: string;
  /** Values for the message: positions, lengths, keys. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Labels of the groups that fail, `1` to `9` or `A` to `H`; empty where none is known. */
  readonly groups: readonly string[];
}

/** A value, or why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

/** Shorthand for a success. */
export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Makes a fault. */
export function fault(
  id: string,
  facts: Fault["facts"] = {},
  groups: readonly string[] = [],
): Fault {
  return { id, facts, groups };
}

/** Shorthand for a failure. */
export function bad(
  id: string,
  facts: Fault["facts"] = {},
  groups: readonly string[] = [],
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: fault(id, facts, groups) };
}
