// The record of a trip as CSV, for a spreadsheet. Numbers are masked as in
// every record; names came from elsewhere and may not become formulas, nor
// serial numbers sums. Written as src/trip/cells.rs does; the same file tests it.

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
    plain(words.state(row.state)),
    row.code ?? "",
    plain(time(row.collected)),
    plain(time(row.cid)),
    plain(time(row.delivered)),
    plain(time(row.closed)),
    row.iid,
    row.tag,
  ]);
  return `\u{feff}${[words.headings.map(plain), ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
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

/** A cell that may become what a spreadsheet takes it for: a time, a word. */
interface Plain {
  readonly plain: string;
}

function plain(text: string): Plain {
  return { plain: text };
}

/** A cell with the quotes that CSV needs. */
function cell(content: string | Plain): string {
  const written = typeof content === "string" ? cellText(content) : guarded(content.plain);
  return /[",\r\n']/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

/** How a text stands in a table, so that it arrives letter for letter. */
export function cellText(text: string): string {
  return !beginsFormula(text) && isConverted(text) ? `="${text}"` : guarded(text);
}

/** What a spreadsheet would run as a formula is made text by an apostrophe, as OWASP advises. */
function guarded(text: string): string {
  return beginsFormula(text) ? `'${text}` : text;
}

function beginsFormula(text: string): boolean {
  return /^[=+\-@＝＋－＠\t\r]/u.test(text);
}

/** Words within dates, times and sums. */
const WORDS = new RegExp(
  [
    "january|february|march|april|june|july|august|september|october|november|december",
    "jan|feb|mar|apr|may|jun|jul|aug|sept|sep|oct|nov|dec",
    "午前|午後|令和|平成|昭和|年|月|日|時|分|秒|am|pm",
  ].join("|"),
  "g",
);

/** Whether a spreadsheet may read the text as a number, a date, a time or a truth value. */
function isConverted(text: string): boolean {
  const narrow = text
    .trim()
    .replace(/[\u{ff01}-\u{ff5e}]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll("\u{3000}", " ")
    .toLowerCase();
  if (narrow === "true" || narrow === "false") return true;
  if (!/[0-9]/.test(narrow)) return false;
  const rest = narrow.replace(WORDS, "");
  // A year of an era: H30.1.1.
  const bare = /^[mtshr][0-9]/.test(rest) && /[./-]/.test(rest) ? rest.slice(1) : rest;
  return !bare.startsWith("e") && /^[-0-9 .,:/+%e()'¥$€£]*$/u.test(bare);
}
