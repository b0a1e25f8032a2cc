// Every file of fixtures/pasted yields through the page's core the numbers that
// expected.json says, and the field beside a request takes what a person pastes.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Pasted } from "../../src/core/types";
import { practiceCid, practiceIid, replyOf } from "../lab/numbers";
import { core, value } from "../lab/walk";
import { FIXTURES } from "./fixtures";

interface Expected {
  installation_ids?: { digits: string; line: number }[];
  confirmation_ids?: { digits: string; line: number }[];
  damaged?: { line: number; groups: string[] | null }[];
  error?: string;
  line?: number;
  groups?: string[] | null;
}

interface Found {
  readonly installation_ids: { digits: string; line: number }[];
  readonly confirmation_ids: { digits: string; line: number }[];
  readonly damaged: { line: number; groups: string[] }[];
}

/** As a browser decodes a file that a person gives it. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

const page = await core();
const expected = JSON.parse(readFileSync(`${FIXTURES}pasted/expected.json`, "utf8")) as Record<string, Expected>;
// Bytes that are no text are refused before any search.
const texts = Object.entries(expected).filter(([, one]) => !one.error || one.error === "pasted-damaged-number" || one.error === "pasted-nothing-found");

describe("fixtures/pasted", () => {
  it.each(texts)("%s", (file, expectation) => {
    const found = value(page.call<Found>("find", { text: decode(readFileSync(`${FIXTURES}pasted/${file}`)) }));
    const damaged = found.damaged.map(({ line, groups }) => ({ line, groups: groups.length > 0 ? groups : null }));
    if (expectation.error === "pasted-damaged-number") {
      expect(damaged[0]).toEqual({ line: expectation.line, groups: expectation.groups });
    } else expect(damaged).toEqual(expectation.error ? [] : expectation.damaged);
    const places = (list: Expected["installation_ids"]) => (list ?? []).map(({ digits, line }) => ({ digits, line }));
    expect(found.installation_ids).toEqual(places(expectation.installation_ids));
    expect(found.confirmation_ids).toEqual(places(expectation.confirmation_ids));
  });
});

describe("the field beside a request", () => {
  const own = practiceIid("own");
  const other = practiceIid("other");
  const paste = (text: string): Pasted => {
    value(page.call("clear-paste"));
    return value(page.call<Pasted>("paste", { text, tag: own.tag }));
  };

  it("takes a reply for the request that it answers, and for no other", () => {
    expect(paste(replyOf(own))).toMatchObject({ kind: "whole", tag: own.tag, at_once: true });
    expect(paste(replyOf(other))).toMatchObject({ kind: "whole", tag: other.tag, cid: practiceCid(other).join("") });
    // From now on these digits are the other one's, however they come.
    expect(paste(practiceCid(other).join(" "))).toMatchObject({ kind: "whole", tag: other.tag });
  });

  it("asks before it takes what was typed, since more may follow behind box H", () => {
    value(page.call("clear-paste"));
    const digits = practiceCid(own).join("");
    let last: Pasted = { kind: "empty" };
    for (let end = 1; end <= digits.length; end += 1) {
      last = value(page.call<Pasted>("paste", { text: digits.slice(0, end), tag: own.tag }));
      if (end < digits.length) expect(last.kind).toBe("incomplete");
    }
    expect(last).toMatchObject({ kind: "whole", at_once: false });
  });

  it("names a wrong box, and offers 48 digits to insist upon only where nothing stood behind them", () => {
    const wrong = practiceCid(own).join("").replace(/^(.{13})(.)/, (_, start: string, digit: string) => `${start}${(Number(digit) + 1) % 10}`);
    expect(paste(wrong)).toMatchObject({ kind: "damaged", fault: { id: "number-wrong-groups", groups: ["C"] }, insist: wrong });
    expect(paste(`${wrong}${replyOf(own).slice(48)}`)).toMatchObject({ kind: "damaged", insist: null });
  });
});

describe("a defect in the core", () => {
  it("is told, and the next call finds a core that works", async () => {
    const broken = await core();
    const before = await broken.ready();
    expect(broken.call("no such call")).toMatchObject({ ok: false, fault: { id: "core-defect" } });
    expect(await broken.ready()).toBe(before);
    // A text deeper than its stack.
    const deep = broken.call("look", { text: `{"hikyaku":"trip","version":1,"x":${"[".repeat(4_000_000)}` });
    expect(deep.ok).toBe(false);
    await broken.ready();
    expect(broken.call("read", { text: own63 })).toMatchObject({ ok: true });
  });
});

const own63 = practiceIid("own").digits;
