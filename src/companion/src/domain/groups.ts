// Groups of digits, their check digits, and where a slip happened.

import type { Folded } from "./digits";

/** The numbers of the exchange, by how they are grouped. */
export type NumberKind = "iid63" | "iid54" | "cid" | "reply";

/** Digits, groups that close with a check digit, digits per group. */
const SHAPES: Readonly<Record<NumberKind, { digits: number; groups: number; length: number; name: string }>> = {
  iid63: { digits: 63, groups: 9, length: 7, name: "iid" },
  iid54: { digits: 54, groups: 9, length: 6, name: "iid" },
  cid: { digits: 48, groups: 8, length: 6, name: "cid" },
  reply: { digits: 60, groups: 8, length: 6, name: "reply" },
};
const KINDS: readonly NumberKind[] = ["iid63", "iid54", "cid", "reply"];

export function shapeOf(kind: NumberKind) {
  return SHAPES[kind];
}

/** What stands at a group on paper and in the portal. */
export function labelOf(kind: NumberKind, group: number): string {
  return kind === "cid" || kind === "reply" ? String.fromCharCode(65 + group) : String(group + 1);
}

/** The kind of exactly this many digits. */
export function kindOfLength(digits: number): NumberKind | undefined {
  return KINDS.find((kind) => SHAPES[kind].digits === digits);
}

/** The kind that was most likely meant: by length, by groups typed, by nearest length. */
export function guessKind(folded: Folded): NumberKind {
  const length = folded.digits.length;
  const exact = kindOfLength(length);
  if (exact) return exact;
  if (folded.runs.length === 8) return "cid";
  if (folded.runs.length === 9) return length >= 58 ? "iid63" : "iid54";
  const distance = (kind: NumberKind) => Math.abs(SHAPES[kind].digits - length);
  return KINDS.reduce((best, kind) => (distance(kind) < distance(best) ? kind : best));
}

/** What is wrong with a group, and by how many digits. */
export type Defect =
  | { readonly kind: "missing"; readonly count: number }
  | { readonly kind: "extra"; readonly count: number }
  | { readonly kind: "check" };

/** A group that fails, and why. */
export interface GroupFault {
  readonly group: number;
  readonly label: string;
  readonly defect: Defect;
}

/** One group as a person sees it. */
export interface GroupView {
  readonly label: string;
  readonly digits: string;
  readonly defect?: Defect;
}

/** `(d1 + 2·d2 + d3 + 2·d4 + …) mod 7` of a group's other digits. */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    sum += (digits.charCodeAt(index) - 48) * (1 + (index % 2));
  }
  return String(sum % 7);
}

/** Whether a group of ASCII digits ends with its check digit. */
export function groupHolds(group: string): boolean {
  return group.length > 1 && checkDigit(group.slice(0, -1)) === group.slice(-1);
}

/** Groups of equal length. */
export function split(digits: string, length: number): string[] {
  const groups: string[] = [];
  for (let start = 0; start + length <= digits.length; start += length) {
    groups.push(digits.slice(start, start + length));
  }
  return groups;
}

/** What a closer look at the groups found. */
export type Diagnosis =
  | { readonly kind: "sound" }
  | { readonly kind: "faults"; readonly faults: readonly GroupFault[] }
  | { readonly kind: "length"; readonly suspects: readonly string[] };

/** Looks for the groups that fail, in a number meant to be of this kind. */
export function diagnose(kind: NumberKind, folded: Folded): Diagnosis {
  const { digits: expected, groups, length } = SHAPES[kind];
  const { digits } = folded;
  const typed = typedGroups(kind, folded);
  if (digits.length === expected) {
    const failing = range(groups)
      .filter((group) => !groupHolds(digits.slice(group * length, (group + 1) * length)))
      .map((group) => groupFault(kind, group, { kind: "check" }));
    if (failing.length === 0) return { kind: "sound" };
    // A digit typed into the neighbouring box keeps the sum: believe the
    // person's own boxes before the positions.
    return { kind: "faults", faults: typed && typed.length > 0 ? typed : failing };
  }
  if (typed && typed.length > 0) return { kind: "faults", faults: typed };
  const suspects = singleSlips(kind, digits);
  const [only] = suspects;
  if (suspects.length === 1 && only !== undefined) {
    const missing = expected - digits.length;
    const defect: Defect =
      missing > 0 ? { kind: "missing", count: missing } : { kind: "extra", count: -missing };
    return { kind: "faults", faults: [groupFault(kind, only, defect)] };
  }
  return { kind: "length", suspects: suspects.map((group) => labelOf(kind, group)) };
}

/** The number as a person sees it, group by group, with what is wrong. */
export function viewOf(kind: NumberKind, folded: Folded): GroupView[] {
  const shape = SHAPES[kind];
  const diagnosis = diagnose(kind, folded);
  const faults = diagnosis.kind === "faults" ? diagnosis.faults : [];
  const byRuns =
    folded.runs.length === shape.groups &&
    (folded.digits.length !== shape.digits || faults.some((one) => one.defect.kind !== "check"));
  let start = 0;
  return range(shape.groups).map((group) => {
    const length = byRuns ? (folded.runs[group] ?? 0) : shape.length;
    const digits = folded.digits.slice(start, start + length);
    start += length;
    const defect = faults.find((one) => one.group === group)?.defect;
    return { label: labelOf(kind, group), digits, ...(defect && { defect }) };
  });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function groupFault(kind: NumberKind, group: number, defect: Defect): GroupFault {
  return { group, label: labelOf(kind, group), defect };
}

/** Faults by the person's own boxes; nothing where the boxes do not fit, or all have the right length. */
function typedGroups(kind: NumberKind, folded: Folded): GroupFault[] | undefined {
  const shape = SHAPES[kind];
  if (folded.runs.length !== shape.groups || kind === "reply") return undefined;
  if (folded.runs.every((run) => run === shape.length)) return undefined;
  let start = 0;
  const faults: GroupFault[] = [];
  for (const [group, run] of folded.runs.entries()) {
    const typed = folded.digits.slice(start, start + run);
    start += run;
    if (run < shape.length) faults.push(groupFault(kind, group, { kind: "missing", count: shape.length - run }));
    else if (run > shape.length) faults.push(groupFault(kind, group, { kind: "extra", count: run - shape.length }));
    else if (!groupHolds(typed)) faults.push(groupFault(kind, group, { kind: "check" }));
  }
  return faults;
}

/** Groups in which one slip (digits lost or doubled) would explain the length. */
function singleSlips(kind: NumberKind, digits: string): number[] {
  const { digits: expected, groups, length } = SHAPES[kind];
  if (Math.abs(digits.length - expected) >= Math.min(length, 4)) return [];
  const holds = (start: number) => {
    const from = Math.max(start, 0);
    return from + length <= digits.length && groupHolds(digits.slice(from, from + length));
  };
  const all = range(groups);
  // A reply goes on behind its boxes: where they all hold, the slip is there.
  if (kind === "reply" && all.every((group) => holds(group * length))) return [];
  return all.filter(
    (slip) =>
      all.slice(0, slip).every((group) => holds(group * length)) &&
      all.slice(slip + 1).every((group) => holds(group * length + digits.length - expected)),
  );
}
