// Hands the trip over to another device: moving QR codes, no network.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { core, trip } from "./state";
import { Symbol } from "./symbol";
import { useWakeLock } from "./wake";

/** Slow enough for any phone to read every part, and not to flicker. */
const PART_MS = 250;

export function Handover({ onDone }: { onDone(): void }) {
  const parts = useMemo(begin, []);
  const [part, setPart] = useState(next);
  const closing = useRef<HTMLButtonElement>(null);
  useWakeLock(true);
  useEffect(() => {
    closing.current?.focus({ preventScroll: true });
    if (parts.needed < 2) return undefined;
    const timer = setInterval(() => setPart(next()), PART_MS);
    return () => clearInterval(timer);
  }, [parts]);
  return (
    <section class="reply" role="dialog" aria-modal="true" aria-label={t("handover-title")}>
      {part && <Symbol text={part} label={t("handover-label", { name: trip.value.name })} />}
      <div class="reply-side">
        <p class="reply-name">
          <strong>{trip.value.name}</strong>
        </p>
        <p>{t("handover-hint")}</p>
        {parts.needed > 1 && <p>{t("handover-parts", { count: parts.needed })}</p>}
        {parts.left_out > 0 && <p class="is-warn what">{t("handover-left-out", { count: parts.left_out })}</p>}
        {!part && <p class="is-warn what">{t(parts.fault ?? "handover-too-large")}</p>}
        <button type="button" class="wide" ref={closing} onClick={onDone}>
          {t("close")}
        </button>
      </div>
    </section>
  );
}

/** Cuts the trip into symbols; how many are enough, and what they cannot carry. */
function begin(): { readonly needed: number; readonly left_out: number; readonly fault?: string } {
  const begun = core()?.call<{ needed: number; left_out: number }>("hand-over", { at: Math.floor(Date.now() / 1000) });
  if (begun?.ok) return begun.value;
  const id = begun?.fault.id;
  // A packet that is too large goes as a file; what else it says, it says itself.
  return { needed: 0, left_out: 0, ...(id !== undefined && id !== "packet-too-large" && { fault: id }) };
}

function next(): string | undefined {
  const part = core()?.call<string | null>("next-part");
  return part?.ok ? (part.value ?? undefined) : undefined;
}
