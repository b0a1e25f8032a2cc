// The words of the exported table, in the language of the page.

import { t } from "../i18n";

export function csvWords(): (id: string) => string {
  return t;
}
