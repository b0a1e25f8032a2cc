// One question at a time, before what cannot be undone.

import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";

interface Question {
  readonly title: string;
  readonly body?: string;
  readonly yes: string;
  readonly no?: string;
  readonly danger?: boolean;
}

const open = signal<(Question & { answer(yes: boolean): void }) | undefined>(undefined);

/** Asks; `true` only if the person says so. */
export function ask(question: Question): Promise<boolean> {
  open.value?.answer(false);
  return new Promise((resolve) => {
    open.value = {
      ...question,
      answer: (yes) => {
        open.value = undefined;
        resolve(yes);
      },
    };
  });
}

/** Where questions appear. */
export function DialogHost() {
  const element = useRef<HTMLDialogElement>(null);
  const question = open.value;
  useEffect(() => {
    if (question) element.current?.showModal();
  }, [question]);
  if (!question) return null;
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault();
        question.answer(false);
      }}
    >
      <h2 id="dialog-title">{question.title}</h2>
      {question.body && <p>{question.body}</p>}
      <div class="row">
        <button type="button" onClick={() => question.answer(false)}>
          {question.no ?? t("cancel")}
        </button>
        <button type="button" class={question.danger ? "danger" : "primary"} onClick={() => question.answer(true)}>
          {question.yes}
        </button>
      </div>
    </dialog>
  );
}
