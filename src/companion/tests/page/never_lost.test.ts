// Never lost, in a real browser: what the page acknowledged is there after a
// killed tab, a reload, without a network, and with a second tab; and the page
// asks nobody for anything.

import { afterEach, expect, it } from "vitest";
import { requestToText } from "../../src/domain/packet";
import { practiceCid, practiceIid } from "../../src/domain/practice";
import { type Phone, phone, type Served, serve } from "./browser";

let served: Served | undefined;
let device: Phone | undefined;

afterEach(async () => {
  await device?.close();
  await served?.close();
  device = served = undefined;
});

/** A request of a practice PC, as it stands behind the `#` of a link. */
function request(index: number): string {
  return requestToText({
    pc: `WARD3-PC${index}`,
    serial: `SN-${index}`,
    time: 1_790_000_000,
    products: [
      {
        activationId: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c",
        name: "Windows(R), Professional edition",
        keyTail: "3V66T",
        iid: practiceIid(`ward ${index}`),
      },
    ],
  });
}

function answer(index: number): string {
  return practiceCid(practiceIid(`ward ${index}`))?.groups.join(" ") ?? "";
}

async function begin(): Promise<{ served: Served; device: Phone }> {
  served = await serve();
  device = await phone({ language: "en", camera: "none" });
  return { served, device };
}

it("keeps every step through a killed tab and a reload", async () => {
  const { served, device } = await begin();
  const { context } = device;
  let page = device.page;
  const kill = async () => {
    // No unload, no goodbye: the tab's process is gone.
    const dying = page;
    page = await context.newPage();
    await dying.goto("chrome://crash").catch(() => undefined);
    await dying.close();
    await page.goto(served.address);
  };
  await page.goto(`${served.address}#${request(1)}`);
  await page.getByText("Collected “WARD3-PC1”").waitFor();
  expect(new URL(page.url()).hash).toBe("");
  await kill();
  await page.getByRole("button", { name: /^Portal 1/ }).tap();
  await page.getByLabel(/Confirmation ID/).first().waitFor();
  await page.locator("#cid-field").fill(answer(1));
  await page.getByText("Kept the Confirmation ID of “WARD3-PC1").waitFor();
  await kill();
  await page.getByRole("button", { name: /^Deliver 1/ }).tap();
  await page.getByRole("button", { name: /WARD3-PC1/ }).first().tap();
  await page.getByRole("dialog", { name: "Reply to “WARD3-PC1”" }).waitFor();
  await kill();
  await page.reload();
  await page.getByRole("button", { name: /^Deliver 1/ }).waitFor();
});

it("opens without a network, with everything that was gathered", async () => {
  const { served, device } = await begin();
  const { page, context } = device;
  await page.goto(`${served.address}#${request(1)}`);
  await page.getByText("Collected “WARD3-PC1”").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await served.close();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: /^Portal 1/ }).waitFor();
});

it("loses nothing with a second tab open, and both see the same", async () => {
  const { served, device } = await begin();
  const { page, context } = device;
  const other = await context.newPage();
  await page.goto(served.address);
  await other.goto(served.address);
  await page.goto(`${served.address}#${request(1)}`);
  await other.goto(`${served.address}#${request(2)}`);
  await page.goto(`${served.address}#${request(3)}`);
  for (const tab of [page, other]) await tab.getByRole("button", { name: /^Portal 3/ }).waitFor();
});

it("takes every link, also those that come at once", async () => {
  const { served, device } = await begin();
  const { page } = device;
  await page.goto(`${served.address}#${request(1)}`);
  await page.evaluate((texts) => {
    for (const text of texts) location.hash = text;
  }, [request(2), request(3)]);
  await page.getByRole("button", { name: /^Portal 3/ }).waitFor();
  expect(new URL(page.url()).hash).toBe("");
});

it("asks nobody for anything once it is loaded, and could not if it wanted", async () => {
  const { served, device } = await begin();
  const { page } = device;
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  await page.goto(`${served.address}#${request(1)}`);
  await page.getByText("Collected “WARD3-PC1”").waitFor();
  expect(asked.filter((url) => !url.startsWith(served.address) && !/^(blob|data):/.test(url))).toEqual([]);
  // Nothing of a request ever stood in an address that was asked for.
  expect(served.requests.filter((name) => name.includes("r1."))).toEqual([]);
  const refused = await page.evaluate(async (address) => {
    try {
      await fetch(address);
      return "fetched";
    } catch {
      return "refused";
    }
  }, `${served.address}index.html`);
  expect(refused).toBe("refused");
});

it("wipes everything in every tab", async () => {
  const { served, device } = await begin();
  const { page, context } = device;
  await page.goto(`${served.address}#${request(1)}`);
  await page.getByText("Collected “WARD3-PC1”").waitFor();
  const other = await context.newPage();
  await other.goto(served.address);
  await other.getByRole("button", { name: /^Portal 1/ }).waitFor();
  await page.locator(".trip-name").tap();
  await page.locator("button.danger").tap();
  await page.getByRole("dialog").getByRole("button").last().tap();
  for (const tab of [page, other]) await tab.getByRole("button", { name: /^Portal$/ }).waitFor();
  const left = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("hikyaku");
        opening.onsuccess = () => {
          const counting = opening.result.transaction("entries").objectStore("entries").count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  expect(left).toBe(0);
});
