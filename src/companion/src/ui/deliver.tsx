// Deliver: point at a PC, and the page turns into its reply.

import { useComputed } from "@preact/signals";
import { t } from "../i18n";
import { showReplyOf } from "./intake";
import { Empty, NoticeCard } from "./pieces";
import { PcList } from "./pc_list";
import { count, go, trip } from "./state";
import { Viewfinder } from "./viewfinder";

export function Deliver() {
  const waiting = useComputed(() => trip.value.pcs.filter((pc) => pc.entries.some((entry) => entry.deliverable)));
  const refused = useComputed(() => trip.value.pcs.filter((pc) => pc.entries.some((entry) => entry.refused)));
  const all = trip.value.products;
  const activated = count("activated");
  const open = trip.value.open.length + trip.value.contested.length;
  return (
    <>
      <Viewfinder hint={t("deliver-hint")} />
      <NoticeCard />
      {waiting.value.length > 0 ? (
        <PcList pcs={waiting.value} label={t("deliver-list")} choose={(pc) => showReplyOf(pc.id)} />
      ) : refused.value.length > 0 ? null : all > 0 && all === activated ? (
        <Empty id="deliver-all-done">
          <button type="button" class="primary wide" onClick={() => go("record")}>
            {t("go-record")}
          </button>
        </Empty>
      ) : (
        <Empty id="deliver-empty">
          <button type="button" class="primary wide" onClick={() => go(open > 0 ? "portal" : "collect")}>
            {t(open > 0 ? "go-portal" : "tab-collect")}
          </button>
        </Empty>
      )}
      {refused.value.length > 0 && (
        <PcList pcs={refused.value} label={t("notice-see-failure")} choose={() => go("record")} />
      )}
    </>
  );
}
