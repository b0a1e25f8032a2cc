// The Confirmation ID comes back: pasted or typed, checked box by box, and
// questioned where it may belong to another PC.

import { useState } from "preact/hooks";
import type { ConfirmationId } from "../domain/messages";
import { findCid, type PastedCid } from "../domain/paste";
import { faultText, nextStep, t } from "../i18n";
import type { CidQuestion, Outcome } from "../trip/events";
import type { Entry } from "../trip/model";
import { ask } from "./dialog";
import { pair, say } from "./intake";
import { Pair } from "./pieces";
import { apply, atPortal, nameOf, notice } from "./state";

/** Shorter texts are still being typed. */
const WHOLE = 48;

export function PasteCid({ entry }: { readonly entry: Entry }) {
  const [text, setText] = useState("");
  const [complaint, setComplaint] = useState<string | undefined>(undefined);
  const [question, setQuestion] = useState<{ cid: ConfirmationId; reason: CidQuestion; other: string } | undefined>();
  const pasted = text === "" ? undefined : findCid(text);

  const settle = (outcome: Outcome | undefined, cid?: ConfirmationId) => {
    if (!outcome) return;
    if (outcome.kind === "cid-questioned" && cid) {
      setQuestion({ cid, reason: outcome.reason, other: nameOf(outcome.other) });
      return;
    }
    if (outcome.kind === "refused") {
      say({ tone: "bad", ...pair(outcome.reason) });
      return;
    }
    if (outcome.kind !== "cid-kept") return;
    const kept = entry.id;
    say({
      tone: "good",
      title: t("notice-kept", { pc: nameOf(kept) }),
      action: {
        label: t("notice-undo"),
        run: () =>
          void apply({ kind: "take-back", entry: kept }).then(() => {
            atPortal.value = kept;
          }),
      },
    });
    atPortal.value = outcome.next;
    window.scrollTo(0, 0);
  };
  const keep = async (cid: ConfirmationId, confirmed = false) => {
    settle(await apply({ kind: "cid", entry: entry.id, cid, confirmed }), cid);
  };
  const consider = (value: string) => {
    notice.value = undefined;
    setComplaint(undefined);
    setQuestion(undefined);
    setText(value);
    const found = findCid(value);
    if (found.kind === "found") void keep(found.cid);
  };
  const fromClipboard = async () => {
    try {
      const value = await navigator.clipboard.readText();
      if (value.trim() === "") setComplaint("paste-empty");
      else consider(value);
    } catch {
      setComplaint("paste-denied");
      document.getElementById("cid-field")?.focus();
    }
  };
  return (
    <div class="paste">
      {question ? (
        <div class="question" role="alert">
          <Pair id={`question-${question.reason}`} facts={{ other: question.other }} />
          <div class="row">
            <button
              type="button"
              class="primary"
              onClick={() => {
                setQuestion(undefined);
                setText("");
              }}
            >
              {t("question-again")}
            </button>
            <button type="button" onClick={() => void keep(question.cid, true)}>
              {t("question-keep")}
            </button>
          </div>
        </div>
      ) : (
        <>
          <button type="button" class="primary wide" onClick={() => void fromClipboard()}>
            {t("portal-paste")}
          </button>
          {complaint && (
            <div class="is-warn" role="alert">
              <Pair id={complaint} />
            </div>
          )}
          <label for="cid-field">{t("portal-field")}</label>
          <textarea
            id="cid-field"
            rows={2}
            value={text}
            maxLength={65536}
            inputMode="numeric"
            autocomplete="off"
            spellcheck={false}
            aria-describedby="cid-hint"
            onInput={(event) => consider(event.currentTarget.value)}
          />
          <p id="cid-hint" class="quiet">
            {t("portal-field-hint")}
          </p>
          {pasted && <Verdict pasted={pasted} entry={entry} settle={settle} />}
        </>
      )}
    </div>
  );
}

interface VerdictProps {
  readonly pasted: PastedCid;
  readonly entry: Entry;
  settle(outcome: Outcome | undefined): void;
}

/** Why what stands in the field is not kept. */
function Verdict({ pasted, entry, settle }: VerdictProps) {
  switch (pasted.kind) {
    case "found":
      return null;
    case "none":
      return <Warning id="paste-none" />;
    case "iid":
      return <Warning id="paste-iid" />;
    case "several":
      return <Warning id="paste-several" facts={{ count: pasted.cids.length }} />;
    case "damaged":
      return <Damaged pasted={pasted} entry={entry} settle={settle} />;
  }
}

function Warning({ id, facts }: { readonly id: string; readonly facts?: Record<string, number> }) {
  return (
    <div class="is-warn" role="status">
      <Pair id={id} {...(facts && { facts })} />
    </div>
  );
}

function Damaged({ pasted, entry, settle }: VerdictProps & { readonly pasted: PastedCid & { kind: "damaged" } }) {
  const { boxes, digits, fault } = pasted;
  const found = boxes.reduce((sum, box) => sum + box.digits.length, 0);
  const wrong = fault.groups.join(", ");
  const insist = async () => {
    const sure = await ask({
      title: t("portal-insist-ask"),
      body: t("portal-insist-body", { groups: wrong }),
      yes: t("portal-insist-yes"),
    });
    if (sure && digits) settle(await apply({ kind: "cid-insisted", entry: entry.id, digits }));
  };
  const told = found < WHOLE && wrong === "" ? undefined : faultText(fault);
  return (
    <div role="status">
      <ol class="groups boxes" aria-label={t("record-cid")}>
        {boxes.map((box) => (
          <li key={box.label} class={box.defect ? "is-wrong" : ""}>
            <span class="label">{box.defect ? `⚠ ${box.label}` : box.label}</span>
            <span class="digits">{box.digits || "–"}</span>
          </li>
        ))}
      </ol>
      {wrong !== "" && (
        <div class="is-warn">
          <p class="what">{t("paste-wrong-boxes", { groups: wrong })}</p>
          <p class="next">{nextStep("paste-wrong-boxes")}</p>
        </div>
      )}
      {wrong === "" && told && (
        <div class="is-warn">
          <p class="what">{told.title}</p>
          <p class="next">{told.next}</p>
        </div>
      )}
      {found < WHOLE && <p class="quiet">{t("paste-short", { found })}</p>}
      {digits && (
        <button type="button" class="quiet-button wide" onClick={() => void insist()}>
          {t("portal-insist")}
        </button>
      )}
    </div>
  );
}
