// Collect: point at one PC after the other.

import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { take } from "./intake";
import { Empty, NameField, NoticeCard } from "./pieces";
import { PcList } from "./pc_list";
import { core, count, go, trip } from "./state";
import { Viewfinder } from "./viewfinder";

export function Collect() {
  // What is only on the list of planned PCs was not collected.
  const newestFirst = useComputed(() => trip.value.pcs.filter((pc) => pc.entries.length > 0).reverse());
  const open = trip.value.open.length + trip.value.contested.length;
  const waiting = count("cid", "delivered");
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
      {newestFirst.value.length === 0 ? (
        <Empty id="collect-empty" />
      ) : (
        <PcList
          pcs={newestFirst.value}
          label={t("collect-list", { count: newestFirst.value.length })}
          detail={(pc) => <NameField id={pc.id} />}
        />
      )}
    </>
  );
}

/** For numbers that come by mail or from a list, and where there is no camera. */
function TypeIn() {
  const [text, setText] = useState("");
  const slips = /^[\s\d０-９-]{20,}$/.test(text) ? core()?.call<readonly string[]>("slips", { text }) : undefined;
  const wrong = slips?.ok ? slips.value : [];
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
            {t("paste-wrong-boxes", { groups: wrong.join(", ") })}
          </p>
        )}
        <button type="submit" class="primary wide" disabled={text.trim() === ""}>
          {t("type-in-add")}
        </button>
      </form>
    </details>
  );
}
