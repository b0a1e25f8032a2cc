// Files that mean harm, a full storage, a second tab, and what is covered:
// in a real browser, through the same buttons as everybody's.

import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { practiceIid, requestText } from "../lab/numbers";
import { Walk } from "../lab/walk";
import { giveTripFile, type Phone, phone, type Served, serve } from "./browser";

const AT = 1_790_000_000;
let served: Served | undefined;
let device: Phone | undefined;

afterEach(async () => {
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

async function tripFile(name: string, pc: string): Promise<string> {
  const walk = await Walk.begin(name, AT);
  walk.apply({ kind: "collect", text: practiceIid("hostile").digits, name: pc });
  return walk.file();
}

it("refuses files that are no trips, says why, and keeps what it has", async () => {
  const page = await begin();
  await page.locator(".trip-name").tap();
  const good = await tripFile("North wing", "PC-1");
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["not json", /cannot be read as a trip file/],
    ["{}", /no trip file of Hikyaku/],
    [good.replace('"version": 1', '"version": 2'), /newer Hikyaku wrote this file \(version/],
    [good.replace('"version": 1', '"version": "one"'), /damaged/],
    [good.replace('"name": "North wing"', '"name": "North wing", "name": "South wing"'), /twice/],
    [good.replace(/"iid": "\d{8}/, (start) => `${start.slice(0, -1)}9`), /wrong check digit|damaged/],
    [good + " ".repeat(65 * 1024 * 1024), /file is too large/],
  ];
  for (const [text, reason] of refusals) {
    await giveTripFile(page, text);
    await page.locator(".notice.is-bad").getByText(reason).waitFor();
    await page.locator(".notice .plain").tap();
  }
  await page.getByRole("button", { name: /^Portal$/ }).waitFor();
  expect(device?.complaints).toEqual([]);
});

it("shows a script in a name as the text that it is", async () => {
  const page = await begin();
  await page.evaluate(() => {
    (window as unknown as { harmed: boolean }).harmed = false;
  });
  await page.locator(".trip-name").tap();
  const harm = "<img src=x onerror=harmed=true>";
  await giveTripFile(page, await tripFile("<script>harmed=true</script>", harm));
  const asked = page.getByRole("dialog");
  await asked.getByText("<script>harmed=true</script>").waitFor();
  await asked.getByRole("button").last().tap();
  await page.locator(".pc-list").getByText(harm).waitFor();
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { harmed: boolean }).harmed)).toBe(false);
  expect(device?.complaints).toEqual([]);
});

function request(index: number): string {
  return requestText({
    pc: `WARD3-PC${index}`,
    time: AT,
    products: [
      { activationId: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c", name: "Windows", iid: practiceIid(`full ${index}`) },
    ],
  });
}

it("says that the phone is full, loses nothing before, and goes on once there is room", async () => {
  const page = await begin();
  const arrive = (index: number) =>
    page.evaluate((text) => {
      location.hash = text;
    }, request(index));
  await arrive(1);
  await page.getByText("Collected “WARD3-PC1”").waitFor();
  await page.evaluate(() => {
    const store = IDBObjectStore.prototype as unknown as { put: unknown; room: unknown };
    store.room = store.put;
    store.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await arrive(2);
  await page.getByRole("alert").getByText(/phone is full/).waitFor();
  expect(await page.getByText("Collected “WARD3-PC2”").count()).toBe(0);
  await page.evaluate(() => {
    const store = IDBObjectStore.prototype as unknown as { put: unknown; room: unknown };
    store.put = store.room;
  });
  await arrive(2);
  await page.getByText("Collected “WARD3-PC2”").waitFor();
  expect(await page.getByText(/phone is full/).count()).toBe(0);
  await page.reload();
  await page.getByRole("button", { name: /^Portal 2/ }).waitFor();
});

it("says that another tab is open, as long as it is", async () => {
  const page = await begin();
  const told = page.getByText(/^Also open in another tab/);
  expect(await told.count()).toBe(0);
  const other = await device?.context.newPage();
  await other?.goto(served?.address ?? "");
  await told.waitFor();
  await other?.close();
  await told.waitFor({ state: "detached" });
});

it("keeps the page behind a handover out of reach", async () => {
  const page = await begin();
  await page.locator(".trip-name").tap();
  await giveTripFile(page, await tripFile("North wing", "PC-1"));
  await page.getByRole("dialog").getByRole("button").last().tap();
  await page.getByRole("button", { name: "Hand over by QR codes" }).tap();
  await page.locator(".reply canvas").waitFor();
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".page"))).toBeNull();
  }
});

it("says that everything was wiped", async () => {
  const page = await begin();
  await page.locator(".trip-name").tap();
  await page.locator("button.danger").tap();
  await page.getByRole("dialog").getByRole("button").last().tap();
  await page.getByText("Everything was wiped").waitFor();
});
