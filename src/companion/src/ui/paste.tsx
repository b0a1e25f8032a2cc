// The Confirmation ID comes back: pasted or typed, checked box by box, and
// questioned where it may belong to another PC.

import { useEffect, useState } from "preact/hooks";
import { readStill } from "../camera/still";
import type { Box, Fault, Outcome, Pasted, TripEvent } from "../core/types";
import { faultText, nextStep, t } from "../i18n";
import { ask } from "./dialog";
import { isOurs, say } from "./intake";
import { Pair, PictureInput } from "./pieces";
import { compare } from "./read_number";
import { apply, atPortal, core, nameOf, notice } from "./state";

/** Shorter texts are still being typed. */
const WHOLE = 48;

/** What speaks against a number, and a person may say otherwise. */
const QUESTIONS = new Set(["trip-cid-of-other", "trip-cid-void", "trip-cid-replaces"]);

type Keep = TripEvent & { readonly kind: "keep" };

export function PasteCid({ tag }: { readonly tag: string }) {
  const [text, setText] = useState("");
  const [pasted, setPasted] = useState<Pasted>({ kind: "empty" });
  const [complaint, setComplaint] = useState<string | undefined>(undefined);
  const [question, setQuestion] = useState<{ keep: Keep; fault: Fault } | undefined>();
  // Another request, another field.
  useEffect(() => () => void core()?.call("clear-paste"), []);

  const empty = () => {
    core()?.call("clear-paste");
    setText("");
    setPasted({ kind: "empty" });
  };
  const settle = (outcome: Outcome | undefined, event: Keep) => {
    if (outcome?.kind === "refused" && QUESTIONS.has(outcome.fault.id)) {
      setQuestion({ keep: event, fault: outcome.fault });
    } else if (outcome?.kind === "refused") {
      const { title, next } = faultText(outcome.fault);
      say({ tone: "bad", title, body: next });
    }
    if (outcome?.kind !== "kept") return;
    const kept = outcome.tag;
    empty();
    say({
      tone: "good",
      title: t("notice-kept", { pc: nameOf(kept) }),
      // It said itself whose it is.
      ...(kept !== tag && { body: t("notice-kept-elsewhere") }),
      action: {
        label: t("notice-undo"),
        run: () =>
          void apply({ kind: "take-back", tag: kept }).then(() => {
            atPortal.value = kept;
          }),
      },
    });
    atPortal.value = kept === tag ? outcome.next : tag;
    window.scrollTo(0, 0);
  };
  const keep = async (event: Keep) => settle(await apply(event), event);
  const consider = (value: string) => {
    notice.value = undefined;
    setComplaint(undefined);
    setQuestion(undefined);
    setText(value);
    const read = core()?.call<Pasted>("paste", { text: value, tag });
    if (!read?.ok) return;
    setPasted(read.value);
    const found = read.value;
    if (found.kind === "whole" && found.at_once) void keep({ kind: "keep", tag: found.tag, cid: found.cid });
  };
  const fromClipboard = async () => {
    try {
      const value = await navigator.clipboard.readText();
      if (value.trim() === "") {
        setComplaint("paste-empty");
        return;
      }
      core()?.call("clear-paste");
      consider(value);
    } catch {
      setComplaint("paste-denied");
      document.getElementById("cid-field")?.focus();
    }
  };
  /** A screenshot of the portal, or a photograph of it on another screen. */
  const fromPicture = async (file: File) => {
    const still = await readStill(file, isOurs);
    const number = still.kind === "read" ? still.numbers.find((one) => one.kind === "cid") : undefined;
    const text = still.kind === "read" && still.texts.length > 0 ? still.texts[0] : (number && (await compare(number)))?.digits;
    core()?.call("clear-paste");
    if (text !== undefined) return consider(text);
    if (!number) setComplaint(still.kind === "unreadable" ? "still-unreadable" : "paste-picture-nothing");
  };
  return (
    <div class="paste">
      {question ? (
        <div class="question" role="alert">
          <Pair id={question.fault.id} facts={question.fault.facts} />
          <div class="row">
            <button
              type="button"
              class="primary"
              onClick={() => {
                setQuestion(undefined);
                empty();
              }}
            >
              {t("question-again")}
            </button>
            <button type="button" onClick={() => void keep({ ...question.keep, confirmed: true })}>
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
          <PictureInput label={t("portal-picture")} onFile={fromPicture} />
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
          <Verdict pasted={pasted} keep={(event) => void keep(event)} tag={tag} />
        </>
      )}
    </div>
  );
}

interface VerdictProps {
  readonly pasted: Pasted;
  readonly tag: string;
  keep(event: Keep): void;
}

/** What stands in the field, and why it is not kept. */
function Verdict({ pasted, tag, keep }: VerdictProps) {
  switch (pasted.kind) {
    case "empty":
      return null;
    case "nothing":
      return <Warning id="paste-none" />;
    case "iid":
      return <Warning id="paste-iid" />;
    case "foreign":
      return <Warning id="paste-foreign" />;
    case "several":
      return <Warning id="paste-several" facts={{ count: pasted.count }} />;
    case "whole":
      return pasted.at_once ? null : (
        <>
          <Boxes boxes={pasted.boxes} />
          <button
            type="button"
            class="primary wide"
            onClick={() => keep({ kind: "keep", tag: pasted.tag, cid: pasted.cid })}
          >
            {t("portal-keep")}
          </button>
        </>
      );
    case "incomplete":
      return (
        <div role="status">
          <Boxes boxes={pasted.boxes} />
          <Short boxes={pasted.boxes} />
        </div>
      );
    case "damaged":
      return <Damaged pasted={pasted} tag={tag} keep={keep} />;
  }
}

function Warning({ id, facts }: { readonly id: string; readonly facts?: Record<string, number> }) {
  return (
    <div class="is-warn" role="status">
      <Pair id={id} {...(facts && { facts })} />
    </div>
  );
}

function Boxes({ boxes }: { readonly boxes: readonly Box[] }) {
  return (
    <ol class="groups boxes" aria-label={t("record-cid")}>
      {boxes.map((box) => (
        <li key={box.label} class={box.defect ? "is-wrong" : ""}>
          <span class="label">{box.defect ? `⚠ ${box.label}` : box.label}</span>
          <span class="digits">{box.digits || "–"}</span>
        </li>
      ))}
    </ol>
  );
}

function Short({ boxes }: { readonly boxes: readonly Box[] }) {
  const found = boxes.reduce((sum, box) => sum + box.digits.length, 0);
  return found < WHOLE ? <p class="quiet">{t("paste-short", { found })}</p> : null;
}

function Damaged({ pasted, tag, keep }: VerdictProps & { readonly pasted: Pasted & { kind: "damaged" } }) {
  const { boxes, fault, insist } = pasted;
  const wrong = boxes
    .filter((box) => box.defect)
    .map((box) => box.label)
    .join(", ");
  const really = async (cid: string) => {
    const sure = await ask({
      title: t("portal-insist-ask"),
      body: t("portal-insist-body", { groups: wrong }),
      yes: t("portal-insist-yes"),
    });
    if (sure) keep({ kind: "keep", tag, cid, insisted: true });
  };
  const told = faultText(fault);
  return (
    <div role="status">
      {boxes.length > 0 && <Boxes boxes={boxes} />}
      <div class="is-warn">
        <p class="what">{wrong === "" ? told.title : t("paste-wrong-boxes", { groups: wrong })}</p>
        <p class="next">{wrong === "" ? told.next : nextStep("paste-wrong-boxes")}</p>
      </div>
      {boxes.length > 0 && <Short boxes={boxes} />}
      {insist !== null && (
        <button type="button" class="quiet-button wide" onClick={() => void really(insist)}>
          {t("portal-insist")}
        </button>
      )}
    </div>
  );
}
