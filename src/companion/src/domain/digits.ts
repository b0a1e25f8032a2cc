// From whatever a person, a scanner or a clipboard yields to bare digits.

import { bad, good, type Result } from "./fault";

/** Longest input, in characters, that is looked at as one number. */
export const MAX_INPUT_CHARS = 512;

/** Digits of an input, folded to ASCII, and the lengths of their runs. */
export interface Folded {
  readonly digits: string;
  readonly runs: readonly number[];
}

/** A decimal digit, ASCII or full-width, as ASCII. */
export function digitOf(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x30 && code <= 0x39) return character;
  if (code >= 0xff10 && code <= 0xff19) return String(code - 0xff10);
  return undefined;
}

const LETTER = /^\p{Alphabetic}$/u;
const LETTER_OR_NUMBER = /^[\p{Alphabetic}\p{N}]$/u;
const BOX_LETTER = /^[A-Ha-hＡ-Ｈａ-ｈ]$/u;

/**
 * Folds full-width digits to ASCII and drops separators: all that is neither
 * letter nor digit, and lone box letters A to H as the portal prints them.
 */
export function fold(text: string): Result<Folded> {
  const characters = Array.from(text.length > 2 * MAX_INPUT_CHARS ? text.slice(0, 2 * MAX_INPUT_CHARS + 2) : text);
  if (characters.length > MAX_INPUT_CHARS) return bad("number-too-long", { limit: MAX_INPUT_CHARS });
  let digits = "";
  const runs: number[] = [];
  let inRun = false;
  let previousIsLetter = false;
  for (const [index, character] of characters.entries()) {
    const digit = digitOf(character);
    if (digit !== undefined) {
      digits += digit;
      if (inRun) runs[runs.length - 1] = (runs[runs.length - 1] ?? 0) + 1;
      else runs.push(1);
      inRun = true;
      previousIsLetter = false;
      continue;
    }
    inRun = false;
    const next = characters[index + 1];
    const lone = !previousIsLetter && !(next !== undefined && LETTER.test(next));
    previousIsLetter = LETTER.test(character);
    if (LETTER_OR_NUMBER.test(character) && !(lone && BOX_LETTER.test(character))) {
      return bad("number-foreign-character", { character, position: index + 1 });
    }
  }
  return digits === "" ? bad("number-empty") : good({ digits, runs });
}
