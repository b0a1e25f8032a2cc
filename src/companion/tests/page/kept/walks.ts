// The walks whose storage is remembered. Each begins on a phone that never saw
// the page, and goes through its screens.

import { BEGIN, type Hand } from "./hand";
import { answerTo, ESU, everyState, fixture, ODD_NAMES, OFFICE, practice, real, who, WINDOWS, withWrongBox } from "./pcs";
import { answer, atPortal, COLLECT, DELIVER, goTo } from "./screens";
import { asPortal, madeUpCid, madeUpIid, practiceCid, practiceIid, type Product, receipt, replyOf, request, trip, type Who } from "./writing";

export interface Walk {
  /** What the fixture holds, for its reader. */
  readonly about: string;
  /** Folder of the origin that the page lives in: its storage is named after it. */
  readonly folder?: string;
  /** Whether the one more PC that a test collects is a practice PC. */
  readonly practice: boolean;
  go(hand: Hand): Promise<void>;
}

interface Left {
  readonly who: Who;
  readonly product: Product;
}

export const WALKS: Readonly<Record<string, Walk>> = {
  "never-used": {
    about: "The page was opened, and nothing was done: a database without any record.",
    practice: false,
    go: async () => undefined,
  },
  empty: {
    about: "A walk that was begun anew after another one, and named; no PC yet.",
    practice: false,
    go: async (hand) => {
      await hand.link(request(who("OLD-PC"), real("an old one")));
      await hand.newTrip();
      await hand.nameTrip("南病棟 3 階");
    },
  },
  "collected-only": {
    about: "One PC, collected and nothing more.",
    practice: false,
    go: (hand) => hand.link(request(who("WARD3-PC1", "5CG1234XYZ"), real("collected only"))),
  },
  "every-state": {
    about:
      "Real-looking numbers. Seven PCs: open; Confirmation ID in hand (and seen once more since); reply shown; activated by its receipt; refused as another machine's (0xC004F031); not saved (0xC004F030); not activated without a code.",
    practice: false,
    go: (hand) => everyState(hand, real),
  },
  practice: {
    about: "The same seven PCs with practice numbers, which the page marks.",
    practice: true,
    go: (hand) => everyState(hand, practice),
  },
  "came-back": {
    about:
      "Numbers that changed. A: changed while its answer was in hand. B: changed, changed again, and came back to the first, whose answer holds again. C: changed after its reply was shown, answered anew, then activated. D: changed before any answer, never answered. E: a bare number, whose PC then told its name and another number, and whose first number was pasted again.",
    practice: false,
    go: async (hand) => {
      const pc = (name: string) => who(`CHANGED-${name}`, `SN-${name}`);
      for (const name of ["A", "B", "C", "D"]) await hand.link(request(pc(name), real(`${name} first`)));
      for (const name of ["A", "B", "C"]) await hand.answer(`CHANGED-${name}`, answerTo(real(`${name} first`)));
      await hand.link(request(pc("A"), real("A second")));
      await hand.link(request(pc("B"), real("B second")));
      await hand.link(request(pc("B"), real("B third")));
      await hand.answer("CHANGED-B", answerTo(real("B third")));
      await hand.link(request(pc("B"), real("B first")));
      await hand.deliver("CHANGED-C");
      await hand.link(request(pc("C"), real("C second")));
      await hand.answer("CHANGED-C", answerTo(real("C second")));
      await hand.deliver("CHANGED-C", false);
      await hand.link(receipt(pc("C"), { iid: real("C second").iid, status: 1 }));
      await hand.link(request(pc("D"), real("D second")));
      await hand.type(real("E first").iid);
      await hand.link(request(pc("E"), real("E first")));
      await hand.link(request(pc("E"), real("E second")));
      // A bare number that another number has taken the place of, seen again.
      await hand.type(real("E first").iid);
      await hand.page.locator(".notice.is-warn").waitFor();
    },
  },
  "void-answer-kept": {
    about:
      "A: its number changed, and the answer to the earlier one was pasted and kept although the page doubted it. B has the same number as A, kept against the page's doubt.",
    practice: false,
    go: async (hand) => {
      await hand.link(request(who("VOID-A", "SN-A"), real("void A")));
      await hand.link(request(who("VOID-B", "SN-B"), real("void B")));
      await hand.answer("VOID-A", answerTo(real("void A")));
      await hand.link(request(who("VOID-A", "SN-A"), real("void A, second")));
      await hand.answerAnyway("VOID-A", answerTo(real("void A")));
      await hand.answerAnyway("VOID-B", answerTo(real("void A")));
    },
  },
  replaced: {
    about:
      "A: a Confirmation ID in hand, whose reply had been shown, was replaced by another that a person kept against the page's doubt. It takes two tabs that do not hear of each other, since the screens ask for no answer to what is answered. B, whose number that was at first, has another by now.",
    practice: false,
    go: async (hand) => {
      const [a, b] = [real("replaced"), real("replaced, other")];
      await hand.link(request(who("REPLACED-A", "SN-A"), a));
      await hand.link(request(who("REPLACED-B", "SN-B"), b));
      await hand.answer("REPLACED-B", answerTo(a));
      const deaf = await hand.deafTab();
      await atPortal(deaf, "REPLACED-A");
      await answer(deaf, answerTo(a));
      await deaf.locator(".question").waitFor();
      await hand.answer("REPLACED-A", asPortal(madeUpCid("an answer to something else")));
      await hand.deliver("REPLACED-A");
      await hand.keepAnyway(deaf);
      await deaf.close();
      await hand.reload();
      await hand.takeBack("REPLACED-B");
      await hand.answer("REPLACED-B", answerTo(b));
    },
  },
  withdrawn: {
    about:
      "Confirmation IDs that were taken back. A: from the record, and not answered since. B: by the button beside the notice, and answered anew with another. C: after its reply was shown. D: after the PC had refused it.",
    practice: false,
    go: async (hand) => {
      const names = ["A", "B", "C", "D"] as const;
      for (const name of names) await hand.link(request(who(`BACK-${name}`, `SN-${name}`), real(`back ${name}`)));
      await hand.answer("BACK-A", answerTo(real("back A")));
      await hand.takeBack("BACK-A");
      await hand.answer("BACK-B", asPortal(madeUpCid("wrong")));
      await hand.act(() => hand.page.locator(".notice .grow button").tap());
      await hand.answer("BACK-B", answerTo(real("back B")));
      for (const name of ["C", "D"]) await hand.answer(`BACK-${name}`, answerTo(real(`back ${name}`)));
      await hand.deliver("BACK-C");
      await hand.takeBack("BACK-C");
      await hand.deliver("BACK-D", false);
      await hand.link(receipt(who("BACK-D", "SN-D"), { iid: real("back D").iid, status: 5, hresult: 0xc004f031 }));
      await hand.takeBack("BACK-D");
    },
  },
  namesakes: {
    about:
      "PCs of one name: two told apart by their serial numbers (one answered, one activated), and two bare numbers that a person gave the same name.",
    practice: false,
    go: async (hand) => {
      for (const serial of ["SN-1", "SN-2"]) await hand.link(request(who("SAME-NAME", serial), real(`same ${serial}`)));
      await hand.answer("SAME-NAME", answerTo(real("same SN-1")));
      await hand.answer("SAME-NAME", answerTo(real("same SN-2")));
      await hand.link(receipt(who("SAME-NAME", "SN-2"), { iid: real("same SN-2").iid, status: 1 }));
      for (const seed of ["same bare 1", "same bare 2"]) await hand.type(real(seed).iid);
      await hand.rename("PC 1", "SAME-NAME");
      await hand.rename("PC 2", "SAME-NAME");
    },
  },
  products: {
    about:
      "Several products on one PC: Windows, ESU and Office, of which one is activated, one shown, one open; one PC with sixteen of both lengths, two answered; and one whose Office came with a later request.",
    practice: false,
    go: async (hand) => {
      const three = [WINDOWS, ESU, OFFICE].map((product) => ({ ...product, iid: madeUpIid(`three ${product.id}`) }));
      const [windows, esu] = three as [Product, Product, Product];
      await hand.link(request(who("THREE-PRODUCTS", "SN-3"), ...three));
      const sixteen = Array.from({ length: 16 }, (_, index) => ({
        id: `00000000-0000-4000-8000-0000000000${String(index).padStart(2, "0")}`,
        name: `製品 ${index + 1}`,
        iid: madeUpIid(`sixteen ${index}`, index % 2 ? 6 : 7),
      }));
      await hand.link(request(who("SIXTEEN-PRODUCTS", "SN-16"), ...sixteen));
      await hand.link(request(who("LATER-OFFICE"), real("later windows")));
      await hand.link(request(who("LATER-OFFICE"), real("later windows"), { ...OFFICE, iid: madeUpIid("later office") }));
      await hand.answer("THREE-PRODUCTS", answerTo(windows), windows.name);
      await hand.answer("THREE-PRODUCTS", answerTo(esu), esu.name);
      await hand.deliver("THREE-PRODUCTS", false);
      await hand.link(receipt(who("THREE-PRODUCTS", "SN-3"), { iid: windows.iid, status: 1 }));
      await hand.page.locator(".reply button.wide").tap();
      for (const product of [sixteen[3], sixteen[8]] as Product[]) await hand.answer("SIXTEEN-PRODUCTS", answerTo(product), product.name);
    },
  },
  insisted: {
    about: "Check digits that a person let Windows decide about: in hand, and shown as a reply of 48 digits without a tag.",
    practice: false,
    go: async (hand) => {
      for (const name of ["INSISTED-1", "INSISTED-2"]) await hand.link(request(who(name), real(name)));
      for (const name of ["INSISTED-1", "INSISTED-2"]) {
        await hand.insist(name, withWrongBox(madeUpCid(real(name).iid)));
      }
      await hand.deliver("INSISTED-2");
    },
  },
  "insisted-came-back": {
    about:
      "Check digits that a person let Windows decide about, then another number, then the first again: today's page remembers the Confirmation ID and forgets that its check digits fail. It shows a reply of 60 digits that vouches for them, and saves a file that it refuses to read.",
    practice: false,
    go: async (hand) => {
      const first = request(who("INSISTED-BACK", "SN-I"), real("insisted, first"));
      await hand.link(first);
      await hand.insist("INSISTED-BACK", withWrongBox(madeUpCid(madeUpIid("insisted, first"))));
      await hand.link(request(who("INSISTED-BACK", "SN-I"), real("insisted, second")));
      await hand.link(first);
    },
  },
  "joined-leftovers": {
    about:
      "What two records of one number leave together in today's storage, after a packet and a file were taken in. A: refused here, activated there: activated, and the refusal's code is still there. B: insisted upon here, answered well and activated there: still marked as insisted upon. C and D: receipts for numbers that were never answered, activated and failed. E: taken back here, in hand there: in hand again. F: its earlier number was known there only.",
    practice: false,
    go: async (hand) => {
      const pcs = ["A", "B", "C", "D", "E", "F"].map((name) => ({ who: who(`LEFT-${name}`, `SN-${name}`), product: real(`left ${name}`) }));
      const [a, b, c, d, e, f] = pcs as [Left, Left, Left, Left, Left, Left];
      for (const pc of pcs) await hand.link(request(pc.who, pc.product));
      await hand.answer("LEFT-A", asPortal(madeUpCid("a wrong one")));
      await hand.link(receipt(a.who, { iid: a.product.iid, status: 5, hresult: 0xc004f031 }));
      await hand.insist("LEFT-B", withWrongBox(madeUpCid(b.product.iid)));
      await hand.link(receipt(c.who, { iid: c.product.iid, status: 1 }));
      await hand.link(receipt(d.who, { iid: d.product.iid, status: 5, hresult: 0xc004f050 }));
      await hand.answer("LEFT-E", answerTo(e.product));
      await hand.takeBack("LEFT-E");
      await hand.takeLink(
        trip(
          "別の携帯",
          BEGIN + 600,
          [a, b, e].map((one) => ({ who: one.who, products: [one.product] })),
          [a, b, e].map(({ product: { iid } }) => ({ iid, cid: madeUpCid(iid) })),
          [a, b].map((one) => ({ who: one.who, products: [{ iid: one.product.iid, status: 1 }] })),
        ),
      );
      const before = madeUpIid("left F, before");
      const file = {
        hikyaku: "trip",
        version: 1,
        name: "別の携帯",
        started_at: BEGIN,
        written_at: BEGIN,
        pcs: [
          {
            name: "LEFT-F",
            bare: false,
            serial: "SN-F",
            seen_at: BEGIN,
            entries: [
              {
                activation_id: WINDOWS.id,
                product: WINDOWS.name,
                iid: f.product.iid,
                state: "open",
                superseded: [{ iid: before, cid: madeUpCid(before), at: BEGIN }],
                steps: [{ kind: "seen-again", at: BEGIN }],
              },
            ],
          },
        ],
      };
      await hand.takeFile(JSON.stringify(file));
    },
  },
  names: {
    about:
      "Names that are hard to carry: a surrogate pair, combining marks in both normal forms, half-width kana, full-width letters, emoji, right-to-left letters, markup, a formula, quotes, a no-break space inside, 96 characters, and names of products among them. One was renamed, the trip too.",
    practice: true,
    go: async (hand) => {
      for (const [index, name] of ODD_NAMES.entries()) {
        const product = { ...practice(`name ${index}`), name: `${ODD_NAMES[(index + 1) % ODD_NAMES.length] ?? ""}` };
        await hand.link(request(who(name, index % 3 === 0 ? `製造-${index}-𠮷` : undefined), product));
      }
      await hand.answer(ODD_NAMES[0] ?? "", answerTo(practice("name 0")));
      await hand.deliver(ODD_NAMES[0] ?? "");
      await hand.link(request(who("TO-BE-RENAMED"), practice("renamed")));
      // What disturbs a page is taken out, spaces around it too.
      await hand.rename("TO-BE-RENAMED", "　 手術室\u200b１\u202e（麻酔器）　");
      await hand.nameTrip("髙﨑病院 <b>北棟</b> 👩‍⚕️ “2026”");
    },
  },
  bare: {
    about:
      "33 bare numbers, pasted at once: more than a page of the list. One was named, one removed, one answered, one told its name by its receipt, one by its request. Then a real one of 54 digits.",
    practice: true,
    go: async (hand) => {
      const iids = Array.from({ length: 33 }, (_, index) => practiceIid(`bare ${index}`));
      // The field is emptied once all are taken: 33 changes, of which the last is waited for.
      await hand.typeOnly(iids.join("\n"));
      await hand.page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#type-in-field")?.value === "");
      await hand.rename("PC 1", "受付 1");
      await hand.remove("PC 2");
      await hand.answer("PC 3", asPortal(practiceCid(iids[2] ?? "")));
      await hand.answer("PC 4", asPortal(practiceCid(iids[3] ?? "")));
      await hand.link(receipt(who("TOLD-BY-RECEIPT", "SN-T"), { iid: iids[3] ?? "", status: 1 }));
      await hand.link(request(who("TOLD-BY-REQUEST", "SN-Q"), practice("bare 4")));
      await hand.type(madeUpIid("bare, short", 6));
      await hand.nameTrip("番号だけの巡回");
    },
  },
  "merged-file": {
    about:
      "Three trip files were taken in (every state and key; a failure; facts, plans and numbers' histories of other devices), the first twice. Before that the trip had a PC of its own. Two PCs of one name and without a serial number, WARD3-PC7 of the last file, became one.",
    practice: false,
    go: async (hand) => {
      await hand.link(request(who("MY-OWN-PC", "SN-OWN"), real("my own")));
      const everything = fixture("trip/good/everything").text;
      await hand.takeFile(everything);
      await hand.takeFile(fixture("trip/good/before-the-change").text);
      await hand.takeFile(fixture("trip/good/facts").text);
      await hand.takeFile(everything);
    },
  },
  "odd-facts": {
    about:
      "A trip file whose facts and plans hold what JSON allows and programs rarely write: -0, a number that is none in a double (1e400), one beyond 2^53, half a surrogate pair, a NUL, lists 130 deep, keys that are empty, begin with $ or are called __proto__. Today's page carries all of it without looking inside.",
    practice: false,
    go: async (hand) => {
      const deep = "[".repeat(130) + "]".repeat(130);
      const facts = [
        '{"numbers": [-0, 1e-7, 1e400, 9007199254740993], "others": [null, true, {"": [[]]}]}',
        `{"text": "\\u0000\\u202e𠮷", "half": "\\ud842", "$number": "mine", "deep": ${deep}}`,
        '{"inside": {"__proto__": {"polluted": true}, "constructor": "mine"}}',
      ];
      const file = JSON.stringify({
        hikyaku: "trip",
        version: 1,
        name: "Odd",
        started_at: BEGIN,
        written_at: BEGIN,
        pcs: [
          {
            name: "ODD-FACTS",
            bare: false,
            seen_at: BEGIN,
            entries: [
              { iid: madeUpIid("odd facts"), state: "open", superseded: [], steps: [{ kind: "collected", at: BEGIN }], facts: ["HERE"] },
            ],
          },
        ],
        planned: [{ name: "まだ見ていない PC", note: "𠮷", half: "HALF" }],
      });
      await hand.takeFile(file.replace('"HERE"', facts.join(", ")).replace("HALF", "\\udfb7"));
    },
  },
  "merged-packet": {
    about:
      "A trip taken in as a packet behind a link, one in the symbols of another device; what they tell of PCs that were here already is joined: an answer, a receipt, a name for a bare number.",
    practice: false,
    go: async (hand) => {
      const [a, b, c] = ["joined A", "joined B", "joined C"].map(real) as [Product, Product, Product];
      await hand.link(request(who("JOINED-A", "SN-A"), a));
      await hand.type(b.iid);
      await hand.link(request(who("JOINED-C", "SN-C"), c));
      await hand.answer("JOINED-C", answerTo(c));
      await hand.takeLink(
        trip(
          "別の携帯",
          BEGIN + 600,
          [
            { who: who("JOINED-A", "SN-A"), products: [a] },
            { who: who("JOINED-B", "SN-B"), products: [b] },
            { who: who("JOINED-C", "SN-C"), products: [c] },
            { who: who("JOINED-D"), products: [real("joined D"), { ...OFFICE, iid: madeUpIid("joined D office") }] },
          ],
          [a, real("joined D")].map(({ iid }) => ({ iid, cid: madeUpCid(iid) })),
          [{ who: who("JOINED-C", "SN-C"), products: [{ iid: c.iid, status: 1 }] }],
        ),
      );
      await hand.takeParts(fixture("trip/parts/in-order").parts);
      await hand.takeLink(fixture("wire/good/trip-two-pcs").text);
    },
  },
  "two-answers": {
    about:
      "A trip was taken in that had another Confirmation ID for the same number, at the same state, and a further one for another: what today's page makes of it.",
    practice: false,
    go: async (hand) => {
      const [a, b] = [real("two A"), real("two B")];
      for (const [name, product] of [["TWO-A", a], ["TWO-B", b]] as const) {
        await hand.link(request(who(name, `SN-${name}`), product));
        await hand.answer(name, answerTo(product));
      }
      const pcs = [
        { who: who("TWO-A", "SN-TWO-A"), products: [a] },
        { who: who("TWO-B", "SN-TWO-B"), products: [b] },
      ];
      const others = [a, b].map(({ iid }) => ({ iid, cid: madeUpCid(`another answer to ${iid}`) }));
      await hand.takeLink(trip("別の携帯", BEGIN + 600, pcs, others, [{ who: who("TWO-B", "SN-TWO-B"), products: [{ iid: b.iid, status: 1 }] }]));
    },
  },
  "practice-and-real": {
    about: "A practice PC and a real one in one walk, both answered; what was not for this side is not kept: a reply, a bare answer, a receipt of an unknown PC.",
    practice: false,
    go: async (hand) => {
      await hand.link(request(who("REAL-PC", "SN-R"), real("mixed real")));
      await hand.link(request(who("PRACTICE-PC", "SN-P"), practice("mixed practice")));
      await hand.answer("REAL-PC", answerTo(real("mixed real")));
      await hand.answer("PRACTICE-PC", answerTo(practice("mixed practice")));
      const strange = real("a stranger");
      await hand.linkInVain(replyOf(strange.iid, madeUpCid(strange.iid)));
      await hand.linkInVain(madeUpCid(strange.iid));
      await hand.linkInVain(receipt(who("STRANGER"), { iid: strange.iid, status: 1 }));
    },
  },
  "pasted-reply": {
    about:
      "The 60 digits of B's reply were pasted for A, and today's page kept B's Confirmation ID there without a word. B is open.",
    practice: false,
    go: async (hand) => {
      for (const name of ["PASTED-A", "PASTED-B"]) await hand.link(request(who(name), real(name)));
      const { iid } = real("PASTED-B");
      await hand.answer("PASTED-A", replyOf(iid, madeUpCid(iid)));
    },
  },
  "in-a-folder": {
    about: "The page in a folder of its origin, in English by its own button: database and language are named after the folder.",
    folder: "first/",
    practice: true,
    go: async (hand) => {
      await hand.page.locator("header.top button[lang]").tap();
      await hand.link(request(who("FOLDER-PC", "SN-F"), practice("folder")));
      await hand.answer("FOLDER-PC", answerTo(practice("folder")));
      await goTo(hand.page, DELIVER);
      await goTo(hand.page, COLLECT);
    },
  },
};
