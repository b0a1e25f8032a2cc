// Two records of one walk become one: nothing of either is lost.

import { findPc } from "./reducer";
import type { Entry, Pc, State, Step, Trip } from "./model";

/** How far along a state is; of two records of one product the further one counts. */
const RANK: Readonly<Record<State, number>> = { open: 0, cid: 1, delivered: 2, failed: 3, activated: 4 };

/** The joined trip, and how many PCs and products were new. */
export interface Merged {
  readonly trip: Trip;
  readonly pcs: number;
  readonly entries: number;
}

/** Joins `other` to `trip`. */
export function merge(trip: Trip, other: Trip, at: number): Merged {
  let { next } = trip;
  const pcs: Pc[] = [...trip.pcs];
  const entries: Entry[] = [...trip.entries];
  let newPcs = 0;
  let newEntries = 0;
  for (const theirs of other.pcs) {
    const arriving = other.entries.filter((entry) => entry.pcId === theirs.id);
    const shared = arriving.map((entry) => entries.find((mine) => mine.tag === entry.tag)).find(Boolean);
    const known =
      pcs.find((pc) => pc.id === shared?.pcId) ??
      (theirs.bare ? undefined : findPc({ ...trip, pcs }, theirs.name, theirs.serial));
    const pcId = known?.id ?? `pc${next++}`;
    if (known) pcs[pcs.indexOf(known)] = joinPc(known, theirs);
    else {
      pcs.push({ ...theirs, id: pcId });
      newPcs += 1;
    }
    for (const entry of arriving) {
      const index = entries.findIndex(
        (mine) =>
          mine.tag === entry.tag ||
          (mine.pcId === pcId && mine.activationId !== undefined && mine.activationId === entry.activationId),
      );
      const mine = entries[index];
      if (mine) entries[index] = joinEntry(mine, entry);
      else {
        const imported: Step = { kind: "imported", at };
        const last = entries.findLastIndex((one) => one.pcId === pcId);
        const added = { ...entry, id: `e${next++}`, pcId, steps: [...entry.steps, imported] };
        entries.splice(last < 0 ? entries.length : last + 1, 0, added);
        newEntries += 1;
      }
    }
  }
  const planned = carried(trip.planned, other.planned);
  return { trip: { ...trip, pcs, entries, ...(planned && { planned }), next }, pcs: newPcs, entries: newEntries };
}

function joinPc(mine: Pc, theirs: Pc): Pc {
  const named = mine.bare && !theirs.bare ? { name: theirs.name, bare: false } : {};
  const serial = mine.serial ?? theirs.serial;
  const machine = mine.machine ?? theirs.machine;
  const takenAt = Math.max(mine.takenAt ?? 0, theirs.takenAt ?? 0);
  return {
    ...mine,
    ...named,
    ...(serial !== undefined && { serial }),
    ...(machine !== undefined && { machine }),
    ...(takenAt > 0 && { takenAt }),
    seenAt: Math.max(mine.seenAt, theirs.seenAt),
  };
}

/** Same Installation ID: the record that is further along. Else the one whose number was seen last; the other becomes history. */
function joinEntry(mine: Entry, theirs: Entry): Entry {
  const steps = joinSteps(mine.steps, theirs.steps);
  const facts = carried(mine.facts, theirs.facts);
  if (mine.tag === theirs.tag) {
    const further = RANK[theirs.state] > RANK[mine.state] ? theirs : mine;
    return { ...mine, ...theirs, ...further, id: mine.id, pcId: mine.pcId, superseded: mine.superseded, steps, ...(facts && { facts }) };
  }
  if (mine.superseded.some((old) => old.tag === theirs.tag)) return { ...mine, steps, ...(facts && { facts }) };
  const [now, old] =
    theirs.superseded.some((one) => one.tag === mine.tag) || lastSeen(theirs) > lastSeen(mine)
      ? [theirs, mine]
      : [mine, theirs];
  const superseded = [
    ...now.superseded.filter((one) => one.tag !== old.tag),
    { iid: old.iid, tag: old.tag, ...(old.cid !== undefined && { cid: old.cid }), at: lastSeen(now) },
  ];
  return { ...now, id: mine.id, pcId: mine.pcId, superseded, steps, ...(facts && { facts }) };
}

/** What other devices know, of both and none of it twice: who understands it joins it. */
function carried(mine: readonly unknown[] | undefined, theirs: readonly unknown[] | undefined): unknown[] | undefined {
  const all = [...(mine ?? []), ...(theirs ?? [])];
  const known = new Set<string>();
  const once = all.filter((one) => {
    const text = JSON.stringify(one);
    return !known.has(text) && known.add(text);
  });
  return once.length > 0 ? once : undefined;
}

/** When this Installation ID was read. */
function lastSeen(entry: Entry): number {
  return Math.max(0, ...entry.steps.filter((one) => one.kind === "collected" || one.kind === "changed").map((one) => one.at));
}

function joinSteps(mine: readonly Step[], theirs: readonly Step[]): Step[] {
  const known = new Set(mine.map((one) => `${one.kind} ${one.at}`));
  return [...mine, ...theirs.filter((one) => !known.has(`${one.kind} ${one.at}`))].sort((a, b) => a.at - b.at);
}
