// Numbers as text: bare digits, whose length says what they are.

import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Folded, fold } from "./digits";
import { bad, good, type Result } from "./fault";
import {
  diagnose,
  type Diagnosis,
  type GroupView,
  guessKind,
  kindOfLength,
  type NumberKind,
  shapeOf,
  split,
  viewOf,
} from "./groups";
import type { ConfirmationId, InstallationId, Message, Reply } from "./messages";

const CID_DIGITS = 48;
const TAG_DIGITS = 10;

/** SHA-256 of the ASCII digits as a big-endian integer, modulo 10^10, ten digits. */
export function tagOf(iidDigits: string): string {
  let remainder = 0;
  for (const byte of sha256(utf8ToBytes(iidDigits))) remainder = (remainder * 256 + byte) % 10_000_000_000;
  return String(remainder).padStart(TAG_DIGITS, "0");
}

/** The groups of a bare number, by its length; empty where no number has that length. */
export function groupsOf(digits: string): string[] {
  const kind = kindOfLength(digits.length);
  return kind ? split(digits, shapeOf(kind).length).slice(0, shapeOf(kind).groups) : [];
}

/** Writes a reply: Confirmation ID, tag, check. */
export function replyDigits(cid: string, tag: string): string {
  return cid + tag + mod9710(cid + tag);
}

/** The number group by group as a person sees it, for whatever is typed so far; `undefined` for text that holds letters or no digit. */
export function viewGroups(kind: "iid" | "cid", text: string): GroupView[] | undefined {
  const folded = fold(text);
  if (!folded.ok) return undefined;
  const guessed = guessKind(folded.value);
  return viewOf(kind === "cid" ? "cid" : guessed === "iid54" ? "iid54" : "iid63", folded.value);
}

/** Reads an Installation ID from any writing of it. */
export function parseIid(text: string): Result<InstallationId> {
  const folded = fold(text);
  if (!folded.ok) return folded;
  const { digits } = folded.value;
  const guess = guessKind(folded.value);
  if (
    shapeOf(guess).digits === digits.length &&
    (guess === "cid" || guess === "reply") &&
    diagnose(guess, folded.value).kind === "sound"
  ) {
    return otherKind("iid63", guess);
  }
  // 54 + 4 = 63 - 5: from there on 63 is the nearer.
  const kind = guess === "iid54" || digits.length <= 58 ? "iid54" : "iid63";
  const refused = refusal(kind, diagnose(kind, folded.value), digits.length);
  return refused ?? good(installationId(digits));
}

/** Reads a Confirmation ID from any writing of it. */
export function parseCid(text: string): Result<ConfirmationId> {
  const folded = fold(text);
  if (!folded.ok) return folded;
  const { digits } = folded.value;
  const found = kindOfLength(digits.length);
  if (found && found !== "cid" && diagnose(found, folded.value).kind === "sound") return otherKind("cid", found);
  const refused = refusal("cid", diagnose("cid", folded.value), digits.length);
  return refused ?? good(confirmationId(digits));
}

/** Reads a reply, however its digits are written. */
export function parseReply(text: string): Result<Reply> {
  const folded = fold(text);
  return folded.ok ? replyOf(folded.value) : folded;
}

/** Reads a number of any kind. */
export function parseNumber(text: string): Result<Message> {
  const folded = fold(text);
  if (!folded.ok) return folded;
  switch (guessKind(folded.value)) {
    case "iid63":
    case "iid54": {
      const iid = parseIid(text);
      return iid.ok ? good({ kind: "iid", iid: iid.value }) : iid;
    }
    case "cid": {
      const cid = parseCid(text);
      return cid.ok ? good({ kind: "cid", cid: cid.value }) : cid;
    }
    case "reply": {
      const reply = replyOf(folded.value);
      return reply.ok ? good({ kind: "reply", reply: reply.value }) : reply;
    }
  }
}

function replyOf(folded: Folded): Result<Reply> {
  const { digits } = folded;
  const found = kindOfLength(digits.length);
  if (found && found !== "reply" && diagnose(found, folded).kind === "sound") return otherKind("reply", found);
  const refused = refusal("reply", diagnose("reply", folded), digits.length);
  if (refused) return refused;
  const checked = digits.slice(0, CID_DIGITS + TAG_DIGITS);
  if (digits.slice(CID_DIGITS + TAG_DIGITS) !== mod9710(checked)) return bad("number-wrong-reply-check");
  return good({ cid: confirmationId(digits.slice(0, CID_DIGITS)), tag: checked.slice(CID_DIGITS) });
}

/** A number whose groups are known to hold. */
export function installationId(digits: string): InstallationId {
  const groups = groupsOf(digits);
  return { digits, groups, tag: tagOf(digits), practice: isAllZeros(groups[0]) };
}

/** A number whose groups are known to hold. */
export function confirmationId(digits: string): ConfirmationId {
  const groups = groupsOf(digits);
  return { digits, groups, practice: isAllZeros(groups[0]) };
}

/** Whether a number's first group says that it comes from practice mode. */
export function isPracticeDigits(digits: string): boolean {
  return isAllZeros(groupsOf(digits)[0]);
}

/** First and last group, the rest as dots: for records. */
export function masked(digits: string): string {
  const groups = groupsOf(digits);
  return groups.length > 1 ? `${groups[0]} … ${groups.at(-1)}` : "…";
}

function isAllZeros(group: string | undefined): boolean {
  return group !== undefined && /^0+$/.test(group);
}

function otherKind(wanted: NumberKind, found: NumberKind) {
  return bad("number-other-kind", { wanted: shapeOf(wanted).name, found: shapeOf(found).name });
}

function refusal(kind: NumberKind, diagnosis: Diagnosis, found: number) {
  const { name, digits: expected } = shapeOf(kind);
  switch (diagnosis.kind) {
    case "sound":
      return undefined;
    case "faults": {
      const labels = diagnosis.faults.map((one) => one.label);
      return bad("number-wrong-groups", { kind: name, groups: labels.join(", "), count: labels.length }, labels);
    }
    case "length":
      return bad(
        "number-wrong-length",
        {
          kind: name,
          expected,
          found,
          suspects: diagnosis.suspects.join(", "),
          "suspect-count": diagnosis.suspects.length,
        },
        diagnosis.suspects,
      );
  }
}

/** ISO 7064 MOD 97-10: the two digits, 02 to 98, that make the number 1 modulo 97. */
function mod9710(digits: string): string {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return String(98 - ((remainder * 100) % 97)).padStart(2, "0");
}
