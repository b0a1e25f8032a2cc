// The reply: nothing but the symbol, its number, and the way out. The camera
// goes on behind it, so that the PC's receipt closes it without a tap. For a PC
// on which Hikyaku does not run, the symbol holds what a scanner types there.

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { sawActivated } from "./intake";
import { KeyedForms, KeyedNotes } from "./keyed";
import { detailOf, keyedPcs, type Shown, shown } from "./state";
import { Symbol } from "./symbol";
import { useWakeLock } from "./wake";

export function ReplyOverlay() {
  const showing = shown.value;
  if (!showing) return null;
  return <Reply key={showing.pc} showing={showing} />;
}

function Reply({ showing }: { readonly showing: Shown }) {
  const [index, setIndex] = useState(0);
  const closing = useRef<HTMLButtonElement>(null);
  useWakeLock(true);
  const chosen = keyedPcs.value.get(showing.pc);
  const whole = useRef<HTMLElement>(null);
  useEffect(() => closing.current?.focus({ preventScroll: true }), []);
  // Another symbol is seen from its top, wherever the button for it stood.
  useEffect(() => whole.current?.scrollTo(0, 0), [chosen]);
  // As it is stored now: what was taken back meanwhile is not shown.
  const answering = detailOf(showing.pc);
  const entries = showing.tags.flatMap((tag) => answering?.entries.find((one) => one.tag === tag && one.reply) ?? []);
  const count = entries.length;
  const at = Math.min(index, count - 1);
  const answered = entries[at];
  const reply = answered?.reply;
  if (!reply) return null;
  const name = answering?.name ?? "—";
  const form = chosen === undefined ? undefined : (reply.keyed.forms.find((one) => one.name === chosen) ?? reply.keyed.forms[0]);
  const choose = (name: string | undefined) => {
    const pcs = new Map(keyedPcs.value);
    if (name === undefined) pcs.delete(showing.pc);
    else pcs.set(showing.pc, name);
    keyedPcs.value = pcs;
  };
  const title = t(form ? "keyed-title" : "reply-title", { pc: name });
  return (
    <section ref={whole} class="reply" role="dialog" aria-modal="true" aria-label={title}>
      <Symbol text={form?.text ?? reply.digits} label={form ? title : t("reply-symbol", { pc: name })} />
      <div class="reply-side">
        <p class="reply-name">
          <strong>{name}</strong> <span>{answered.product ?? ""}</span>
        </p>
        {form && <KeyedForms keyed={reply.keyed} form={form.name} choose={choose} />}
        <ol class="boxes" aria-label={t("reply-boxes")}>
          {reply.boxes.map((box, position) => (
            <li key={position}>
              <span class="label">{String.fromCharCode(65 + position)}</span>
              <span class="digits">{box}</span>
            </li>
          ))}
          {reply.check && (
            <li>
              <span class="label">{t("reply-check")}</span>
              <span class="digits">{reply.check}</span>
            </li>
          )}
        </ol>
        {answered.practice && <p class="reply-practice">{t("practice-banner")}</p>}
        {answered.cid?.insisted && <p>{t("reply-insisted")}</p>}
        {showing.alsoChanged && <p>{t("reply-also-changed")}</p>}
        {form ? (
          <>
            <KeyedNotes keyed={reply.keyed} how={form.how} />
            <button type="button" class="keyed-saw" onClick={() => void sawActivated(showing.pc, answered.tag)}>
              {t("keyed-saw")}
            </button>
          </>
        ) : (
          <>
            <p>{t("reply-hint")}</p>
            <p>{t("reply-watching")}</p>
          </>
        )}
        {count > 1 && (
          <div class="row">
            <button type="button" disabled={at === 0} aria-label={t("reply-previous")} onClick={() => setIndex(at - 1)}>
              ‹
            </button>
            <span class="grow">{t("reply-of", { index: at + 1, count })}</span>
            <button type="button" disabled={at === count - 1} onClick={() => setIndex(at + 1)}>
              {t("reply-next")} ›
            </button>
          </div>
        )}
        <div class="reply-ways">
          <button type="button" class="keyed-switch" onClick={() => choose(form ? undefined : reply.keyed.forms[0]?.name)}>
            {t(form ? "keyed-switch-back" : "keyed-switch")}
          </button>
          <button
            type="button"
            ref={closing}
            class="wide"
            onClick={() => {
              shown.value = undefined;
            }}
          >
            {t("reply-close")}
          </button>
        </div>
      </div>
    </section>
  );
}
