// The page: what is at hand in the middle, where to go at thumb height.

import { useEffect } from "preact/hooks";
import type { Fault } from "../core/types";
import { faultText, language, nextStep, speak, t } from "../i18n";
import { Collect } from "./collect";
import { Deliver } from "./deliver";
import { DialogHost } from "./dialog";
import { Handover } from "./handover";
import { Portal } from "./portal";
import { ReadNumberHost } from "./read_number";
import { Record } from "./record";
import { ReplyOverlay } from "./reply";
import { count, fatal, go, handing, type Screen, screen, shown, store, trip, unsaved } from "./state";
import { otherTab } from "./tabs";
import { applyUpdate, updateReady } from "./updates";

const SCREENS = { collect: Collect, portal: Portal, deliver: Deliver, record: Record } as const;

export function App() {
  const lang = language.value;
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = t("app-title");
  }, [lang]);
  if (fatal.value) return <Fatal fault={fatal.value} />;
  if (!store.value) return <p class="loading">{t("loading")}</p>;
  const Current = SCREENS[screen.value];
  const covered = shown.value !== undefined || handing.value;
  return (
    <>
      {/* Behind a reply or a handover the camera goes on, but nothing can be reached. */}
      <div class="page" inert={covered}>
        <Header />
        <Banners />
        <main class={`screen-${screen.value}`}>
          <Current />
        </main>
        <Tabs />
      </div>
      <ReplyOverlay />
      {handing.value && <Handover onDone={() => (handing.value = false)} />}
      <ReadNumberHost />
      <DialogHost />
    </>
  );
}

function Header() {
  const there = screen.value === "record";
  return (
    <header class="top">
      <button
        type="button"
        class="trip-name"
        title={t("record-open", { name: trip.value.name })}
        aria-current={there ? "page" : undefined}
        onClick={() => go(there ? "collect" : "record")}
      >
        <span class="name">{trip.value.name}</span>
        <span class="quiet">{t("progress", { done: count("activated"), all: trip.value.products })}</span>
      </button>
      <button
        type="button"
        lang={language.value === "ja" ? "en" : "ja"}
        aria-label={t("language-switch")}
        onClick={() => speak(language.value === "ja" ? "en" : "ja")}
      >
        {t("language-other")}
      </button>
    </header>
  );
}

function Banners() {
  const fault = unsaved.value ?? store.value?.trouble.value;
  return (
    <>
      {trip.value.practice && <p class="banner is-practice">{t("practice-banner")}</p>}
      {fault && <Trouble fault={fault} />}
      {otherTab.value && (
        <p class="banner is-info" role="status">
          {t("other-tab")} — {nextStep("other-tab")}
        </p>
      )}
      {updateReady.value && (
        <div class="banner is-info row" role="status">
          <p class="grow">
            {t("update-ready")} — {nextStep("update-ready")}
          </p>
          <button type="button" onClick={applyUpdate}>
            {t("update-apply")}
          </button>
        </div>
      )}
    </>
  );
}

function Trouble({ fault }: { readonly fault: Fault }) {
  const { title, next } = faultText(fault);
  return (
    <div class="banner is-bad" role="alert">
      <p class="what">{title}</p>
      <p>{next}</p>
      <button type="button" onClick={() => location.reload()}>
        {t("reload")}
      </button>
    </div>
  );
}

function Fatal({ fault }: { readonly fault: Fault }) {
  const { title, next } = faultText(fault);
  return (
    <main class="fatal" aria-live="assertive">
      <h1>{title}</h1>
      <p>{next}</p>
      <button type="button" class="primary wide" onClick={() => location.reload()}>
        {t("reload")}
      </button>
    </main>
  );
}

function Tabs() {
  const open = trip.value.open.length + trip.value.contested.length;
  return (
    <nav class="tabs" aria-label={t("tabs-label")}>
      <Tab to="collect" count={0} />
      <Tab to="portal" count={open} />
      <Tab to="deliver" count={count("cid", "delivered")} />
    </nav>
  );
}

function Tab({ to, count }: { readonly to: Screen; readonly count: number }) {
  return (
    <button type="button" aria-current={screen.value === to ? "page" : undefined} onClick={() => go(to)}>
      <Sign of={to} />
      <span>
        {t(`tab-${to}`)}
        {count > 0 && <strong class="badge"> {count}</strong>}
      </span>
    </button>
  );
}

/** Drawn, so that every phone shows the same. */
function Sign({ of }: { readonly of: Screen }) {
  const path = {
    collect: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 12h8M12 8v8",
    portal: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    deliver: "M4 5h16v11H4zM9 20h6M12 16v4M8 10l3 3 5-5",
    record: "",
  }[of];
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
