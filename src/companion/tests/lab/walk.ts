// The page's core in Node: trips made by it, and what a page stored read with it.

import { Core } from "../../src/core/core";
import type { Outcome, PcDetail, Records, Result, TripEvent, TripView } from "../../src/core/types";
import { iidOf, practiceCid } from "./numbers";

/** A core of its own. */
export function core(): Promise<Core> {
  return Core.load();
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** A trip that is walked here. */
export class Walk {
  private constructor(
    readonly core: Core,
    private readonly at: number,
  ) {}

  static async begin(name: string, at: number): Promise<Walk> {
    const walk = new Walk(await core(), at);
    value(walk.core.call("begin", { name, at }));
    return walk;
  }

  /** What comes of an event; a refusal is one, too. */
  try(event: TripEvent, at = this.at): Outcome {
    const applied = this.core.call<{ outcome: Outcome; records?: Records }>("apply", { event, at });
    if (!applied.ok) return { kind: "refused", fault: applied.fault };
    value(this.core.call("stored"));
    return applied.value.outcome;
  }

  /** As [`try`], and a refusal is a failure. */
  apply(event: TripEvent, at = this.at): Outcome {
    const outcome = this.try(event, at);
    if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.fault));
    return outcome;
  }

  /** Keeps the practice portal's answer to a number. */
  answer(digits: string): void {
    const iid = iidOf(digits);
    this.apply({ kind: "keep", tag: iid.tag, cid: practiceCid(iid).join("") });
  }

  /** The trip file. */
  file(): string {
    return value(this.core.call<string>("export", { at: this.at }));
  }

  detail(pc: number): PcDetail {
    return value(this.core.call<PcDetail>("detail", { pc }));
  }
}

/** What lies in the page's database, as it lies there. */
export interface Lying {
  readonly about: string;
  readonly pcs: readonly string[];
}

/** What is kept, as the page would show it. */
export async function viewOf(lying: Lying): Promise<{ readonly view: TripView; readonly details: readonly PcDetail[] }> {
  const one = await core();
  const view = value(one.call<TripView>("open", { ...lying }));
  return { view, details: view.order.map((pc) => value(one.call<PcDetail>("detail", { pc }))) };
}
