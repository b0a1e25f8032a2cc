// Every file of fixtures/pasted yields the numbers that expected.json says
// (names around them are the Rust side's business), and a person's paste is
// searched for a Confirmation ID.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findCid, findNumbers } from "../../src/domain/paste";
import { practiceCid, practiceIid } from "../../src/domain/practice";
import { FIXTURES } from "./fixtures";

interface Expected {
  installation_ids?: { digits: string; line: number }[];
  confirmation_ids?: { digits: string; line: number }[];
  damaged?: { line: number; groups: string[] | null }[];
  error?: string;
  line?: number;
  groups?: string[] | null;
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

const expected = JSON.parse(readFileSync(`${FIXTURES}pasted/expected.json`, "utf8")) as Record<string, Expected>;
// Bytes that are no text are refused before any search.
const texts = Object.entries(expected).filter(([, one]) => !one.error || one.error === "pasted-damaged-number" || one.error === "pasted-nothing-found");

describe("fixtures/pasted", () => {
  it.each(texts)("%s", (file, expectation) => {
    const readings = findNumbers(decode(readFileSync(`${FIXTURES}pasted/${file}`)));
    const iids = readings.filter((one) => one.kind === "iid");
    const cids = readings.filter((one) => one.kind === "cid");
    const damaged = readings
      .filter((one) => one.kind === "damaged")
      .map(({ line, fault }) => ({
        line: line + 1,
        groups: fault.id === "number-wrong-groups" ? fault.groups : null,
      }));
    if (expectation.error === "pasted-damaged-number") {
      expect(damaged[0]).toEqual({ line: expectation.line, groups: expectation.groups });
    } else if (!expectation.error) {
      expect(damaged).toEqual(expectation.damaged);
    } else expect(damaged).toEqual([]);
    const places = (list: Expected["installation_ids"]) => (list ?? []).map(({ digits, line }) => ({ digits, line }));
    expect(iids.map((one) => ({ digits: one.iid.digits, line: one.line + 1 }))).toEqual(
      places(expectation.installation_ids),
    );
    expect(cids.map((one) => ({ digits: one.cid.digits, line: one.line + 1 }))).toEqual(
      places(expectation.confirmation_ids),
    );
  });
});

describe("a long text", () => {
  const hostile: Record<string, (length: number) => string> = {
    "a letter and spaces": (length) => `A${" ".repeat(length)}x`,
    "letters on lines": (length) => "A \n".repeat(length / 3),
    "carriage returns": (length) => `${"\r".repeat(length)}x`,
    "spaces": (length) => `${" ".repeat(length)}x`,
    "sound groups": (length) => "135800 ".repeat(length / 7),
    "lines of groups": (length) => "1111111\n".repeat(length / 8),
    "single digits": (length) => "0 ".repeat(length / 2),
    "boxes": (length) => "A 135800 ".repeat(length / 9),
  };
  /** The quicker of two runs, in milliseconds. */
  const took = (text: string) =>
    Math.min(
      ...[0, 1].map(() => {
        const start = performance.now();
        findCid(text);
        return performance.now() - start;
      }),
    );

  // Twice the text may take about twice the time, not four times: eight times
  // the text is 64 times the work where it is quadratic.
  it.each(Object.entries(hostile))("of %s is searched in linear time", (_, make) => {
    const [short, long] = [took(make(16_000)), took(make(128_000))];
    expect(long).toBeLessThan(24 * Math.max(short, 20));
  }, 60_000);
});

describe("a pasted Confirmation ID", () => {
  const cid = "092914 273902 996432 764863 869585 514303 965545 262473";
  const digits = cid.replaceAll(" ", "");
  const boxes = cid.split(" ");

  it.each([
    ["bare", digits],
    ["in groups", cid],
    ["hyphens", cid.replaceAll(" ", "-")],
    ["full-width", cid.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))],
    ["boxes on one line", boxes.map((box, index) => `${"ABCDEFGH"[index]}: ${box}`).join("  ")],
    ["a box a line", boxes.map((box, index) => `${"ABCDEFGH"[index]}\n${box}`).join("\n")],
    [
      "a box a line, in the page's text",
      `Confirmation ID\n${boxes.map((box, index) => `${"ABCDEFGH"[index]}\n${box}`).join("\n")}\nCopy`,
    ],
    ["a table's tabs", boxes.map((box, index) => `${"ABCDEFGH"[index]}\t${box}`).join("\t")],
    ["amid the page's text", `Your confirmation ID is\r\n\r\n  ${cid}\r\n\r\nEnter it on your device. 2025`],
    ["Japanese around it", `確認 ID：${cid}\nこの番号を入力してください`],
  ])("is found: %s", (_, text) => {
    const found = findCid(text);
    expect(found).toMatchObject({ kind: "found", cid: { digits } });
  });

  it("names the wrong box and offers the 48 digits to insist upon", () => {
    const found = findCid(cid.replace("996432", "996433"));
    expect(found).toMatchObject({ kind: "damaged", fault: { id: "number-wrong-groups", groups: ["C"] } });
    expect(found.kind === "damaged" && found.digits).toBe(digits.replace("996432", "996433"));
  });

  it("names the box that lacks a digit, and then there is nothing to insist upon", () => {
    const found = findCid(cid.replace("764863", "76486"));
    expect(found).toMatchObject({ kind: "damaged", fault: { groups: ["D"] } });
    expect(found).not.toHaveProperty("digits");
  });

  it("asks where two different ones stand", () => {
    const other = practiceCid(practiceIid("other"))?.groups.join(" ");
    expect(findCid(`${cid}\n\n${other}`)).toMatchObject({ kind: "several", cids: [{ digits }, {}] });
    expect(findCid(`${cid}\n\n${digits}`)).toMatchObject({ kind: "found" });
  });

  it("tells an Installation ID from a Confirmation ID", () => {
    const iid = practiceIid("x");
    expect(findCid(iid.groups.join(" "))).toMatchObject({ kind: "iid", iid: { digits: iid.digits } });
  });

  it("finds nothing in nothing", () => {
    expect(findCid("").kind).toBe("none");
    expect(findCid("see https://aka.ms/aoh").kind).toBe("none");
  });
});
