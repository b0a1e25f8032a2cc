// Hands the trip over to another device: moving QR codes, no network.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { urParts } from "../transfer/ur";
import { trip } from "./state";
import { Symbol } from "./symbol";
import { useWakeLock } from "./wake";

/** Slow enough for any phone to read every part, and not to flicker. */
const PART_MS = 250;

export function Handover({ onDone }: { onDone(): void }) {
  const parts = useMemo(() => urParts(trip.value, Math.floor(Date.now() / 1000)), []);
  const [part, setPart] = useState(() => parts.next());
  const closing = useRef<HTMLButtonElement>(null);
  useWakeLock(true);
  useEffect(() => {
    closing.current?.focus({ preventScroll: true });
    if (parts.count < 2) return undefined;
    const timer = setInterval(() => setPart(parts.next()), PART_MS);
    return () => clearInterval(timer);
  }, [parts]);
  return (
    <section class="reply" role="dialog" aria-modal="true" aria-label={t("handover-title")}>
      <Symbol text={part} label={t("handover-label", { name: trip.value.name })} />
      <div class="reply-side">
        <p class="reply-name">
          <strong>{trip.value.name}</strong>
        </p>
        <p>{t("handover-hint")}</p>
        {parts.count > 1 && <p>{t("handover-parts", { count: parts.count })}</p>}
        <button type="button" class="wide" ref={closing} onClick={onDone}>
          {t("close")}
        </button>
      </div>
    </section>
  );
}
