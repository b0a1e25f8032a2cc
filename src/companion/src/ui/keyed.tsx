// What a PC on which Hikyaku does not run needs beside the symbol: which form a
// scanner types, the command in text, and how it is used.

import { t } from "../i18n";
import type { KeyedAnswer } from "../core/types";

interface FormsProps {
  readonly keyed: KeyedAnswer;
  readonly form: string;
  choose(form: string): void;
}

/** The forms to choose from, and the command in text. */
export function KeyedForms({ keyed, form, choose }: FormsProps) {
  return (
    <>
      <div class="keyed-forms" role="group" aria-label={t("keyed-switch")}>
        {keyed.forms.map(({ name }) => (
          <button key={name} type="button" aria-pressed={name === form} onClick={() => choose(name)}>
            {t(`keyed-form-${name}`)}
          </button>
        ))}
      </div>
      <p class="keyed-command digits">{keyed.command}</p>
    </>
  );
}

/** How the form is used, and what comes after. */
export function KeyedNotes({ keyed, how }: { readonly keyed: KeyedAnswer; readonly how: readonly string[] }) {
  return (
    <ul class="keyed-notes">
      {[...how, ...keyed.closing].map((id) => (
        <li key={id}>{t(id, { check: keyed.check })}</li>
      ))}
    </ul>
  );
}
