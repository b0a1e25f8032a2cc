// What the page shows for a PC on which Hikyaku does not run is what the vectors
// of fixtures/numbers/keyed say, and every message beside it is there.

import { describe, expect, it } from "vitest";
import { hasMessage } from "../../src/i18n";
import { core, Walk } from "../lab/walk";
import { practiceCid, practiceIid } from "../lab/numbers";
import { fixtures } from "./fixtures";

interface Keyed {
  name: string;
  cid: string;
  activation_id: string | null;
  forms: Readonly<Record<string, string>>;
}

const page = await core();

describe("fixtures/numbers/keyed", () => {
  it.each(fixtures<Keyed>("numbers/keyed").map((one) => [one.name, one] as const))("%s reads back as the bare number", (_, one) => {
    for (const text of Object.values(one.forms)) {
      expect(page.call("read", { text })).toMatchObject({ ok: true, value: { kind: "cid", value: { digits: one.cid } } });
    }
  });
});

it("a reply says what is typed, in every form, and how", async () => {
  const walk = await Walk.begin("Walk", 1000);
  const iid = practiceIid("keyed");
  const collected = walk.apply({ kind: "collect", text: iid.digits });
  if (collected.kind !== "collected") throw new Error(collected.kind);
  walk.answer(iid.digits);
  const keyed = walk.detail(collected.pcs[0]?.pc ?? 0).entries[0]?.reply?.keyed;
  const cid = practiceCid(iid).join("");
  expect(keyed?.forms.map((form) => [form.name, form.text])).toEqual([
    ["command", `SLMGR /ATP ${cid}`],
    ["tabbed-boxes", practiceCid(iid).join("\t")],
    ["digits", cid],
  ]);
  expect(keyed?.command).toBe(`SLMGR /ATP ${cid}`);
  expect(keyed?.check).toBe("slmgr /xpr");
  // Nobody said which product it is: the command is for the main one.
  expect(keyed?.forms[0]?.how).toContain("keyed-main-product");
  const forms = keyed?.forms ?? [];
  const ids = [
    ...forms.flatMap((form) => [`keyed-form-${form.name}`, ...form.how]),
    ...(keyed?.closing ?? []),
    "keyed-switch",
    "keyed-switch-back",
    "keyed-title",
    "keyed-saw",
    "keyed-saw-ask",
    "keyed-saw-body",
  ];
  expect(ids.length).toBeGreaterThan(12);
  for (const language of ["ja", "en"] as const) for (const id of ids) expect(hasMessage(language, id), `${language}: ${id}`).toBe(true);
});

it("a person's word closes a PC, as its result code does", async () => {
  const walk = await Walk.begin("Walk", 1000);
  const iid = practiceIid("keyed");
  const collected = walk.apply({ kind: "collect", text: iid.digits });
  if (collected.kind !== "collected") throw new Error(collected.kind);
  const pc = collected.pcs[0]?.pc ?? 0;
  const tag = collected.pcs[0]?.tags[0] ?? "";
  expect(walk.try({ kind: "saw-activated", tag })).toMatchObject({ kind: "refused", fault: { id: "trip-no-cid-in-hand" } });
  walk.answer(iid.digits);
  expect(walk.apply({ kind: "saw-activated", tag })).toEqual({ kind: "received", pc, activated: [tag], failed: [] });
  expect(walk.detail(pc).entries[0]).toMatchObject({ state: "activated", reply: null });
});
