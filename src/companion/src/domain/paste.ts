// Numbers in whatever a person pastes: found by their digits, never corrected.

import { fold } from "./digits";
import { type Fault, fault } from "./fault";
import { type GroupView, viewOf } from "./groups";
import type { ConfirmationId, InstallationId } from "./messages";
import { parseCid, parseReply } from "./numbers";
import { type Reading, readChain } from "./paste_readings";
import { chainsOf, linesOf } from "./paste_runs";

/** Longest text that is searched, in UTF-16 units; the portal's page has far less. */
export const MAX_PASTE = 1024 * 1024;

/** Everything that a text holds, each number once, in order. */
export function findNumbers(text: string): Reading[] {
  const seen = new Set<string>();
  return chainsOf(linesOf(text.slice(0, MAX_PASTE)))
    .flatMap(readChain)
    .filter((reading) => {
      if (reading.kind === "damaged") return true;
      const { digits } = reading.kind === "iid" ? reading.iid : reading.cid;
      const isNew = !seen.has(digits);
      seen.add(digits);
      return isNew;
    });
}

/** A box letter on a line of its own, as a page in columns is copied: so many characters at most. */
const MAX_LETTER_LINE = 24;
const LETTER_LINE = /^[ \t\u{3000}]*([A-H])[ \t\u{3000}]*[:：]?[ \t\u{3000}]*\r?$/u;

/** The text with such letters before the line that follows. */
function withLettersBeside(text: string): string {
  const lines = text.split("\n");
  return lines
    .map((line, index) => {
      // Only a short line is searched at all: backtracking over a long one takes seconds.
      const letter = line.length <= MAX_LETTER_LINE ? LETTER_LINE.exec(line)?.[1] : undefined;
      if (index === lines.length - 1) return line;
      return letter === undefined ? `${line}\n` : `${letter} `;
    })
    .join("");
}

/** What a pasted text says about a Confirmation ID. */
export type PastedCid =
  | { readonly kind: "found"; readonly cid: ConfirmationId }
  /** Two or more different ones: the person says which. */
  | { readonly kind: "several"; readonly cids: readonly ConfirmationId[] }
  /** An Installation ID was pasted instead. */
  | { readonly kind: "iid"; readonly iid: InstallationId }
  /** Looks like one, but fails; `digits` where there are 48, which a person may insist upon. */
  | { readonly kind: "damaged"; readonly fault: Fault; readonly boxes: readonly GroupView[]; readonly digits?: string }
  | { readonly kind: "none" };

/** Searches a pasted or typed text for a Confirmation ID that holds. */
export function findCid(text: string): PastedCid {
  const folded = fold(text);
  // Nothing but a number: also one in a writing that free text would not allow.
  const whole = folded.ok ? parseCid(text) : undefined;
  if (whole?.ok) return { kind: "found", cid: whole.value };
  const reply = folded.ok ? parseReply(text) : undefined;
  if (reply?.ok) return { kind: "found", cid: reply.value.cid };
  const readings = findNumbers(withLettersBeside(text.slice(0, MAX_PASTE)));
  const cids = readings.flatMap((reading) => (reading.kind === "cid" ? [reading.cid] : []));
  const [first] = cids;
  if (cids.length > 1) return { kind: "several", cids };
  if (first) return { kind: "found", cid: first };
  const iid = readings.find((reading) => reading.kind === "iid");
  if (iid) return { kind: "iid", iid: iid.iid };
  const damaged = readings.find((reading) => reading.kind === "damaged");
  const bare = damaged ? damaged.text : folded.ok ? text : undefined;
  return bare === undefined ? { kind: "none" } : boxesOf(bare);
}

/** Every Installation ID of a text. */
export function findIids(text: string): InstallationId[] {
  return findNumbers(text).flatMap((reading) => (reading.kind === "iid" ? [reading.iid] : []));
}

/** The boxes A to H as they stand; boxes not yet filled are not wrong yet. */
function boxesOf(text: string): PastedCid {
  const folded = fold(text);
  if (!folded.ok) return { kind: "none" };
  const { digits } = folded.value;
  const boxes = viewOf("cid", folded.value);
  const wrong = boxes.filter((box) => box.defect).map((box) => box.label);
  const facts = { kind: "cid", expected: 48, found: digits.length, groups: wrong.join(", "), count: wrong.length };
  const id = wrong.length > 0 ? "number-wrong-groups" : "number-wrong-length";
  return {
    kind: "damaged",
    fault: fault(id, facts, wrong),
    boxes,
    ...(digits.length === 48 && { digits }),
  };
}
