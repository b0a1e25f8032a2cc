// Numbers that a screen shows in digits: compared with their picture, corrected,
// named, and never taken without a person's word.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { practicePortal } from "../crossing/binary";
import { stored } from "../crossing/person";
import { paintAnswer, paintScreen } from "../crossing/windows_screens";
import { practiceIid } from "../lab/numbers";
import { type Phone, phone, type Served, serve } from "./browser";

let painter: Browser;
let served: Served | undefined;
let device: Phone | undefined;
const folder = mkdtempSync(join(tmpdir(), "hikyaku-digits-"));

beforeAll(async () => {
  painter = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

afterEach(async () => {
  await device?.close();
  await served?.close();
  device = served = undefined;
});

afterAll(async () => {
  await painter.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A page without a camera: photographs only. */
async function start(): Promise<Page> {
  served = await serve();
  device = await phone({ language: "en", camera: "none" });
  await device.page.goto(served.address);
  await device.page.locator(".tabs").waitFor();
  return device.page;
}

async function give(page: Page, picture: string): Promise<Locator> {
  await page.locator('.viewfinder input[type="file"]').setInputFiles(picture);
  const card = page.getByRole("dialog");
  await card.waitFor();
  return card;
}

const confirm = (card: Locator) => card.getByRole("button", { name: /As in the picture/ });

it("shows each group beside its picture, and collects with a name and a product", async () => {
  const page = await start();
  const iid = practiceIid("digits 1").digits;
  const card = await give(page, await paintScreen(painter, folder, 0, iid));
  expect((await card.locator("li .digits").allTextContents()).join("")).toBe(iid);
  // Every piece is a picture, and not a blank one.
  const pieces = await card.locator("li img").evaluateAll((all) =>
    (all as HTMLImageElement[]).map(({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]),
  );
  expect(pieces).toHaveLength(9);
  for (const [width, height] of pieces) {
    expect(height).toBe(72);
    expect(width).toBeGreaterThan(150);
  }
  await card.getByLabel("Name of the PC").fill("Ward 3, bed 7");
  await card.getByLabel("Product").selectOption("Windows 11");
  await confirm(card).tap();
  await page.getByText("Collected “Ward 3, bed 7”").waitFor();
  const { pcs, entries } = await stored(page);
  expect(pcs.map((pc) => pc.name)).toEqual(["Ward 3, bed 7"]);
  expect(entries.map((entry) => entry.iid)).toEqual([iid]);
  await page.getByText("Windows 11").first().waitFor();
  expect(device?.complaints).toEqual([]);
});

it("does not ask again for a number that it has", async () => {
  const page = await start();
  const picture = await paintScreen(painter, folder, 1, practiceIid("digits 2").digits);
  await confirm(await give(page, picture)).tap();
  await page.getByText("Number collected. Give it a name").waitFor();
  await page.locator('.viewfinder input[type="file"]').setInputFiles(picture);
  await page.getByText(/is already here/).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});

it("takes nothing that the person does not confirm", async () => {
  const page = await start();
  const card = await give(page, await paintScreen(painter, folder, 2, practiceIid("digits 3").digits));
  await card.getByRole("button", { name: "Take another" }).tap();
  await card.waitFor({ state: "detached" });
  await page.getByText("No PC yet").waitFor();
});

it("tells a slip in a corrected group at once, and takes the correction", async () => {
  const page = await start();
  const read = practiceIid("digits 4").digits;
  const card = await give(page, await paintScreen(painter, folder, 0, read));
  const right = practiceIid("digits 5").digits.slice(14, 21);
  await card.getByRole("button", { name: /^Group 3:/ }).tap();
  const field = card.getByRole("textbox", { name: "Digits of group 3" });
  // One digit too few, then a wrong check digit, then another group that holds.
  await field.fill(right.slice(0, 6));
  await card.getByText("The digits of group 3 are not right").waitFor();
  expect(await confirm(card).isDisabled()).toBe(true);
  await field.fill(right.slice(0, 6) + ((Number(right[6]) + 1) % 7));
  expect(await confirm(card).isDisabled()).toBe(true);
  await field.fill(right);
  await card.getByText(/are not right/).waitFor({ state: "detached" });
  await confirm(card).tap();
  await card.waitFor({ state: "detached" });
  await expect.poll(async () => (await stored(page)).entries.map((entry) => entry.iid)).toEqual([
    read.slice(0, 14) + right + read.slice(21),
  ]);
});

it("reads the portal's answer off a picture, for the number at hand only", async () => {
  const page = await start();
  const [one, other] = ["digits 6", "digits 7"].map((seed) => practiceIid(seed).digits) as [string, string];
  for (const [index, iid] of [one, other].entries()) {
    const card = await give(page, await paintScreen(painter, folder, index, iid));
    await card.getByLabel("Name of the PC").fill(["Bed A", "Bed B"][index] ?? "");
    await confirm(card).tap();
    await card.waitFor({ state: "detached" });
  }
  await page.getByRole("navigation").getByRole("button", { name: /^Portal/ }).tap();
  await page.getByRole("heading", { level: 1, name: "Bed A" }).waitFor();
  const { cid } = practicePortal(one);
  await page.locator('.paste input[type="file"]').setInputFiles(await paintAnswer(painter, folder, "one", cid));
  const card = page.getByRole("dialog");
  await card.waitFor();
  expect((await card.locator("li .digits").allTextContents()).join("")).toBe(cid);
  // Nobody asks whose it is: it is for the number at hand.
  expect(await card.getByLabel("Name of the PC").count()).toBe(0);
  await confirm(card).tap();
  await page.getByText("Kept the Confirmation ID of “Bed A”").waitFor();
  // The same picture once more, now at the other PC: it is another's.
  await page.getByRole("heading", { level: 1, name: "Bed B" }).waitFor();
  await page.locator('.paste input[type="file"]').setInputFiles(join(folder, "answer-one.png"));
  await confirm(page.getByRole("dialog")).tap();
  await page.getByRole("alert").getByText("Bed A").waitFor();
  expect((await stored(page)).entries.map((entry) => entry.state)).toEqual(["cid", "open"]);
});

it("says that a picture shows no number", async () => {
  const page = await start();
  await page.locator('.viewfinder input[type="file"]').setInputFiles(await paintAnswer(painter, folder, "short", "123456"));
  await page.getByText("No QR code and no number was found in this photo.").waitFor();
});
