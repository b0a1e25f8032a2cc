// The words of the exported table, in the language of the page.

import { t } from "../i18n";
import type { CsvWords } from "../transfer/csv";

export function csvWords(): CsvWords {
  return {
    headings: [
      t("report-pc"),
      t("report-serial"),
      t("report-product"),
      t("report-key"),
      t("report-state"),
      t("report-code"),
      t("step-collected"),
      t("step-cid"),
      t("step-delivered"),
      t("report-closed"),
      t("report-iid"),
      t("report-tag"),
    ],
    state: (state) => t(`state-${state}`),
  };
}
