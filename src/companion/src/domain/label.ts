// Names that came from elsewhere, made safe to show.

// Exactly the characters of `is_unprintable` on the Rust side: controls, bidi
// and other invisible format characters.
const UNPRINTABLE =
  /[\p{Cc}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{fe00}-\u{fe0f}\u{feff}\u{fff0}-\u{fffb}\u{e0000}-\u{e0fff}]/gu;

/** Longest label, in characters. */
export const MAX_LABEL_CHARS = 96;

/** The text without what disturbs a page or a terminal; tabs and line ends become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\n\r]/g, " ").replace(UNPRINTABLE, "");
}

/** Makes a label of whatever there is; `undefined` when nothing remains. */
export function cleanLabel(text: string): string | undefined {
  const cut = Array.from(printable(text).trim()).slice(0, MAX_LABEL_CHARS).join("").trimEnd();
  return cut === "" || hasLoneSurrogate(cut) ? undefined : cut;
}

/** Whether a text is a label as it stands. */
export function isLabel(text: string): boolean {
  return cleanLabel(text) === text;
}

/** Half a surrogate pair cannot be written as UTF-8. */
function hasLoneSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}
