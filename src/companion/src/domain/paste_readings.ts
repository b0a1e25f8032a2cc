// Which numbers stand in a chain of digit runs. The rules are those of
// src/wire/pasted/readings.rs, and the same files test them.

import type { Fault } from "./fault";
import { fault } from "./fault";
import { groupHolds, type NumberKind, shapeOf, split } from "./groups";
import type { ConfirmationId, InstallationId } from "./messages";
import { parseCid, parseIid } from "./numbers";
import type { Run } from "./paste_runs";

/** What a stretch of a chain reads as; `text` is what stood there, in its groups. */
export type Reading =
  | { readonly kind: "iid"; readonly iid: InstallationId; readonly line: number }
  | { readonly kind: "cid"; readonly cid: ConfirmationId; readonly line: number }
  | { readonly kind: "damaged"; readonly fault: Fault; readonly line: number; readonly text: string };

type Searched = Exclude<NumberKind, "reply">;
const KINDS: readonly Searched[] = ["cid", "iid54", "iid63"];

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly kind: Searched;
  /** How many of its two ends are the chain's, or at a line's. */
  readonly cleanEnds: number;
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly kind: Searched;
  readonly ambiguous: boolean;
}

/** All readings of a chain, in order. */
export function readChain(chain: readonly Run[]): Reading[] {
  const parts = clusters(candidatesIn(chain)).flatMap((cluster): Part[] => {
    const chosen = choose(cluster);
    if (chosen) return chosen.map(({ start, end, kind }) => ({ start, end, kind, ambiguous: false }));
    const [first] = cluster;
    const [start, end] = spanOf(cluster);
    return [{ start, end, kind: first?.kind ?? "iid63", ambiguous: true }];
  });
  const readings: Reading[] = [];
  let rest = 0;
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1]?.start ?? chain.length;
    const [from, to] = part.ambiguous ? [part.start, part.end] : swallowed(part, chain, rest, next);
    readings.push(...damagedIn(chain.slice(rest, from)));
    const runs = chain.slice(from, to);
    if (!part.ambiguous && from === part.start && to === part.end) readings.push(...sound(part.kind, runs));
    else readings.push(...(damaged(runs) ?? tooLong(part.kind, runs)));
    rest = to;
  }
  readings.push(...damagedIn(chain.slice(rest)));
  return readings;
}

/**
 * The part, and what goes on before or behind it as if it were more of the
 * same: eight sound groups of six and a ninth that fails are a damaged
 * Installation ID, and no Confirmation ID with something behind it.
 */
function swallowed(part: Part, chain: readonly Run[], from: number, to: number): [number, number] {
  const goesOn = (one: number, other: number) =>
    part.end - part.start > 1 &&
    chain[one]?.line === chain[other]?.line &&
    chain[one]?.digits.length === chain[other]?.digits.length;
  const isNinth = (runs: readonly Run[]) =>
    part.kind === "cid" && runs.length === 1 && runs[0]?.digits.length === shapeOf("cid").length;
  let { start, end } = part;
  if (isNinth(chain.slice(from, start))) start = from;
  while (start > from && goesOn(start - 1, start)) start -= 1;
  if (isNinth(chain.slice(end, to))) end = to;
  while (end < to && goesOn(end, end - 1)) end += 1;
  return [start, end];
}

function candidatesIn(chain: readonly Run[]): Candidate[] {
  const clean = (index: number) =>
    index === 0 || index === chain.length || chain[index - 1]?.line !== chain[index]?.line;
  const found: Candidate[] = [];
  for (let start = 0; start < chain.length; start += 1) {
    let digits = "";
    for (let end = start + 1; end <= chain.length; end += 1) {
      digits += chain[end - 1]?.digits ?? "";
      if (digits.length > shapeOf("iid63").digits) break;
      const kind = KINDS.find((one) => shapeOf(one).digits === digits.length);
      if (kind && holds(kind, digits)) {
        found.push({ start, end, kind, cleanEnds: Number(clean(start)) + Number(clean(end)) });
      }
    }
  }
  return found;
}

/** Whether every group holds; a row of nothing but zeros is a table or a dump. */
function holds(kind: Searched, digits: string): boolean {
  return /[1-9]/.test(digits) && split(digits, shapeOf(kind).length).every(groupHolds);
}

/** Candidates in groups that overlap, directly or through others. */
function clusters(candidates: readonly Candidate[]): Candidate[][] {
  const result: Candidate[][] = [];
  let end = 0;
  for (const candidate of candidates) {
    const last = result.at(-1);
    if (last && candidate.start < end) last.push(candidate);
    else result.push([candidate]);
    end = Math.max(end, candidate.end);
  }
  return result;
}

function spanOf(cluster: readonly Candidate[]): [number, number] {
  return [cluster[0]?.start ?? 0, Math.max(...cluster.map((candidate) => candidate.end))];
}

interface Best {
  digits: number;
  cleanEnds: number;
  /** How many sets are as good; two are as many as a thousand. */
  ways: number;
  taken?: Candidate | undefined;
}

/** The one set that accounts for the most digits, then for the most line ends; nothing if there are two. */
function choose(cluster: readonly Candidate[]): Candidate[] | undefined {
  const [start, end] = spanOf(cluster);
  const nothing: Best = { digits: 0, cleanEnds: 0, ways: 1 };
  const best = new Map<number, Best>([[end, nothing]]);
  const byStart = new Map<number, Candidate[]>();
  for (const candidate of [...cluster].reverse()) {
    byStart.set(candidate.start, [...(byStart.get(candidate.start) ?? []), candidate]);
  }
  for (let position = end - 1; position >= start; position -= 1) {
    let here: Best = { ...(best.get(position + 1) ?? nothing), taken: undefined };
    for (const candidate of byStart.get(position) ?? []) {
      const after = best.get(candidate.end) ?? nothing;
      const digits = after.digits + shapeOf(candidate.kind).digits;
      const cleanEnds = after.cleanEnds + candidate.cleanEnds;
      const order = digits - here.digits || cleanEnds - here.cleanEnds;
      if (order > 0) here = { digits, cleanEnds, ways: after.ways, taken: candidate };
      else if (order === 0) here.ways = Math.min(here.ways + after.ways, 2);
    }
    best.set(position, here);
  }
  if (best.get(start)?.ways !== 1) return undefined;
  const chosen: Candidate[] = [];
  for (let position = start; position < end; ) {
    const taken = best.get(position)?.taken;
    if (taken) chosen.push(taken);
    position = taken ? taken.end : position + 1;
  }
  return chosen;
}

function sound(kind: Searched, runs: readonly Run[]): Reading[] {
  const digits = digitsOf(runs);
  const line = runs[0]?.line ?? 0;
  if (kind === "cid") {
    const cid = parseCid(digits);
    return cid.ok ? [{ kind: "cid", cid: cid.value, line }] : [];
  }
  const iid = parseIid(digits);
  return iid.ok ? [{ kind: "iid", iid: iid.value, line }] : [];
}

/** More digits than one number has, and no telling where it begins. */
function tooLong(kind: Searched, runs: readonly Run[]): Reading[] {
  const { name, digits: expected } = shapeOf(kind);
  const found = digitsOf(runs).length;
  const facts = { kind: name, expected, found, suspects: "", "suspect-count": 0 };
  return [{ kind: "damaged", fault: fault("number-wrong-length", facts), line: runs[0]?.line ?? 0, text: textOf(runs) }];
}

function isNearlyIid(digits: number): boolean {
  return digits >= 50 && digits <= 66;
}

function isNearlyCid(digits: number): boolean {
  return digits >= 46 && digits <= 49;
}

/** Reports what in a leftover stretch looks like a number. */
function damagedIn(runs: readonly Run[]): Reading[] {
  const readings: Reading[] = [];
  let rest = runs;
  for (;;) {
    // A long run is a number of its own, whatever stands around it.
    const index = rest.findIndex(({ digits }) => isNearlyIid(digits.length) || isNearlyCid(digits.length));
    if (index < 0) return [...readings, ...damagedStretch(rest)];
    // Unless a wrap cut it, and the stretch as a whole is the number.
    const whole = damagedWhole(rest);
    if (whole) return [...readings, ...whole];
    readings.push(...damagedStretch(rest.slice(0, index)), ...(damaged(rest.slice(index, index + 1)) ?? []));
    rest = rest.slice(index + 1);
  }
}

function damagedStretch(runs: readonly Run[]): Reading[] {
  const whole = damagedWhole(runs);
  if (whole) return whole;
  const byLine = new Map<number, Run[]>();
  for (const run of runs) {
    const line = byLine.get(run.line);
    if (line) line.push(run);
    else byLine.set(run.line, [run]);
  }
  return [...byLine.values()].filter((line) => line.length < runs.length).flatMap((line) => damagedWhole(line) ?? []);
}

function damagedWhole(runs: readonly Run[]): Reading[] | undefined {
  return runs.length <= 66 && hasShape(runs) ? damaged(runs) : undefined;
}

/** Whether runs look like one number cut by groups or wraps, and not like a table of dates. */
function hasShape(runs: readonly Run[]): boolean {
  const lengths = runs.map((run) => run.digits.length);
  const grouped = [6, 7].some((length) => lengths.filter((one) => one === length).length * 2 > runs.length);
  if (grouped || runs.length === 1) return true;
  const oneALine = runs.every((run, index) => index === 0 || runs[index - 1]?.line !== run.line);
  const longest = Math.max(0, ...lengths);
  return oneALine && longest >= 20 && lengths.slice(1, -1).every((length) => length === longest);
}

/** Reports runs whose digits are nearly as many as a number has; nothing where they are not. */
function damaged(runs: readonly Run[]): Reading[] | undefined {
  const found = digitsOf(runs).length;
  if (runs.length === 0 || !(isNearlyIid(found) || isNearlyCid(found))) return undefined;
  const text = textOf(runs);
  const parsed = isNearlyIid(found) ? parseIid(text) : parseCid(text);
  // No fault: all zeros, which is no damage either.
  return parsed.ok ? [] : [{ kind: "damaged", fault: parsed.fault, line: runs[0]?.line ?? 0, text }];
}

/** Separators tell which group lacks a digit; wraps tell nothing. */
function textOf(runs: readonly Run[]): string {
  return runs.reduce((text, run, index) => {
    const separated = index > 0 && runs[index - 1]?.line === run.line;
    return text + (separated ? " " : "") + run.digits;
  }, "");
}

function digitsOf(runs: readonly Run[]): string {
  return runs.map((run) => run.digits).join("");
}
