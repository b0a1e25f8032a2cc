// Portal: one Installation ID at a time, out to the portal and its answer back.

import { useComputed } from "@preact/signals";
import { useState } from "preact/hooks";
import { groupsOf, installationId } from "../domain/numbers";
import { practiceCid } from "../domain/practice";
import { t } from "../i18n";
import { openEntries } from "../trip/queries";
import type { Entry } from "../trip/model";
import { say, pair } from "./intake";
import { PasteCid } from "./paste";
import { copy, Empty, NoticeCard } from "./pieces";
import { atPortal, entry, go, pc, trip } from "./state";

const PORTAL = "https://aka.ms/aoh";

export function Portal() {
  const open = useComputed(() => openEntries(trip.value));
  const chosen = entry(atPortal.value);
  const current = chosen?.state === "open" ? chosen : open.value[0];
  return (
    <>
      <NoticeCard />
      {current ? (
        <OneEntry key={current.id} entry={current} left={open.value} />
      ) : trip.value.entries.some((one) => one.cid !== undefined && one.state !== "activated") ? (
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

function OneEntry({ entry: current, left }: { readonly entry: Entry; readonly left: readonly Entry[] }) {
  const position = left.findIndex((one) => one.id === current.id);
  const following = left[(position + 1) % left.length];
  return (
    <article class="portal-entry">
      <header class="row">
        <div class="grow">
          <h1>{pc(current.pcId)?.name}</h1>
          <p class="quiet">
            {current.product ?? t("unnamed-product")}
            {current.keyTail && ` · ${t("key-tail", { tail: current.keyTail })}`}
          </p>
        </div>
        <div class="count">
          <span>{t("portal-position", { left: left.length })}</span>
          {left.length > 1 && (
            <button
              type="button"
              onClick={() => {
                atPortal.value = following?.id;
              }}
            >
              {t("portal-skip")}
            </button>
          )}
        </div>
      </header>
      <Step number={1} title={t("portal-step-copy")}>
        <CopyIid iid={current.iid} />
      </Step>
      <Step number={2} title={t(current.practice ? "portal-practice" : "portal-step-open")}>
        {current.practice ? <PracticePortal iid={current.iid} /> : <RealPortal entry={current} />}
      </Step>
      <Step number={3} title={t("portal-step-paste")}>
        <PasteCid entry={current} />
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

function CopyIid({ iid }: { readonly iid: string }) {
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const copyThis = async (what: string, digits: string) => {
    if (await copy(digits)) setCopied(what);
    else say({ tone: "warn", ...pair("notice-copy-failed") });
  };
  return (
    <>
      <ol class="groups" aria-label={t("portal-groups")}>
        {groupsOf(iid).map((digits, index) => {
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
        onClick={() => void copyThis("all", iid)}
      >
        {copied === "all" ? `✓ ${t("portal-copied")}` : t("portal-copy")}
      </button>
    </>
  );
}

function RealPortal({ entry: current }: { readonly entry: Entry }) {
  return (
    <>
      <dl class="reminders" aria-label={t("portal-reminders")}>
        <dt>{t("portal-product")}</dt>
        <dd>{current.product ?? t("portal-product-unknown")}</dd>
        <dt>{t("portal-digits")}</dt>
        <dd>{t("portal-digits-value", { length: current.iid.length / 9 })}</dd>
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

function PracticePortal({ iid }: { readonly iid: string }) {
  const [copied, setCopied] = useState(false);
  const answer = practiceCid(installationId(iid));
  if (!answer) return null;
  return (
    <button
      type="button"
      class={copied ? "wide is-done" : "primary wide"}
      onClick={() =>
        void copy(answer.groups.map((group, index) => `${String.fromCharCode(65 + index)}: ${group}`).join(" ")).then(
          setCopied,
        )
      }
    >
      {copied ? `✓ ${t("portal-copied")}` : t("portal-practice-copy")}
    </button>
  );
}
