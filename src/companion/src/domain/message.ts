// Whatever a camera, a scanner, a link or a clipboard yields.

import { bad, type Result } from "./fault";
import type { Message } from "./messages";
import { parseNumber } from "./numbers";
import { beginsAsPacket, parsePacket } from "./packet";

const SURROUNDING = /^[ \t\n\r\u{a0}\u{3000}\u{feff}]+|[ \t\n\r\u{a0}\u{3000}\u{feff}]+$/gu;

/** Reads a message: a bare number, a bare packet, or a link with a packet behind its `#`. */
export function parseMessage(text: string): Result<Message> {
  const trimmed = text.replace(SURROUNDING, "");
  if (/^https?:\/\//i.test(trimmed)) {
    const hash = trimmed.indexOf("#");
    const packet = trimmed.slice(hash + 1);
    return hash >= 0 && beginsAsPacket(packet) ? parsePacket(packet) : bad("link-no-message");
  }
  return beginsAsPacket(trimmed) ? parsePacket(trimmed) : parseNumber(text);
}
