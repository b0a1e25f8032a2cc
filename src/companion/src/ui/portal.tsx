// Portal: one Installation ID at a time, out to the portal and its answer back.

import { useState } from "preact/hooks";
import type { EntryDetail, Numbered } from "../core/types";
import { faultText, t } from "../i18n";
import { say, pair } from "./intake";
import { PasteCid } from "./paste";
import { copy, Empty, Groups, NoticeCard } from "./pieces";
import { apply, atPortal, core, count, entryDetail, go, nameOf, trip } from "./state";

const PORTAL = "https://aka.ms/aoh";

export function Portal() {
  const { open, contested } = trip.value;
  const left = [...open, ...contested];
  const wanted = atPortal.value;
  const at = wanted !== undefined && left.includes(wanted) ? wanted : left[0];
  const current = entryDetail(at);
  return (
    <>
      <NoticeCard />
      {current ? (
        <OneEntry key={current.tag} entry={current} left={left} />
      ) : count("cid", "delivered", "failed") > 0 ? (
        <Empty id="portal-done">
          <button type="button" class="primary wide" onClick={() => go("deliver")}>
            {t("tab-deliver")}
          </button>
        </Empty>
      ) : (
        <Empty id="portal-empty">
          <button type="button" class="primary wide" onClick={() => go("collect")}>
            {t("tab-collect")}
          </button>
        </Empty>
      )}
    </>
  );
}

function OneEntry({ entry: current, left }: { readonly entry: EntryDetail; readonly left: readonly string[] }) {
  const following = left[(left.indexOf(current.tag) + 1) % left.length];
  return (
    <article class="portal-entry">
      <header class="row">
        <div class="grow">
          <h1>{nameOf(current.tag)}</h1>
          <p class="quiet">
            {current.product ?? t("unnamed-product")}
            {current.key_tail && ` · ${t("key-tail", { tail: current.key_tail })}`}
          </p>
        </div>
        <div class="count">
          <span>{t("portal-position", { left: left.length })}</span>
          {left.length > 1 && (
            <button
              type="button"
              onClick={() => {
                atPortal.value = following;
              }}
            >
              {t("portal-skip")}
            </button>
          )}
        </div>
      </header>
      {current.rivals.length > 0 && <Rivals entry={current} />}
      <Step number={1} title={t("portal-step-copy")}>
        <CopyIid iid={current.iid} />
      </Step>
      <Step number={2} title={t(current.practice ? "portal-practice" : "portal-step-open")}>
        {current.practice ? <PracticePortal tag={current.tag} /> : <RealPortal entry={current} />}
      </Step>
      <Step number={3} title={t("portal-step-paste")}>
        <PasteCid tag={current.tag} />
      </Step>
    </article>
  );
}

function Step({ number, title, children }: { readonly number: number; readonly title: string; readonly children: unknown }) {
  return (
    <section class="step" aria-label={title}>
      <h2>
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      {children as never}
    </section>
  );
}

/** Several Confirmation IDs came in, and the person says which one is right. */
function Rivals({ entry: current }: { readonly entry: EntryDetail }) {
  const choose = async (cid: string) => {
    const event = { kind: "keep", tag: current.tag, cid, confirmed: true, insisted: true } as const;
    const outcome = await apply(event);
    if (outcome?.kind === "kept") say({ tone: "good", title: t("notice-kept", { pc: nameOf(current.tag) }) });
    if (outcome?.kind === "refused") say({ tone: "bad", title: faultText(outcome.fault).title });
  };
  return (
    <section class="rivals" aria-label={t("portal-contested")}>
      <p class="is-warn clash">{t("portal-contested")}</p>
      {current.rivals.map((rival) => (
        <div key={rival.digits}>
          <Groups groups={rival.groups} label={t("record-cid")} boxes />
          <button type="button" class="wide" onClick={() => void choose(rival.digits)}>
            {t("portal-choose")}
          </button>
        </div>
      ))}
    </section>
  );
}

function CopyIid({ iid }: { readonly iid: Numbered }) {
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const copyThis = async (what: string, digits: string) => {
    if (await copy(digits)) setCopied(what);
    else say({ tone: "warn", ...pair("notice-copy-failed") });
  };
  return (
    <>
      <ol class="groups" aria-label={t("portal-groups")}>
        {iid.groups.map((digits, index) => {
          const label = String(index + 1);
          return (
            <li key={label}>
              <button
                type="button"
                class={copied === label ? "group is-copied" : "group"}
                aria-label={t("portal-copy-group", { label, digits })}
                onClick={() => void copyThis(label, digits)}
              >
                <span class="label" aria-hidden="true">
                  {copied === label ? "✓" : label}
                </span>{" "}
                <span class="digits">{digits}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        class={copied === "all" ? "wide is-done" : "primary wide"}
        onClick={() => void copyThis("all", iid.digits)}
      >
        {copied === "all" ? `✓ ${t("portal-copied")}` : t("portal-copy")}
      </button>
    </>
  );
}

function RealPortal({ entry: current }: { readonly entry: EntryDetail }) {
  return (
    <>
      <dl class="reminders" aria-label={t("portal-reminders")}>
        <dt>{t("portal-product")}</dt>
        <dd>{current.product ?? t("portal-product-unknown")}</dd>
        <dt>{t("portal-digits")}</dt>
        <dd>{t("portal-digits-value", { length: current.iid.groups[0]?.length ?? 0 })}</dd>
        <dt>{t("portal-computers")}</dt>
        <dd>{t("portal-computers-value")}</dd>
        <dt>{t("portal-account")}</dt>
        <dd>{t("portal-account-value")}</dd>
      </dl>
      {/* A plain link: the page neither talks to the portal nor sees what happens there. */}
      <a class="button primary wide" href={PORTAL} target="_blank" rel="noopener noreferrer">
        {t("portal-open")} ↗
      </a>
      <p class="quiet">{t("portal-open-hint")}</p>
    </>
  );
}

function PracticePortal({ tag }: { readonly tag: string }) {
  const [copied, setCopied] = useState(false);
  const answer = core()?.call<readonly string[] | null>("practise", { tag });
  if (!answer?.ok || !answer.value) return null;
  const groups = answer.value;
  return (
    <button
      type="button"
      class={copied ? "wide is-done" : "primary wide"}
      onClick={() =>
        void copy(groups.map((group, index) => `${String.fromCharCode(65 + index)}: ${group}`).join(" ")).then(
          setCopied,
        )
      }
    >
      {copied ? `✓ ${t("portal-copied")}` : t("portal-practice-copy")}
    </button>
  );
}
