// The record on paper, for the customer: only there while it is printed.

import { useEffect, useState } from "preact/hooks";
import { t, timeText } from "../i18n";
import { lastOf, rowsOf, wordOf } from "./report";
import { trip } from "./state";

export function PrintedRecord({ onDone }: { onDone(): void }) {
  const [rows] = useState(rowsOf);
  useEffect(() => {
    window.addEventListener("afterprint", onDone);
    window.print();
    return () => window.removeEventListener("afterprint", onDone);
  }, []);
  return (
    <section class="printed" aria-hidden="true">
      <h1>{t("report-title")}</h1>
      <p>
        {trip.value.name} — {t("report-printed", { time: timeText(Math.floor(Date.now() / 1000)) })}
      </p>
      {trip.value.practice && <p>{t("practice-banner")}</p>}
      <table>
        <thead>
          <tr>
            {["pc", "serial", "product", "key", "iid", "state", "when", "code"].map((column) => (
              <th key={column}>{t(`report-${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td>{row.pc}</td>
              <td>{row.serial}</td>
              <td>{row.product}</td>
              <td>{row.key_tail}</td>
              <td class="digits">{row.installation_id}</td>
              <td>{wordOf(row)}</td>
              <td>{timeText(lastOf(row) ?? trip.value.started_at)}</td>
              <td>{row.hresult}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("report-note")}</p>
    </section>
  );
}
