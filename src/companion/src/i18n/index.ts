// What the page says, in the language of the moment. The messages about
// numbers, packets and result codes are those of the binary.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { signal } from "@preact/signals";
import errorsEn from "../../../i18n/en/errors.ftl";
import hresultEn from "../../../i18n/en/hresult.ftl";
import keyedEn from "../../../i18n/en/keyed.ftl";
import pageEn from "../../../i18n/en/page.ftl";
import wordsEn from "../../../i18n/en/words.ftl";
import errorsJa from "../../../i18n/ja/errors.ftl";
import hresultJa from "../../../i18n/ja/hresult.ftl";
import keyedJa from "../../../i18n/ja/keyed.ftl";
import pageJa from "../../../i18n/ja/page.ftl";
import wordsJa from "../../../i18n/ja/words.ftl";
import type { Fault } from "../core/types";
import { ofThisPage } from "../store/place";
import screensEn from "./en.ftl";
import screensJa from "./ja.ftl";

export type Language = "ja" | "en";
export type Facts = Readonly<Record<string, FluentVariable>>;

const KEY = ofThisPage("hikyaku-language");
const BUNDLES: Readonly<Record<Language, FluentBundle>> = {
  ja: bundle("ja", [screensJa, errorsJa, hresultJa, keyedJa, pageJa, wordsJa]),
  en: bundle("en", [screensEn, errorsEn, hresultEn, keyedEn, pageEn, wordsEn]),
};

/** The language in use; what reads it through `t` follows at once. */
export const language = signal<Language>(firstLanguage());

/** Switches the language, and remembers it. */
export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Without storage it is asked again next time.
  }
}

/** Forgets the language that was chosen. */
export function forgetLanguage(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** The message of an id. */
export function t(id: string, facts: Facts = {}): string {
  return message(id, undefined, facts) ?? id;
}

/** What to do next about an id; empty where nothing is said. */
export function nextStep(id: string, facts: Facts = {}): string {
  return message(id, "next", facts) ?? "";
}

/** Whether both halves of a message exist in a language; for tests. */
export function hasMessage(lang: Language, id: string, attribute?: string): boolean {
  const found = BUNDLES[lang].getMessage(id);
  return attribute === undefined ? found?.value != null : found?.attributes[attribute] != null;
}

/** What happened and what to do, of a fault. */
export function faultText(fault: Fault): { readonly title: string; readonly next: string } {
  return { title: t(fault.id, fault.facts), next: nextStep(fault.id, fault.facts) };
}

/** A time as people of this language write it. */
export function timeText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(language.value === "ja" ? "ja-JP" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  });
}

function message(id: string, attribute: string | undefined, facts: Facts): string | undefined {
  const current = BUNDLES[language.value];
  const found = current.getMessage(id);
  const pattern = attribute === undefined ? found?.value : found?.attributes[attribute];
  return pattern == null ? undefined : current.formatPattern(pattern, { ...facts }, []);
}

function bundle(lang: Language, sources: readonly string[]): FluentBundle {
  // Names are cleaned of everything that turns the direction of text.
  const result = new FluentBundle(lang, { useIsolating: false });
  for (const source of sources) result.addResource(new FluentResource(source));
  return result;
}

function firstLanguage(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "ja" || kept === "en") return kept;
  } catch {
    // As if nothing was kept.
  }
  const wanted = typeof navigator === "undefined" ? ["ja"] : navigator.languages;
  return wanted.some((one) => one.startsWith("ja")) || !wanted.some((one) => one.startsWith("en")) ? "ja" : "en";
}
