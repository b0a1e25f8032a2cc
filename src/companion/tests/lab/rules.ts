// The files of fixtures/trip/rules, played through a page's core: wherever that
// is, here or in a browser. What comes of a rule is told; who runs it compares.

import type { EntryDetail, Fault, Outcome, PcDetail, PcRow, Records, Result, TripView } from "../../src/core/types";

export interface Rule {
  readonly name: string;
  readonly about: string;
  readonly shows: string;
  readonly packets?: Readonly<Record<string, { readonly kind: string; readonly value: unknown; readonly text: string }>>;
  readonly steps: readonly RuleStep[];
  readonly state: Readonly<Record<string, unknown>>;
  readonly same?: readonly (readonly string[])[];
}

export interface RuleStep {
  readonly about: string;
  readonly at: number;
  readonly on?: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly outcome?: unknown;
  readonly refused?: unknown;
}

/** What came of a rule. */
export interface Played {
  /** Of every packet what the core reads. */
  readonly packets: Record<string, unknown>;
  /** Of every step `outcome` or `refused`. */
  readonly outcomes: { readonly outcome?: Outcome; readonly refused?: Pick<Fault, "id" | "facts"> }[];
  readonly state: Record<string, unknown>;
  /** What does not hold that must hold for every record. */
  readonly broken: string[];
}

/** A core; of a page in a browser the answers come later. */
export interface Asked {
  call<T>(name: string, values?: Readonly<Record<string, unknown>>): Result<T> | Promise<Result<T>>;
}

/** Keys of a rule and of its parts; another one is a mistake. */
const KEYS = {
  rule: ["name", "about", "shows", "packets", "steps", "state", "same"],
  packet: ["kind", "value", "text"],
  step: ["about", "at", "on", "event", "outcome", "refused"],
  source: ["packet", "file_of", "packet_of"],
} as const;

/** When every record begins, and when it is handed on at the end. */
const BEGUN = 1000;
const END = 9999;

function known(kind: keyof typeof KEYS, value: object): void {
  const strange = Object.keys(value).filter((key) => !(KEYS[kind] as readonly string[]).includes(key));
  if (strange.length > 0) throw new Error(`a ${kind} has no ${strange.join(", ")}`);
}

/** One record, as a page keeps it: what it shows, and what it stored. */
class Walked {
  #about = "";
  #view: TripView | undefined;
  readonly #rows = new Map<number, PcRow>();
  readonly #stored = new Map<number, string>();
  /** Confirmation IDs that were acknowledged. */
  kept: string[] = [];

  private constructor(private readonly core: Asked) {}

  static async begin(core: Asked): Promise<Walked> {
    const walked = new Walked(core);
    const begun = await walked.ask<TripView & { records: Records }>("begin", { name: "Walk", at: BEGUN });
    walked.#take(begun, begun.records);
    return walked;
  }

  async ask<T>(name: string, values: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const answer = await this.core.call<T>(name, values);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.fault)}`);
    return answer.value;
  }

  async apply(event: Readonly<Record<string, unknown>>, at: number): Promise<Played["outcomes"][number]> {
    const applied = await this.core.call<{ outcome: Outcome; records?: Records; view?: TripView }>("apply", { event, at });
    if (!applied.ok) return { refused: { id: applied.fault.id, facts: applied.fault.facts } };
    const { outcome, records, view } = applied.value;
    if (records && view) {
      await this.ask("stored");
      this.#take(view, records);
    }
    if (event.kind === "keep") this.kept.push(String(event.cid));
    if (event.kind === "remove" || event.kind === "begin") this.kept = [];
    return { outcome };
  }

  #take(view: TripView, { about, put, gone }: Records): void {
    this.#view = view;
    for (const row of view.pcs) this.#rows.set(row.id, row);
    if (about !== null) this.#about = about;
    for (const { id, record } of put) this.#stored.set(id, record);
    for (const id of gone) this.#stored.delete(id);
  }

  file(at: number): Promise<string> {
    return this.ask("export", { at });
  }

  /** The packet that another device puts together of moving symbols. */
  async packet(at: number): Promise<string> {
    const { needed } = await this.ask<{ needed: number }>("hand-over", { at });
    for (let part = 0; part < 3 * needed; part += 1) {
      const text = await this.ask<string>("next-part");
      const { whole } = await this.ask<{ whole?: string }>("take-part", { text });
      if (whole !== undefined) return whole;
    }
    throw new Error("the parts make no whole");
  }

  async state(): Promise<{ name: string; open: readonly string[]; pcs: object[] }> {
    const { name = "", open = [], order = [] } = this.#view ?? {};
    const pcs = [];
    for (const id of order) {
      const [row, detail] = [this.#rows.get(id), await this.ask<PcDetail>("detail", { pc: id })];
      pcs.push(pcOf(row, detail));
    }
    return { name, open, pcs };
  }

  /** The record as another page takes it up from what this one stored. */
  async reopened(core: Asked): Promise<Walked> {
    const walked = new Walked(core);
    const pcs = (this.#view?.order ?? []).map((id) => this.#stored.get(id) ?? "missing");
    const view = await walked.ask<TripView & { damaged: boolean }>("open", { about: this.#about, pcs });
    if (view.damaged) throw new Error("what was stored is damaged");
    walked.#take(view, { about: null, put: [], gone: [], order: view.order });
    return walked;
  }
}

/** Without what there is nothing to say of. */
function lean(value: Record<string, unknown>): object {
  const isEmpty = (one: unknown) => !one || (Array.isArray(one) && one.length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmpty(one)));
}

function pcOf(row: PcRow | undefined, pc: PcDetail): object {
  const states = new Map(row?.entries.map(({ tag, state }) => [tag, state]));
  return lean({
    id: pc.id,
    name: pc.name === row?.name ? pc.name : `${pc.name} is ${row?.name} in the list`,
    bare: row?.bare,
    serial: pc.serial,
    state: row?.state,
    entries: pc.entries.map((entry) => entryOf(entry, states.get(entry.tag))),
  });
}

function entryOf(entry: EntryDetail, listed: string | undefined): object {
  const { tag, product, state, former, cid, rivals, reply, code, steps } = entry;
  return lean({
    tag,
    product,
    state: state === listed ? state : `${state} is ${listed} in the list`,
    former,
    cid: cid?.digits,
    insisted: cid?.insisted,
    rivals: rivals.map(({ digits }) => digits),
    reply: reply?.digits,
    code,
    history: steps.map((step) => `${step.at} ${step.kind}${step.code === null ? "" : ` ${step.code}`}`),
  });
}

/** A file with its PCs in an order that is no record's own. */
function sorted(text: string): string {
  const { pcs, ...file } = JSON.parse(text) as { pcs: unknown[] };
  return JSON.stringify([file, pcs.map((pc) => JSON.stringify(pc)).sort()]);
}

/** Numbers of PCs, and what the trip is called, are each record's own. */
function seen({ open, pcs }: { open: readonly string[]; pcs: object[] }): string {
  return JSON.stringify([open, pcs.map((pc) => ({ ...pc, id: 0 }))]);
}

/** Goes through the steps of a rule, and through what every record must stand. */
export async function play(rule: Rule, load: () => Promise<Asked>): Promise<Played> {
  known("rule", rule);
  if (!rule.about?.endsWith(".")) throw new Error("say what it is about");
  const records = new Map<string, Walked>();
  const of = (name: string): Walked => {
    const record = records.get(name);
    if (!record) throw new Error(`there is no record ${name} yet`);
    return record;
  };
  const played: Played = { packets: {}, outcomes: [], state: {}, broken: [] };
  const reading = await load();
  for (const [name, packet] of Object.entries(rule.packets ?? {})) {
    known("packet", packet);
    const read = await reading.call("read", { text: packet.text });
    played.packets[name] = read.ok ? read.value : read.fault;
  }
  const textOf = async (source: object, at: number): Promise<string | undefined> => {
    known("source", source);
    const { packet, file_of, packet_of } = source as Partial<Record<(typeof KEYS.source)[number], string>>;
    if (file_of !== undefined) return of(file_of).file(at);
    if (packet_of !== undefined) return of(packet_of).packet(at);
    return rule.packets?.[packet ?? ""]?.text;
  };
  for (const step of rule.steps) {
    known("step", step);
    if (!step.about?.endsWith(".")) throw new Error("say what happens");
    const { text } = step.event;
    const event = text && typeof text === "object" ? { ...step.event, text: await textOf(text, step.at) } : step.event;
    const on = step.on ?? "phone";
    const record = records.get(on) ?? (await Walked.begin(await load()));
    records.set(on, record);
    const before = await record.file(END);
    const outcome = await record.apply(event, step.at);
    if (outcome.refused && (await record.file(END)) !== before) played.broken.push(`${on}: ${step.about} changed something`);
    played.outcomes.push(outcome);
  }
  for (const [name, record] of records) {
    const state = await record.state();
    played.state[name] = state;
    played.broken.push(...(await stands(record, state, load)).map((what) => `${name}: ${what}`));
  }
  for (const same of rule.same ?? []) {
    const files = await Promise.all(same.map((name) => of(name).file(END)));
    if (new Set(files.map(sorted)).size !== 1 || files.length < 2) played.broken.push(`${same.join(", ")} are not the same`);
  }
  return played;
}

/** What of all that every record must stand does not hold for this one. */
async function stands(record: Walked, state: Awaited<ReturnType<Walked["state"]>>, load: () => Promise<Asked>): Promise<string[]> {
  const broken = [];
  const file = await record.file(END);
  for (const cid of record.kept) if (!file.includes(cid)) broken.push(`${cid} is lost`);
  const reopened = await record.reopened(await load());
  if ((await reopened.file(END)) !== file) broken.push("what is stored is not all of it");
  if (JSON.stringify(await reopened.state()) !== JSON.stringify(state)) broken.push("what is stored is shown otherwise");
  const event = { kind: "import", text: file };
  const other = await Walked.begin(await load());
  await other.apply(event, END);
  if (seen(await other.state()) !== seen(state)) broken.push("imported it is another one");
  await record.apply(event, END);
  if ((await record.file(END)) !== file) broken.push("its own file changes it");
  return broken;
}
