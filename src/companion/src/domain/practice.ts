// Practice numbers: well-formed, recognisable, and made up by the documented
// hash of the Rust side (src/activation/practice.rs).

import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { checkDigit } from "./groups";
import type { ConfirmationId, InstallationId } from "./messages";
import { confirmationId, installationId } from "./numbers";

/** A practice Installation ID of 63 digits, the same for the same seed. */
export function practiceIid(seed: string): InstallationId {
  return installationId(numberFrom("hikyaku practice iid:", seed, 9, 6));
}

/**
 * The practice portal's answer; `undefined` for a real Installation ID, which
 * only the vendor's portal can answer.
 */
export function practiceCid(iid: InstallationId): ConfirmationId | undefined {
  return iid.practice ? confirmationId(numberFrom("hikyaku practice cid:", iid.digits, 8, 5)) : undefined;
}

function numberFrom(domain: string, seed: string, groups: number, digits: number): string {
  const hash = sha256(utf8ToBytes(domain + seed));
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
  let text = "0".repeat(digits + 1);
  for (let group = 1; group < groups; group += 1) {
    const value = String(view.getUint32((group - 1) * 4) % 10 ** digits).padStart(digits, "0");
    text += value + checkDigit(value);
  }
  return text;
}
