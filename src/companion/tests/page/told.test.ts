// What the core decides is what the person is told, and asked: whose a pasted
// reply is, which of two Confirmation IDs is right, whether two PCs are one.

import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { checkDigit, iidOf, practiceCid, practiceIid, replyOf, requestText } from "../lab/numbers";
import { Walk } from "../lab/walk";
import { giveTripFile, type Phone, phone, type Served, serve } from "./browser";

const AT = 1_790_000_000;
let served: Served | undefined;
let device: Phone | undefined;

afterEach(async () => {
  expect(device?.complaints).toEqual([]);
  await device?.close();
  await served?.close();
  device = served = undefined;
});

async function begin(): Promise<Page> {
  served = await serve();
  device = await phone({ language: "en", camera: "none" });
  await device.page.goto(served.address);
  await device.page.locator(".tabs").waitFor();
  return device.page;
}

function request(name: string, seed: string, more: { machine?: string; time?: number } = {}): string {
  const { time = AT, ...machine } = more;
  const product = { activationId: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c", name: "Windows", iid: practiceIid(seed) };
  return requestText({ pc: name, time, products: [product], ...machine });
}

async function collect(page: Page, text: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, text);
}

it("keeps a pasted reply for the PC that it answers, and says so", async () => {
  const page = await begin();
  for (const name of ["PC-1", "PC-2"]) {
    await collect(page, request(name, name));
    await page.getByText(`Collected “${name}”`).waitFor();
  }
  await page.getByRole("button", { name: /^Portal 2/ }).tap();
  await page.getByRole("heading", { level: 1, name: "PC-1" }).waitFor();
  await page.locator("#cid-field").fill(replyOf(practiceIid("PC-2")));
  await page.getByText("Kept the Confirmation ID of “PC-2”").waitFor();
  // PC-1 is still the one at hand, and its field is empty.
  await page.getByRole("heading", { level: 1, name: "PC-1" }).waitFor();
  expect(await page.locator("#cid-field").inputValue()).toBe("");
  // The same digits without their tag are nobody else's by now.
  await page.locator("#cid-field").fill(practiceCid(practiceIid("PC-2")).join(" "));
  await page.getByText("Kept the Confirmation ID of “PC-2”").waitFor();
  await page.getByRole("button", { name: /^Deliver 1/ }).waitFor();
});

it("keeps what was typed by a button, since more may follow behind box H", async () => {
  const page = await begin();
  await collect(page, request("PC-1", "PC-1"));
  await page.getByRole("button", { name: /^Portal 1/ }).tap();
  await page.locator("#cid-field").pressSequentially(practiceCid(practiceIid("PC-1")).join(""));
  const keep = page.getByRole("button", { name: "Keep this Confirmation ID" });
  await keep.waitFor();
  await page.getByRole("button", { name: /^Portal 1/ }).waitFor();
  await keep.tap();
  await page.getByText("Kept the Confirmation ID of “PC-1”").waitFor();
});

it("lets the person say which of two Confirmation IDs is right", async () => {
  const page = await begin();
  const group = (digits: string) => digits + checkDigit(digits);
  const iid = iidOf(Array.from({ length: 9 }, (_, index) => group(`14395${index}`)).join(""));
  const cids = ["20413", "50827"].map((first) => Array.from({ length: 8 }, (_, index) => group(first.slice(0, 4) + index)).join(""));
  const files = await Promise.all(
    cids.map(async (cid) => {
      const walk = await Walk.begin("Walk", AT);
      walk.apply({ kind: "collect", text: iid.digits, name: "PC-1" });
      walk.apply({ kind: "keep", tag: iid.tag, cid });
      return walk.file();
    }),
  );
  await page.locator(".trip-name").tap();
  for (const file of files) {
    await giveTripFile(page, file);
    await page.getByRole("dialog").getByRole("button").last().tap();
    await page.locator(".notice").waitFor();
  }
  await page.locator(".notice.is-warn").getByText("the Confirmation IDs differ").waitFor();
  await page.locator(".notice .grow > button").tap();
  await page.locator(".rivals").waitFor();
  expect(await page.locator(".rivals .groups").count()).toBe(2);
  // Nothing is shown to the PC before.
  await page.getByRole("button", { name: /^Deliver$/ }).waitFor();
  await page.getByRole("button", { name: "Use this one" }).nth(1).tap();
  await page.getByRole("button", { name: /^Deliver 1/ }).tap();
  await page.getByRole("button", { name: /PC-1/ }).first().tap();
  const boxes = await page.locator(".reply .boxes .digits").allTextContents();
  expect(cids).toContain(boxes.slice(0, 8).join(""));
  expect(boxes).toHaveLength(9);
});

it("asks whether PCs of one name are one, and takes the answer back", async () => {
  const page = await begin();
  await collect(page, request("CLONE", "one"));
  await page.getByText("Collected “CLONE”").waitFor();
  await collect(page, request("CLONE", "two"));
  await page.getByText("There is a PC of that name already").waitFor();
  await page.getByRole("button", { name: /^Portal 2/ }).waitFor();
  await page.getByRole("button", { name: "It is the same PC" }).tap();
  await page.getByText("Joined as “CLONE”").waitFor();
  await page.getByRole("button", { name: /^Portal 1/ }).waitFor();
  await page.locator(".notice").getByRole("button", { name: "Undo" }).tap();
  await page.getByRole("button", { name: /^Portal 2/ }).waitFor();
});

it("does nothing for an older photograph, and says so", async () => {
  const page = await begin();
  const machine = "00112233445566ff";
  await collect(page, request("PC-1", "new", { machine, time: AT + 3600 }));
  await page.getByText("Collected “PC-1”").waitFor();
  await collect(page, request("PC-1", "old", { machine }));
  await page.getByText("A newer number of “PC-1” has been collected already").waitFor();
  await page.getByRole("button", { name: /^Portal 1/ }).tap();
  await page.getByLabel("Installation ID").first().waitFor();
  const shown = await page.locator(".portal-entry .groups .digits").allTextContents();
  expect(shown.slice(0, 9).join("")).toBe(practiceIid("new").digits);
});
