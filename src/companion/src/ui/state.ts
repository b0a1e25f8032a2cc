// What the screens share: where the person is, and what was said last.

import { computed, signal } from "@preact/signals";
import type { Fault } from "../domain/fault";
import type { DeliveryReply, Outcome, TripEvent } from "../trip/events";
import type { Entry, Pc, Trip } from "../trip/model";
import type { Store } from "../store/store";

export type Screen = "collect" | "portal" | "deliver" | "record";
export type Tone = "good" | "warn" | "bad" | "info";

/** Something to tell; one at a time, until the next or until it is dismissed. */
export interface Notice {
  readonly tone: Tone;
  readonly title: string;
  readonly body?: string;
  readonly action?: { readonly label: string; run(): void };
  /** The PC it speaks of; a bare one can be named on the spot. */
  readonly pc?: string;
}

/** A reply that is shown to a PC. */
export interface Shown {
  readonly pc: string;
  readonly replies: readonly DeliveryReply[];
  readonly alsoChanged: boolean;
}

export const screen = signal<Screen>("collect");
export const notice = signal<Notice | undefined>(undefined);
export const shown = signal<Shown | undefined>(undefined);
/** The trip is being handed over by moving symbols. */
export const handing = signal(false);
export const store = signal<Store | undefined>(undefined);
/** Why the page cannot start. */
export const fatal = signal<Fault | undefined>(undefined);
/** The entry that the portal screen is about; the first open one if it is none or done. */
export const atPortal = signal<string | undefined>(undefined);
/** What failed to be kept just now. */
export const unsaved = signal<Fault | undefined>(undefined);

const NOTHING: Trip = { name: "", startedAt: 0, pcs: [], entries: [], next: 1 };

/** The trip as it is stored. */
export const trip = computed<Trip>(() => store.value?.trip.value ?? NOTHING);
const pcsById = computed(() => new Map(trip.value.pcs.map((pc) => [pc.id, pc])));
const entriesById = computed(() => new Map(trip.value.entries.map((entry) => [entry.id, entry])));
/** Entries by PC, in the order of the trip. */
export const entriesByPc = computed(() => {
  const groups = new Map<string, Entry[]>();
  for (const one of trip.value.entries) {
    const group = groups.get(one.pcId);
    if (group) group.push(one);
    else groups.set(one.pcId, [one]);
  }
  return groups;
});

export function pc(id: string | undefined): Pc | undefined {
  return id === undefined ? undefined : pcsById.value.get(id);
}

export function entry(id: string | undefined): Entry | undefined {
  return id === undefined ? undefined : entriesById.value.get(id);
}

/** The name of an entry's PC. */
export function nameOf(id: string | undefined): string {
  return pc(entry(id)?.pcId)?.name ?? "—";
}

/** Stores an event; nothing is acknowledged before that. `undefined`: it was not kept, and the page says so. */
export async function apply(event: TripEvent): Promise<Outcome | undefined> {
  const kept = await store.value?.apply(event);
  if (!kept) return undefined;
  if (kept.ok) {
    unsaved.value = undefined;
    return kept.value;
  }
  unsaved.value = kept.fault;
  return undefined;
}

/** Goes to a screen, at its top, with nothing left over from the one before. */
export function go(to: Screen): void {
  if (screen.value !== to) notice.value = undefined;
  screen.value = to;
  window.scrollTo(0, 0);
}
