// The record on paper, for the customer: only there while it is printed.

import { useEffect } from "preact/hooks";
import { masked } from "../domain/numbers";
import { t, timeText } from "../i18n";
import { isPractice } from "../trip/queries";
import { pc, trip } from "./state";

export function PrintedRecord({ onDone }: { onDone(): void }) {
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
      {isPractice(trip.value) && <p>{t("practice-banner")}</p>}
      <table>
        <thead>
          <tr>
            {["pc", "serial", "product", "key", "iid", "state", "when", "code"].map((column) => (
              <th key={column}>{t(`report-${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trip.value.entries.map((entry) => (
            <tr key={entry.id}>
              <td>{pc(entry.pcId)?.name}</td>
              <td>{pc(entry.pcId)?.serial}</td>
              <td>{entry.product}</td>
              <td>{entry.keyTail}</td>
              <td class="digits">{masked(entry.iid)}</td>
              <td>{t(`state-${entry.state}`)}</td>
              <td>{timeText(entry.steps.at(-1)?.at ?? trip.value.startedAt)}</td>
              <td>{entry.hresult}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("report-note")}</p>
    </section>
  );
}
