// Trip files, parts and tables: the fixtures that the Rust side runs too
// (tests/trip_vectors.rs), and what a spreadsheet must not be made to do.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseMessage } from "../../src/domain/message";
import { practiceIid } from "../../src/domain/practice";
import { cellText, recordOf, toCsv } from "../../src/transfer/csv";
import { fromPacket, toPacket } from "../../src/transfer/packet_trip";
import { readTripFile, writeTripFile } from "../../src/transfer/trip_file";
import { partsOf, UrCollector } from "../../src/transfer/ur";
import { emptyTrip, reduce } from "../../src/trip/reducer";
import { type Bad, FIXTURES, fixtures } from "./fixtures";

describe("fixtures/trip", () => {
  it.each(fixtures<{ name: string; text: string }>("trip/good").map((good) => [good.name, good] as const))(
    "%s is read and written",
    (_, good) => {
      const trip = readTripFile(good.text);
      if (!trip.ok) throw new Error(JSON.stringify(trip.fault));
      const { written_at } = JSON.parse(good.text) as { written_at: number };
      expect(writeTripFile(trip.value, written_at)).toBe(good.text);
    },
  );

  it.each(fixtures<Bad>("trip/bad").map((bad) => [bad.name, bad] as const))("%s is refused", (_, bad) => {
    const trip = readTripFile(bad.text);
    if (trip.ok) throw new Error("it is read");
    expect(trip.fault.id).toBe(bad.error);
    expect(trip.fault.groups).toEqual(bad.groups ?? []);
  });
});

describe("a hostile file", () => {
  const good = fixtures<{ name: string; text: string }>("trip/good").find((one) => one.name === "everything")?.text ?? "";
  const named = (name: string) => good.replace('"北病棟 2025-12-03"', name);

  it.each([
    ["70 MB", `${good}${" ".repeat(70_000_000)}`, "trip-file-too-large"],
    ["a name of millions of escapes", named(`"${"\\n".repeat(3_000_000)}"`), "trip-file-malformed"],
    ["a hundred thousand brackets", named("[".repeat(100_000) + "]".repeat(100_000)), "trip-file-malformed"],
    ["an escaped duplicate", good.replace('"version"', '"\\u006eame": "x", "version"'), "trip-file-duplicate-key"],
    ["__proto__", good.replace('"version"', '"__proto__": {"version": 1}, "version"'), "trip-file-malformed"],
    ["half a surrogate pair in a name", named('"\\ud800"'), "trip-file-malformed"],
  ])("%s is refused, and nothing breaks", (_, text, id) => {
    const trip = readTripFile(text);
    expect(trip.ok ? "read" : trip.fault.id).toBe(id);
  });

  it("keeps script in a name what it is: text", () => {
    const trip = readTripFile(named('"<img src=x onerror=alert(1)>"'));
    expect(trip.ok && trip.value.name).toBe("<img src=x onerror=alert(1)>");
  });
});

interface PartsFixture {
  name: string;
  trip: string;
  fragment: number;
  parts: string[];
  whole: boolean;
}

describe("fixtures/trip/parts", () => {
  it.each(fixtures<PartsFixture>("trip/parts").map((one) => [one.name, one] as const))("%s", (_, one) => {
    const message = parseMessage(one.trip);
    if (!message.ok || message.value.kind !== "trip") throw new Error("a trip");
    const collector = new UrCollector();
    const results = one.parts.map((part) => collector.add(part));
    const done = results.find((result) => result.done)?.done;
    expect(done !== undefined).toBe(one.whole);
    if (done) expect(done).toEqual({ ok: true, value: fromPacket(message.value.trip) });
    // Both sides cut alike: what the other one made is what we would make.
    const parts = partsOf(message.value.trip, one.fragment);
    const ours = new Set(Array.from({ length: 3 * parts.count }, () => parts.next()));
    expect(one.parts.filter((part) => !ours.has(part))).toEqual([]);
  });

  it("keeps what it has when something else comes by", () => {
    const [one] = fixtures<PartsFixture>("trip/parts").filter((fixture) => fixture.name === "in-order");
    const collector = new UrCollector();
    collector.add(one?.parts[0] ?? "");
    for (const [text, id] of [
      ["https://example.org", "parts-not-a-part"],
      ["ur:crypto-psbt/1-2/aead", "parts-other-type"],
      ["ur:hikyaku-trip/1-99999999/aead", "parts-too-large"],
      ["ur:hikyaku-trip/1-2/aead", "parts-other-trip"],
      [(one?.parts[1] ?? "").replace(/..$/, "AA"), "parts-damaged"],
    ] as const) {
      expect(collector.add(text).fault?.id, text).toBe(id);
    }
    const rest = (one?.parts ?? []).map((part) => collector.add(part));
    expect(rest.at(-1)?.done?.ok).toBe(true);
  });
});

describe("packets of trips", () => {
  it("carry bare numbers, and come back as what they were", () => {
    let trip = emptyTrip("Walk", 1000);
    trip = reduce(trip, { kind: "iid", iid: practiceIid("a"), name: "Desk" }, 1000).trip;
    trip = reduce(trip, { kind: "iid", iid: practiceIid("b") }, 1000).trip;
    const { packet, left } = toPacket(trip, 1000);
    expect(left).toBe(0);
    expect(fromPacket(packet)).toEqual(trip);
  });
});

describe("tables", () => {
  const words = {
    headings: ["PC", "Serial", "Product", "Key", "State", "Code", "1", "2", "3", "4", "IID", "Tag"],
    state: (state: string) => state,
  } as const;

  it("run no formula that a name holds, and quote what needs it", () => {
    let trip = emptyTrip("Walk", 1000);
    for (const name of ['=HYPERLINK("http://x","y")', "+1", "-1", "@a", "＝1", "a, b"]) {
      trip = reduce(trip, { kind: "iid", iid: practiceIid(name), name }, 1000).trip;
    }
    const lines = toCsv(trip, words).split("\r\n");
    const first = lines.slice(1, -1).map((line) => line.slice(0, 6));
    expect(first).toEqual(['"\'=HYP', '"\'+1",', '"\'-1",', '"\'@a",', '"\'＝1",', '"a, b"']);
    expect(lines[1]).toContain('(""http://x"",""y"")');
    expect(lines).toHaveLength(8);
  });

  it("keep every text that a spreadsheet would convert, as the binary does", () => {
    const cells = JSON.parse(readFileSync(`${FIXTURES}csv/cells.json`, "utf8")) as [string, string][];
    expect(cells.length).toBeGreaterThan(30);
    for (const [text, written] of cells) expect(cellText(text), text).toBe(written);
    const request = { kind: "iid", iid: practiceIid("a"), name: "0012345" } as const;
    const [, row = ""] = toCsv(reduce(emptyTrip("Walk", 1000), request, 1000).trip, words).split("\r\n");
    expect(row.startsWith('"=""0012345""",')).toBe(true);
    // Times stay times.
    expect(row).toMatch(/,1970-01-01 \d\d:\d\d:\d\d,/);
  });

  it("never show a whole number", () => {
    const iid = practiceIid("a");
    const trip = reduce(emptyTrip("Walk", 1000), { kind: "iid", iid }, 1000).trip;
    expect(toCsv(trip, words)).not.toContain(iid.digits);
    expect(recordOf(trip)[0]?.iid).toBe(`${iid.groups[0]} … ${iid.groups[8]}`);
  });
});
