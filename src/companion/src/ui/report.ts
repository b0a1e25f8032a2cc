// The record for the customer: the same rows and the same table as the program's.

import type { State } from "../core/types";
import { t } from "../i18n";
import { core } from "./state";

/** A line of the record. Times are seconds since 1970; numbers are masked. */
export interface ReportRow {
  readonly pc: string;
  readonly serial: string | null;
  readonly place: string | null;
  readonly product: string | null;
  readonly key_tail: string | null;
  readonly installation_id: string | null;
  readonly progress: keyof typeof STATES;
  readonly hresult: string | null;
  readonly requested_at: number | null;
  readonly confirmed_at: number | null;
  readonly delivered_at: number | null;
  readonly closed_at: number | null;
}

/** How the record calls what the page's lists call otherwise. */
const STATES = {
  wanted: "wanted",
  failed: "failed",
  contested: "contested",
  requested: "open",
  "cid-in-hand": "cid",
  delivered: "delivered",
  activated: "activated",
} as const satisfies Record<string, State>;

/** Licence statuses that have a name, by their numbers. */
const STATUSES = ["unlicensed", "licensed", "oob-grace", "oot-grace", "non-genuine-grace", "notification", "extended-grace"];

const now = () => Math.floor(Date.now() / 1000);

/** The word for how far a product is. */
export function wordOf(row: ReportRow): string {
  return t(`state-${STATES[row.progress]}`);
}

/** When something happened last. */
export function lastOf(row: ReportRow): number | undefined {
  const times = [row.requested_at, row.confirmed_at, row.delivered_at, row.closed_at];
  return times.reduce<number | undefined>((last, at) => (at === null ? last : Math.max(last ?? 0, at)), undefined);
}

/** The lines of the record. */
export function rowsOf(): readonly ReportRow[] {
  const report = core()?.call<{ rows: readonly ReportRow[] }>("report", { at: now() });
  return report?.ok ? report.value.rows : [];
}

/** The record as a table (CSV). */
export function tableOf(): string | undefined {
  const times = rowsOf().flatMap((row) => [row.requested_at, row.confirmed_at, row.delivered_at, row.closed_at]);
  const table = core()?.call<string>("table", {
    at: now(),
    heads: [
      t("report-pc"),
      t("report-serial"),
      t("report-place"),
      t("report-product"),
      t("report-key"),
      t("report-iid"),
      t("report-state"),
      t("report-code"),
      t("report-status"),
      t("step-collected"),
      t("step-cid"),
      t("step-delivered"),
      t("report-closed"),
      t("report-by"),
    ],
    words: Object.fromEntries(Object.entries(STATES).map(([id, state]) => [`progress-${id}`, t(`state-${state}`)])),
    statuses: Object.fromEntries(STATUSES.map((name, number) => [number, t(`status-${name}`)])),
    times: Object.fromEntries(times.flatMap((at) => (at === null ? [] : [[at, localTime(at)]]))),
  });
  return table?.ok ? table.value : undefined;
}

/** Local time, as a spreadsheet takes it for one. */
function localTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
