// Deliver: point at a PC, and the page turns into its reply.

import { useComputed } from "@preact/signals";
import { t } from "../i18n";
import { counts, isDeliverable, isRefused } from "../trip/queries";
import { showReplyOf } from "./intake";
import { Empty, NoticeCard } from "./pieces";
import { PcList } from "./pc_list";
import { entriesByPc, go, trip } from "./state";
import { Viewfinder } from "./viewfinder";

export function Deliver() {
  const waiting = useComputed(() =>
    trip.value.pcs.filter((pc) => (entriesByPc.value.get(pc.id) ?? []).some(isDeliverable)),
  );
  const refused = useComputed(() =>
    trip.value.pcs.filter((pc) => (entriesByPc.value.get(pc.id) ?? []).some(isRefused)),
  );
  const { all, activated, open } = counts(trip.value);
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
