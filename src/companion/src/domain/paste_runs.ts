// Runs of digits in a text, and the chains that separators and line wraps
// make of them: the stretches in which a number may stand. The rules are those
// of src/wire/pasted/runs.rs, and the same files test them.

import { digitOf } from "./digits";

/** An uninterrupted run of digits within a line, folded to ASCII. */
export interface Run {
  readonly digits: string;
  /** Line, from 0. */
  readonly line: number;
}

const SPACE = /[ \t\u{a0}\u{3000}]/u;
const HYPHEN = /[-\u{2010}-\u{2015}\u{2212}\u{30fc}\u{ff0d}\u{ff70}]/u;
/** Most characters of separation within a line: a hyphen between spaces. */
const MAX_SEPARATION = 3;

/** Lines, whatever ends them; redirected console output may end in `\r\r\n`. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    let end = line.length;
    // By hand: an expression for "all of them, at the end" begins anew at each.
    while (index < lines.length - 1 && line[end - 1] === "\r") end -= 1;
    return line.slice(0, end).split("\r");
  });
}

/** All chains of a text, in order. */
export function chainsOf(lines: readonly string[]): Run[][] {
  const chains: Run[][] = [];
  let chain: Run[] = [];
  const close = () => {
    if (chain.length > 0) chains.push(chain);
    chain = [];
  };
  for (const [line, text] of lines.entries()) {
    let lastEnd: number | undefined;
    for (const { 0: run, index } of text.matchAll(/[0-9０-９]+/gu)) {
      const between = text.slice(lastEnd ?? 0, index);
      const joined = lastEnd === undefined ? isIndentation(between) : isSeparation(between);
      if (!joined) close();
      chain.push({ digits: Array.from(run, (digit) => digitOf(digit) ?? "").join(""), line });
      lastEnd = index + run.length;
    }
    if (lastEnd === undefined || !isLineEnd(text.slice(lastEnd))) close();
  }
  close();
  return chains.map(withoutOrdinals);
}

/** The chain without the labels 1 to 9 of a number in numbered groups. */
function withoutOrdinals(chain: Run[]): Run[] {
  const isNumbered = (start: number) => {
    const length = chain[start + 1]?.digits.length ?? 0;
    if ((length !== 6 && length !== 7) || chain.length - start < 18) return false;
    for (let pair = 0; pair < 9; pair += 1) {
      if (chain[start + 2 * pair]?.digits !== String(pair + 1)) return false;
      if (chain[start + 2 * pair + 1]?.digits.length !== length) return false;
    }
    return true;
  };
  const kept: Run[] = [];
  let from = 0;
  let to = 0;
  for (const [index, run] of chain.entries()) {
    if (index >= to && isNumbered(index)) {
      from = index;
      to = index + 18;
    }
    if (index >= to || (index - from) % 2 === 1) kept.push(run);
  }
  return kept;
}

function isSeparation(text: string): boolean {
  if (text !== "" && SPACE.test(text.charAt(0)) && isBoxLabel(text)) return true;
  const characters = Array.from(text);
  return (
    characters.length <= MAX_SEPARATION &&
    characters.filter((one) => HYPHEN.test(one)).length <= 1 &&
    characters.every((one) => SPACE.test(one) || HYPHEN.test(one))
  );
}

/** A lone letter A to H, as the portal prints them at the boxes. */
function isBoxLabel(text: string): boolean {
  return Array.from(text).length <= MAX_SEPARATION + 4 && /^[ \t\u{a0}\u{3000}]*[A-H](?:[:：]+[ \t\u{a0}\u{3000}]*|[ \t\u{a0}\u{3000}]+)$/u.test(text);
}

/** What may stand before a number that continues from the line above. */
function isIndentation(text: string): boolean {
  return isBoxLabel(text) || /^[ \t\u{a0}\u{3000}>|]*$/u.test(text);
}

/** What may stand after a number that continues on the line below. */
function isLineEnd(text: string): boolean {
  return new RegExp(`^${HYPHEN.source}?[ \\t\\u{a0}\\u{3000}]*$`, "u").test(text);
}
