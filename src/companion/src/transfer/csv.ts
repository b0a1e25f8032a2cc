// The record of a trip as CSV, for a spreadsheet. Numbers are masked as in
// every record; names came from elsewhere and may not become formulas.

import { masked } from "../domain/numbers";
import type { Entry, State, StepKind, Trip } from "../trip/model";

/** Headings and states in the person's language. */
export interface CsvWords {
  readonly headings: readonly [
    pc: string,
    serial: string,
    product: string,
    keyTail: string,
    state: string,
    code: string,
    collected: string,
    cid: string,
    delivered: string,
    closed: string,
    iid: string,
    tag: string,
  ];
  readonly state: (state: State) => string;
}

/** One row per product; RFC 4180 with a byte order mark, so that spreadsheets see UTF-8. */
export function toCsv(trip: Trip, words: CsvWords): string {
  const rows = recordOf(trip).map((row) => [
    row.pc,
    row.serial ?? "",
    row.product ?? "",
    row.keyTail ?? "",
    words.state(row.state),
    row.code ?? "",
    time(row.collected),
    time(row.cid),
    time(row.delivered),
    time(row.closed),
    row.iid,
    row.tag,
  ]);
  return `\u{feff}${[words.headings, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** One product in the record for the customer. */
export interface RecordRow {
  readonly pc: string;
  readonly serial?: string | undefined;
  readonly product?: string | undefined;
  readonly keyTail?: string | undefined;
  readonly state: State;
  readonly code?: string | undefined;
  readonly collected?: number | undefined;
  readonly cid?: number | undefined;
  readonly delivered?: number | undefined;
  readonly closed?: number | undefined;
  /** Masked. */
  readonly iid: string;
  readonly tag: string;
}

/** What a printed record shows: which PC, which product, when, with what result. */
export function recordOf(trip: Trip): RecordRow[] {
  return trip.entries.map((entry) => {
    const pc = trip.pcs.find((one) => one.id === entry.pcId);
    return {
      pc: pc?.name ?? "",
      serial: pc?.serial,
      product: entry.product,
      keyTail: entry.keyTail,
      state: entry.state,
      code: entry.hresult,
      collected: last(entry, ["collected", "changed"]),
      cid: entry.cid === undefined ? undefined : last(entry, ["cid"]),
      delivered: last(entry, ["delivered"]),
      closed: last(entry, ["activated", "failed"]),
      iid: masked(entry.iid),
      tag: entry.tag,
    };
  });
}

function last(entry: Entry, kinds: readonly StepKind[]): number | undefined {
  return entry.steps.findLast((step) => kinds.includes(step.kind))?.at;
}

/** Local time, as a spreadsheet takes it for one. */
function time(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A cell; what a spreadsheet would take for a formula is made text by an apostrophe, as OWASP advises. */
function cell(text: string): string {
  const harmless = /^[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
