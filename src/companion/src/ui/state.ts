// What the screens share: where the person is, and what was said last.

import { computed, signal } from "@preact/signals";
import type { Core } from "../core/core";
import type { EntryDetail, EntryRow, Fault, Outcome, PcDetail, PcRow, TripEvent, TripView } from "../core/types";
import { NOTHING, type Store } from "../store/store";

export type Screen = "collect" | "portal" | "deliver" | "record";
export type Tone = "good" | "warn" | "bad" | "info";

/** Something to tell; one at a time, until the next or until it is dismissed. */
export interface Notice {
  readonly tone: Tone;
  readonly title: string;
  readonly body?: string;
  readonly action?: { readonly label: string; run(): void };
  /** The PC it speaks of; a bare one can be named on the spot. */
  readonly pc?: number;
}

/** Replies that are shown to a PC, by the tags that they answer. */
export interface Shown {
  readonly pc: number;
  readonly tags: readonly string[];
  readonly alsoChanged: boolean;
}

export const screen = signal<Screen>("collect");
export const notice = signal<Notice | undefined>(undefined);
export const shown = signal<Shown | undefined>(undefined);
/** PCs on which Hikyaku does not run, by a person's word, and the form that each was shown last; until the page is closed. */
export const keyedPcs = signal<ReadonlyMap<number, string>>(new Map());
/** The trip is being handed over by moving symbols. */
export const handing = signal(false);
export const store = signal<Store | undefined>(undefined);
/** Why the page cannot start. */
export const fatal = signal<Fault | undefined>(undefined);
/** Tag of the request that the portal screen is about; the first open one if it is none or done. */
export const atPortal = signal<string | undefined>(undefined);
/** What failed to be kept just now. */
export const unsaved = signal<Fault | undefined>(undefined);

/** The trip as it is stored. */
export const trip = computed<TripView>(() => store.value?.trip.value ?? NOTHING);
const pcsById = computed(() => new Map(trip.value.pcs.map((pc) => [pc.id, pc])));
const byTag = computed(
  () => new Map(trip.value.pcs.flatMap((pc) => pc.entries.map((entry) => [entry.tag, { pc, entry }] as const))),
);

/** The core; there once the store is. */
export function core(): Core | undefined {
  return store.value?.core;
}

export function pc(id: number | undefined): PcRow | undefined {
  return id === undefined ? undefined : pcsById.value.get(id);
}

/** A product with its PC. */
export function entry(tag: string | undefined): { readonly pc: PcRow; readonly entry: EntryRow } | undefined {
  return tag === undefined ? undefined : byTag.value.get(tag);
}

/** The name of a product's PC. */
export function nameOf(tag: string | undefined): string {
  return entry(tag)?.pc.name ?? "—";
}

/** All about a PC, as it is stored now. */
export function detailOf(id: number | undefined): PcDetail | undefined {
  if (pc(id) === undefined) return undefined;
  const detail = core()?.call<PcDetail | null>("detail", { pc: id });
  return detail?.ok ? (detail.value ?? undefined) : undefined;
}

/** All about a product. */
export function entryDetail(tag: string | undefined): EntryDetail | undefined {
  return detailOf(entry(tag)?.pc.id)?.entries.find((one) => one.tag === tag);
}

/** How many products are in one of these states. */
export function count(...states: readonly (keyof TripView["counts"])[]): number {
  return states.reduce((sum, state) => sum + (trip.value.counts[state] ?? 0), 0);
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
