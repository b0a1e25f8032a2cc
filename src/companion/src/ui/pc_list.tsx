// The PCs of a trip, a page at a time: five hundred stay as smooth as five.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import type { PcRow } from "../core/types";
import { StateMark } from "./pieces";

const PAGE = 30;
/** From so many on it pays to search by name. */
const SEARCH_FROM = 12;

interface Props {
  readonly pcs: readonly PcRow[];
  readonly label: string;
  /** What a row does; without it a row opens what `detail` gives. */
  choose?(pc: PcRow): void;
  detail?(pc: PcRow): ComponentChildren;
}

export function PcList({ pcs, label, choose, detail }: Props) {
  const [wanted, setWanted] = useState("");
  const [page, setPage] = useState(0);
  const folded = wanted.normalize("NFKC").toLowerCase();
  const found = folded === "" ? pcs : pcs.filter((pc) => pc.name.normalize("NFKC").toLowerCase().includes(folded));
  const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
  const current = Math.min(page, last);
  const rows = found.slice(current * PAGE, (current + 1) * PAGE);
  return (
    <section class="pc-list" aria-label={label}>
      <h2>{label}</h2>
      {pcs.length >= SEARCH_FROM && (
        <input
          type="search"
          placeholder={t("record-search")}
          aria-label={t("record-search")}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <ul>
        {rows.map((pc) => (
          <li key={pc.id}>
            {choose ? (
              <button type="button" class="row-button" onClick={() => choose(pc)}>
                <Row pc={pc} />
              </button>
            ) : (
              <Opening pc={pc} detail={detail} />
            )}
          </li>
        ))}
      </ul>
      {last > 0 && (
        <nav class="row pager" aria-label={label}>
          <button type="button" disabled={current === 0} onClick={() => setPage(current - 1)}>
            {t("record-previous")}
          </button>
          <span>
            {t("record-page", { from: current * PAGE + 1, to: current * PAGE + rows.length, all: found.length })}
          </span>
          <button type="button" disabled={current === last} onClick={() => setPage(current + 1)}>
            {t("record-next")}
          </button>
        </nav>
      )}
    </section>
  );
}

/** What a row opens is built only when it is open. */
function Opening({ pc, detail }: { readonly pc: PcRow; readonly detail: Props["detail"] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="row-button">
        <Row pc={pc} />
      </summary>
      {isOpen && detail?.(pc)}
    </details>
  );
}

function Row({ pc }: { readonly pc: PcRow }) {
  const products = pc.entries.map((entry) => entry.product ?? t("unnamed-product"));
  return (
    <>
      <span class="grow">
        <span class="name">{pc.name}</span>
        <span class="quiet">{products.join("、")}</span>
      </span>
      <StateMark state={pc.state} />
    </>
  );
}
