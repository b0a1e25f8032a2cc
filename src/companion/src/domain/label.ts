// Names that came from elsewhere, made safe to show.

// Exactly the characters of `is_unprintable` on the Rust side: controls, bidi
// and other format characters, and letters without any ink.
const UNPRINTABLE = new RegExp(
  `[${[
    "\\p{Cc}\\u{ad}\\u{34f}\\u{61c}\\u{115f}-\\u{1160}\\u{17b4}-\\u{17b5}\\u{180b}-\\u{180f}",
    "\\u{200b}-\\u{200f}\\u{2028}-\\u{202e}\\u{2060}-\\u{206f}\\u{2800}\\u{3164}",
    "\\u{fe00}-\\u{fe0f}\\u{feff}\\u{ffa0}\\u{fff0}-\\u{fffb}",
    "\\u{13430}-\\u{13442}\\u{16fe4}\\u{1bca0}-\\u{1bca3}\\u{1d159}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}",
  ].join("")}]`,
  "gu",
);

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
