// The PCs of the walks, with their products and the answers to them.

import { readFileSync } from "node:fs";
import { BEGIN, type Hand } from "./hand";
import { asPortal, madeUpCid, madeUpIid, practiceCid, practiceIid, type Product, receipt, request, type Who } from "./writing";

export const WINDOWS = { id: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c", name: "Windows(R), Professional edition", tail: "3V66T" };
export const ESU = { id: "f520e45e-7413-4a34-a497-d2765967d094", name: "Windows(R), Client-ESU-Year1 add-on for EnterpriseS", tail: "9XQ2D" };
export const OFFICE = { id: "de32eafd-aaee-4662-9444-c1befb41bde2", name: "Office 21, Office21ProPlus2021VL_MAK edition" };

/** A practice PC's Windows. */
export const practice = (seed: string): Product => ({ ...WINDOWS, iid: practiceIid(seed) });
/** One whose numbers look like real ones. */
export const real = (seed: string): Product => ({ ...WINDOWS, iid: madeUpIid(seed) });
export const who = (name: string, serial?: string, machine?: string): Who => ({
  name,
  ...(serial !== undefined && { serial }),
  ...(machine !== undefined && { machine }),
  time: BEGIN - 86_400,
});
/** The portal's answer, as it is copied. */
export const answerTo = ({ iid }: Product) => asPortal(/^0{6}/.test(iid) ? practiceCid(iid) : madeUpCid(iid));

/** The number with a check digit that fails, in box B. */
export function withWrongBox(cid: string): string {
  return cid.slice(0, 11) + String((Number(cid[11]) + 1) % 7) + cid.slice(12);
}

/** The one more PC that a test collects, and its answer. */
export function oneMore(isPractice: boolean) {
  const product = { ...WINDOWS, iid: isPractice ? practiceIid("one more") : madeUpIid("one more") };
  const name = "もう一台の PC";
  return { name, link: request(who(name, "SN-ONE-MORE"), product), answer: answerTo(product) };
}

/** A fixture that both sides run. */
export const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../../fixtures/${name}.json`, import.meta.url), "utf8")) as {
    text: string;
    parts: readonly string[];
  };

/** Names that are hard to carry. */
export const ODD_NAMES: readonly string[] = [
  "𠮷野家 PC",
  "カ\u3099ラス e\u0301",
  "ガラス é",
  "ｶﾞﾗｽ ﾊﾟｿｺﾝ",
  "ＷＡＲＤ３－ＰＣ１",
  "🏥 病棟 👍🏽",
  "מחשב 12",
  '<script>alert("x")</script>&amp;',
  "=HYPERLINK(\"x\")",
  "“引用” 'a' `b` \\n",
  "間に\u00a0空白\u3000二つ",
  "長".repeat(48) + "𠮷".repeat(48),
];

/** PCs in every state, whose numbers are made by `make`. */
export async function everyState(hand: Hand, make: (seed: string) => Product): Promise<void> {
  const products = ["open", "in hand", "shown", "done", "refused", "not saved", "no code"].map(make);
  const [, inHand, shown, done, refused, notSaved, noCode] = products as [Product, Product, Product, Product, Product, Product, Product];
  for (const [index, product] of products.entries()) {
    await hand.link(request(who(`WARD3-PC${index + 1}`, `SN-${index + 1}`, index % 2 ? `00112233445566${index}7` : undefined), product));
  }
  for (const [name, product] of [
    ["WARD3-PC2", inHand],
    ["WARD3-PC3", shown],
    ["WARD3-PC4", done],
    ["WARD3-PC5", refused],
    ["WARD3-PC6", notSaved],
    ["WARD3-PC7", noCode],
  ] as const) {
    await hand.answer(name, answerTo(product));
  }
  await hand.deliver("WARD3-PC3");
  for (const [name, serial, closed] of [
    ["WARD3-PC4", "SN-4", { iid: done.iid, status: 1 }],
    ["WARD3-PC5", "SN-5", { iid: refused.iid, status: 5, hresult: 0xc004f031 }],
    ["WARD3-PC6", "SN-6", { iid: notSaved.iid, status: 5, hresult: 0xc004f030 }],
    ["WARD3-PC7", "SN-7", { iid: noCode.iid, status: 0 }],
  ] as const) {
    await hand.deliver(name, false);
    await hand.link(receipt(who(name, serial), closed));
    const reply = hand.page.locator(".reply button.wide");
    if (await reply.count()) await reply.tap();
  }
  // Seen once more: only the time is new.
  await hand.link(request(who("WARD3-PC2", "SN-2", "0011223344556617"), inHand));
}
