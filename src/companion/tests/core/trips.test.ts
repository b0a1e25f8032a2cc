// Trip files and trips in parts through the page's core: the fixtures that the
// Rust side runs too (tests/trip_vectors.rs), and files that mean harm.

import { describe, expect, it } from "vitest";
import { practiceIid } from "../lab/numbers";
import { core, value, Walk } from "../lab/walk";
import { type Bad, fixtures } from "./fixtures";

const page = await core();
const look = (text: string) => page.call<{ name: string; pcs: number; entries: number }>("look", { text });
const goods = fixtures<{ name: string; text: string }>("trip/good");

describe("fixtures/trip", () => {
  it.each(goods.map((good) => [good.name, good] as const))("%s is read, joined and handed on", async (_, good) => {
    const file = JSON.parse(good.text) as { name: string; pcs: { entries: { iid: string }[] }[] };
    const numbers = file.pcs.flatMap((pc) => pc.entries.map((entry) => entry.iid));
    expect(value(look(good.text))).toEqual({ name: file.name, pcs: file.pcs.length, entries: numbers.length });
    const walk = await Walk.begin("Walk", 1000);
    // Practice and real numbers never meet in one trip.
    if (new Set(numbers.map((number) => number.startsWith("000000"))).size > 1) {
      expect(walk.try({ kind: "import", text: good.text })).toMatchObject({ fault: { id: "trip-file-malformed" } });
      return;
    }
    walk.apply({ kind: "import", text: good.text });
    const handed = walk.file();
    for (const number of numbers) expect(handed).toContain(number);
    // What is exported can be imported, and says nothing new.
    expect(walk.apply({ kind: "import", text: handed })).toMatchObject({ pcs: 0, entries: 0, conflicts: 0 });
    expect(walk.file()).toBe(handed);
  });

  it.each(fixtures<Bad>("trip/bad").map((bad) => [bad.name, bad] as const))("%s is refused", (_, bad) => {
    const read = look(bad.text);
    if (read.ok) throw new Error("it is read");
    expect(read.fault.id).toBe(bad.error);
    expect(read.fault.groups).toEqual(bad.groups ?? []);
  });
});

describe("a hostile file", () => {
  const good = goods.find((one) => one.name === "everything")?.text ?? "";
  const named = (name: string) => good.replace('"北病棟 2025-12-03"', name);

  it.each([
    ["70 MB", `${good}${" ".repeat(70_000_000)}`, "trip-file-too-large"],
    ["a name of millions of escapes", named(`"${"\\n".repeat(3_000_000)}"`), "trip-file-malformed"],
    ["a hundred thousand brackets", named("[".repeat(100_000) + "]".repeat(100_000)), "trip-file-malformed"],
    ["an escaped duplicate", good.replace('"version"', '"\\u006eame": "x", "version"'), "trip-file-duplicate-key"],
    ["__proto__", good.replace('"version"', '"__proto__": {"version": 1}, "version"'), "trip-file-malformed"],
    ["half a surrogate pair in a name", named('"\\ud800"'), "trip-file-not-json"],
  ])("%s is refused, and nothing breaks", (_, text, id) => {
    const read = look(text);
    expect(read.ok ? "read" : read.fault.id).toBe(id);
  });

  it("keeps script in a name what it is: text", () => {
    expect(value(look(named('"<img src=x onerror=alert(1)>"'))).name).toBe("<img src=x onerror=alert(1)>");
  });
});

interface PartsFixture {
  name: string;
  trip: string;
  parts: string[];
  whole: boolean;
}

describe("fixtures/trip/parts", () => {
  it.each(fixtures<PartsFixture>("trip/parts").map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const collecting = await core();
    const taken = one.parts.map((text) => collecting.call<{ whole?: string }>("take-part", { text }));
    const whole = taken.flatMap((part) => (part.ok && part.value.whole !== undefined ? [part.value.whole] : []));
    expect(whole.length > 0).toBe(one.whole);
    if (one.whole) {
      const messages = [whole[0], one.trip].map((text) => value(page.call("read", { text })));
      expect(messages[0]).toEqual(messages[1]);
    }
  });

  it("keeps what it has when something else comes by", async () => {
    const [one] = fixtures<PartsFixture>("trip/parts").filter((fixture) => fixture.name === "in-order");
    const collecting = await core();
    const add = (text: string) => collecting.call<{ whole?: string }>("take-part", { text });
    add(one?.parts[0] ?? "");
    for (const [text, id] of [
      ["https://example.org", "parts-not-a-part"],
      ["ur:crypto-psbt/1-2/aead", "parts-other-type"],
      ["ur:hikyaku-trip/1-99999999/aead", "parts-too-large"],
      ["ur:hikyaku-trip/1-2/aead", "parts-other-trip"],
      [(one?.parts[1] ?? "").replace(/..$/, "AA"), "parts-damaged"],
    ] as const) {
      const taken = add(text);
      expect(taken.ok ? "taken" : taken.fault.id, text).toBe(id);
    }
    const rest = (one?.parts ?? []).map(add).at(-1);
    expect(rest?.ok && rest.value.whole).toMatch(/^t1\./);
  });

  it("carries a trip to another device, bare numbers too", async () => {
    const walk = await Walk.begin("Walk", 1000);
    walk.apply({ kind: "collect", text: practiceIid("a").digits, name: "Desk" });
    walk.apply({ kind: "collect", text: practiceIid("b").digits });
    walk.answer(practiceIid("a").digits);
    const { needed, left_out } = value(walk.core.call<{ needed: number; left_out: number }>("hand-over", { at: 1000 }));
    expect(left_out).toBe(0);
    const to = await Walk.begin("Elsewhere", 2000);
    let whole: string | undefined;
    for (let part = 0; part < 3 * needed && whole === undefined; part += 1) {
      const text = value(walk.core.call<string>("next-part"));
      whole = value(to.core.call<{ whole?: string }>("take-part", { text })).whole;
    }
    expect(to.apply({ kind: "import", text: whole ?? "" })).toMatchObject({ pcs: 2, entries: 2 });
    expect(to.detail(1)).toMatchObject({ name: "Desk", entries: [{ state: "cid" }] });
  });
});

describe("tables", () => {
  it("hold no whole number, and run no formula that a name holds", async () => {
    const walk = await Walk.begin("Walk", 1000);
    const iid = practiceIid("a");
    walk.apply({ kind: "collect", text: iid.digits, name: '=HYPERLINK("http://x","y")' });
    const table = value(
      walk.core.call<string>("table", {
        at: 1000,
        heads: Array.from({ length: 14 }, (_, index) => `H${index}`),
        words: { "progress-requested": "open" },
        statuses: {},
        times: { 1000: "1970-01-01 00:16:40" },
      }),
    );
    const [, row = ""] = table.split("\r\n");
    expect(row.startsWith('"\'=HYPERLINK(""http://x"",""y"")"')).toBe(true);
    expect(row).toContain(",open,");
    expect(row).toContain(",1970-01-01 00:16:40,");
    expect(table).not.toContain(iid.digits);
  });
});
