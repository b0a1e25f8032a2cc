// Small pieces that several screens are made of.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { nextStep, t } from "../i18n";
import type { Facts } from "../i18n";
import type { State } from "../core/types";
import { apply, detailOf, notice, pc as pcOf } from "./state";

/** What happened, and what to do. */
export function Pair({ id, facts }: { readonly id: string; readonly facts?: Facts }) {
  const next = nextStep(id, facts);
  return (
    <div class="pair">
      <p class="what">{t(id, facts)}</p>
      {next && <p class="next">{next}</p>}
    </div>
  );
}

/** How far something is; the sign says it without the colour. */
export function StateMark({ state }: { readonly state: State }) {
  const sign = { wanted: "·", open: "○", contested: "≠", cid: "◐", delivered: "◑", activated: "✓", failed: "✕" }[state];
  return (
    <span class={`mark is-${state}`}>
      <span aria-hidden="true">{sign} </span>
      {t(`state-${state}`)}
    </span>
  );
}

interface GroupsProps {
  readonly groups: readonly string[];
  readonly label: string;
  /** Boxes A to H instead of groups 1 to 9. */
  readonly boxes?: boolean;
}

/** A number in its labelled groups. */
export function Groups({ groups, label, boxes = false }: GroupsProps) {
  return (
    <ol class={boxes ? "groups boxes" : "groups"} aria-label={label}>
      {groups.map((group, index) => (
        <li key={index}>
          <span class="label">{boxes ? String.fromCharCode(65 + index) : index + 1}</span>
          <span class="digits">{group}</span>
        </li>
      ))}
    </ol>
  );
}

/** A field for the name of a PC. */
export function NameField({ id, onDone }: { readonly id: number; onDone?(): void }) {
  const [text, setText] = useState(detailOf(id)?.own_name ?? "");
  return (
    <form
      class="row name"
      onSubmit={(event) => {
        event.preventDefault();
        void apply({ kind: "rename-pc", pc: id, name: text }).then((outcome) => {
          if (outcome?.kind === "done") onDone?.();
        });
      }}
    >
      <input
        type="text"
        aria-label={t("name-label")}
        value={text}
        maxLength={96}
        autocomplete="off"
        enterkeyhint="done"
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">{t("name-save")}</button>
    </form>
  );
}

/** The last thing that was told. */
export function NoticeCard() {
  const told = notice.value;
  const bare = pcOf(told?.pc)?.bare === true && told?.tone === "good";
  return (
    <div class="notice-place" aria-live="polite">
      {told && (
        <div class={`notice is-${told.tone}`}>
          <div class="grow">
            <p class="what">
              <span aria-hidden="true">{{ good: "✓ ", warn: "⚠ ", bad: "✕ ", info: "" }[told.tone]}</span>
              {told.title}
            </p>
            {told.body && <p class="next">{told.body}</p>}
            {bare && told.pc !== undefined && (
              <NameField
                key={told.pc}
                id={told.pc}
                onDone={() => {
                  notice.value = undefined;
                }}
              />
            )}
            {told.action && (
              <button
                type="button"
                onClick={() => {
                  notice.value = undefined;
                  told.action?.run();
                }}
              >
                {told.action.label}
              </button>
            )}
          </div>
          <button
            type="button"
            class="plain"
            aria-label={t("dismiss")}
            onClick={() => {
              notice.value = undefined;
            }}
          >
            ×
          </button>
        </div>
      )}
    </div>
  );
}

interface PictureInputProps {
  readonly label: string;
  readonly prominent?: boolean;
  /** Straight from the camera; else whatever the phone offers. */
  readonly camera?: boolean;
  onFile(file: File): Promise<void>;
}

/** A picture to read: no permission, and also over plain http. */
export function PictureInput({ label, prominent = false, camera = false, onFile }: PictureInputProps) {
  const [busy, setBusy] = useState(false);
  const give = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    setBusy(true);
    await onFile(file).finally(() => setBusy(false));
  };
  return (
    <label class={`button photo ${prominent ? "primary" : ""}`} aria-busy={busy}>
      <input
        type="file"
        accept="image/*"
        {...(camera && { capture: "environment" })}
        class="unseen"
        disabled={busy}
        onChange={(event) => void give(event.currentTarget)}
      />
      <span>{busy ? t("still-reading") : label}</span>
    </label>
  );
}

/** What to do where there is nothing yet. */
export function Empty({ id, children }: { readonly id: string; readonly children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Pair id={id} />
      {children}
    </div>
  );
}

/** Copies a text; `false` where the browser does not allow it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** Over plain http there is no clipboard interface. */
function copyOldWay(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
