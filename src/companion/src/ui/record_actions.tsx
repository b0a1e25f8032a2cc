// Handing on, taking in, wiping.

import { useState } from "preact/hooks";
import { forgetLanguage, language, nextStep, t } from "../i18n";
import { ask } from "./dialog";
import { pair, say, takeTrip } from "./intake";
import { PrintedRecord } from "./printed";
import { tableOf } from "./report";
import { apply, core, go, handing, notice, store, trip, unsaved } from "./state";
import { opensOffline } from "./updates";

const MIME = "application/json";
const WIPED = "wiped";
/** Longest trip file, in bytes; the core says the same. */
const MAX_TRIP_FILE = 64 * 1024 * 1024;

export function Actions() {
  const [printing, setPrinting] = useState(false);
  const hasAny = trip.value.products > 0;
  const saveFile = () => {
    const text = fileText();
    if (text !== undefined) save(fileName("hikyaku.json"), MIME, text);
  };
  const share = async () => {
    // Share targets take text files; few take JSON.
    const file = new File([fileText() ?? ""], fileName("hikyaku.txt"), { type: "text/plain" });
    try {
      await navigator.share({ files: [file], title: trip.value.name });
    } catch (error) {
      if ((error as Error).name !== "AbortError") say({ tone: "warn", ...pair("record-share-failed") });
    }
  };
  return (
    <>
      {hasAny && (
        <section class="actions" aria-labelledby="hand-on">
          <h2 id="hand-on">{t("record-hand-on")}</h2>
          <button type="button" class="primary" onClick={saveFile}>
            {t("record-file")}
          </button>
          {canShare() && (
            <button type="button" onClick={() => void share()}>
              {t("record-share")}
            </button>
          )}
          <button type="button" onClick={() => (handing.value = true)}>
            {t("record-handover")}
          </button>
          <button
            type="button"
            onClick={() => {
              const table = tableOf();
              if (table !== undefined) save(fileName("csv"), "text/csv;charset=utf-8", table);
            }}
          >
            {t("record-csv")}
          </button>
          <button type="button" onClick={() => setPrinting(true)}>
            {t("record-print")}
          </button>
        </section>
      )}
      <section class="actions" aria-labelledby="take-in">
        <h2 id="take-in">{t("record-take-in")}</h2>
        <ImportButton />
        <button
          type="button"
          onClick={() => {
            go("collect");
            notice.value = { tone: "info", title: t("receive-hint") };
          }}
        >
          {t("record-receive")}
        </button>
      </section>
      <Manage />
      <section class="about">
        <h2>{t("record-about")}</h2>
        <p>{t("record-private")}</p>
        {opensOffline.value && <p>{t("offline-ready")}</p>}
        <p>{t(store.value?.persisted.value ? "record-persisted" : "record-not-persisted")}</p>
      </section>
      {printing && <PrintedRecord onDone={() => setPrinting(false)} />}
    </>
  );
}

function Manage() {
  const begin = async () => {
    const facts = { name: trip.value.name };
    const sure =
      trip.value.products === 0 ||
      (await ask({
        title: t("record-new-ask"),
        body: t("record-new-body", facts),
        yes: t("record-new-yes"),
        danger: true,
      }));
    if (!sure) return;
    if (await apply({ kind: "begin", name: tripName() })) go("collect");
  };
  const wipe = async () => {
    const sure = await ask({
      title: t("record-wipe-ask"),
      body: t("record-wipe-body"),
      yes: t("record-wipe-yes"),
      danger: true,
    });
    if (!sure) return;
    const wiped = await store.value?.wipe();
    if (wiped && !wiped.ok) {
      unsaved.value = wiped.fault;
      return;
    }
    forgetLanguage();
    // The state of the history is all that outlives what is wiped.
    history.replaceState(WIPED, "");
    location.reload();
  };
  return (
    <section class="actions" aria-labelledby="manage">
      <h2 id="manage">{t("record-manage")}</h2>
      <button type="button" onClick={() => void begin()}>
        {t("record-new")}
      </button>
      <button type="button" class="danger" onClick={() => void wipe()}>
        {t("record-wipe")}
      </button>
    </section>
  );
}

/** After everything was wiped the page begins anew, and says why. */
export function sayIfWiped(): void {
  if (history.state !== WIPED) return;
  history.replaceState(null, "");
  say({ tone: "good", title: t("record-wiped") });
}

function ImportButton() {
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    // Not even opened: a trip of a thousand products is far smaller.
    if (file.size > MAX_TRIP_FILE) {
      const title = t("import-too-large", { limit: MAX_TRIP_FILE / 1024 / 1024 });
      say({ tone: "bad", title, body: nextStep("import-too-large") });
      window.scrollTo(0, 0);
      return;
    }
    let text: string;
    try {
      text = await file.text();
    } catch {
      say({ tone: "bad", ...pair("import-unreadable") });
      window.scrollTo(0, 0);
      return;
    }
    await takeTrip(text);
    window.scrollTo(0, 0);
  };
  return (
    <label class="button">
      <input
        type="file"
        class="unseen"
        accept=".json,.txt,application/json,text/plain"
        onChange={(event) => void read(event.currentTarget)}
      />
      <span>{t("record-import")}</span>
    </label>
  );
}

/** Name of a trip that begins by itself. */
export function tripName(): string {
  const date = new Date().toLocaleDateString(language.value === "ja" ? "ja-JP" : "en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  return t("record-new-name", { date });
}

/** The trip as a file; where the core cannot say it, the page tells that. */
function fileText(): string | undefined {
  const text = core()?.call<string>("export", { at: Math.floor(Date.now() / 1000) });
  if (text && !text.ok) unsaved.value = text.fault;
  return text?.ok ? text.value : undefined;
}

function fileName(ending: string): string {
  const name = trip.value.name.replace(/[\\/:*?"<>|.\s]+/gu, "-").replace(/^-+|-+$/g, "") || "hikyaku";
  return `${name}.${ending}`;
}

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say({ tone: "good", title: t("record-saved", { file: name }) });
  window.scrollTo(0, 0);
}

function canShare(): boolean {
  try {
    return navigator.canShare?.({ files: [new File(["x"], "x.txt", { type: "text/plain" })] }) ?? false;
  } catch {
    return false;
  }
}
