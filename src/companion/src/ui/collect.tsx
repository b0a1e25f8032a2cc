// Collect: point at one PC after the other.

import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { counts } from "../trip/queries";
import { viewGroups } from "../domain/numbers";
import { take } from "./intake";
import { Empty, NameField, NoticeCard } from "./pieces";
import { PcList } from "./pc_list";
import { go, trip } from "./state";
import { Viewfinder } from "./viewfinder";

export function Collect() {
  const newestFirst = useComputed(() => [...trip.value.pcs].reverse());
  const { open, cid, delivered } = counts(trip.value);
  const waiting = cid + delivered;
  return (
    <>
      <Viewfinder hint={t("collect-hint")} />
      <NoticeCard />
      {open > 0 && (
        <button type="button" class="primary wide" onClick={() => go("portal")}>
          {t("collect-next", { count: open })}
        </button>
      )}
      {open === 0 && waiting > 0 && (
        <button type="button" class="primary wide" onClick={() => go("deliver")}>
          {t("collect-next-deliver", { count: waiting })}
        </button>
      )}
      <TypeIn />
      {trip.value.pcs.length === 0 ? (
        <Empty id="collect-empty" />
      ) : (
        <PcList
          pcs={newestFirst.value}
          label={t("collect-list", { count: trip.value.pcs.length })}
          detail={(pc) => <NameField id={pc.id} />}
        />
      )}
    </>
  );
}

/** For numbers that come by mail or from a list, and where there is no camera. */
function TypeIn() {
  const [text, setText] = useState("");
  const groups = /^[\s\d０-９-]{20,}$/.test(text) ? viewGroups("iid", text) : undefined;
  const wrong = (groups ?? []).filter((group) => group.defect);
  return (
    <details class="type-in">
      <summary class="button">{t("type-in")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          void take(text, "typed").then(() => setText(""));
        }}
      >
        <label for="type-in-field">{t("type-in-label")}</label>
        <textarea
          id="type-in-field"
          rows={3}
          value={text}
          maxLength={65536}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="type-in-hint"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p id="type-in-hint" class="quiet">
          {t("type-in-hint")}
        </p>
        {wrong.length > 0 && (
          <p class="what is-warn" role="status">
            {t("paste-wrong-boxes", { groups: wrong.map((group) => group.label).join(", ") })}
          </p>
        )}
        <button type="submit" class="primary wide" disabled={text.trim() === ""}>
          {t("type-in-add")}
        </button>
      </form>
    </details>
  );
}
