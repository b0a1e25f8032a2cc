// Never lost, in a real browser: what the page acknowledged is there after a
// killed tab, a reload, without a network, and with a second tab; and the page
// asks nobody for anything.

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { practiceCid, practiceIid, requestText } from "../lab/numbers";
import { DIST, type Phone, phone, type Served, serve } from "./browser";

let served: Served | undefined;
let device: Phone | undefined;

afterEach(async () => {
  await device?.close();
  await served?.close();
  device = served = undefined;
});

/** A request of a practice PC, as it stands behind the `#` of a link. */
function request(index: number): string {
  return requestText({
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
  return practiceCid(practiceIid(`ward ${index}`)).join(" ");
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

/** Collects a PC, whose page then shows it. */
async function collected(page: Page, address: string, index: number): Promise<void> {
  await page.goto(`${address}#${request(index)}`);
  await page.getByText(`Collected “WARD3-PC${index}”`).waitFor();
}

it("starts and keeps, whatever the browser refuses or asks the person first", async () => {
  const refusals = [
    // Firefox asks for persistent storage, and waits for the person.
    () => {
      StorageManager.prototype.persist = () => new Promise(() => undefined);
    },
    () => {
      StorageManager.prototype.persist = () => {
        throw new DOMException("no", "SecurityError");
      };
    },
    () => Object.defineProperty(navigator, "storage", { get: () => undefined }),
    () => {
      window.BroadcastChannel = class {
        constructor() {
          throw new DOMException("no", "SecurityError");
        }
      } as unknown as typeof BroadcastChannel;
    },
    () => {
      BroadcastChannel.prototype.postMessage = () => {
        throw new DOMException("closed", "InvalidStateError");
      };
    },
    () => Object.defineProperty(window, "BroadcastChannel", { value: undefined }),
    () =>
      Object.defineProperty(Navigator.prototype, "serviceWorker", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      }),
    () => Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => undefined }),
    () => {
      ServiceWorkerContainer.prototype.register = () => new Promise(() => undefined);
    },
    () =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      }),
  ];
  const { served, device } = await begin();
  const { context } = device;
  for (const [index, refusal] of refusals.entries()) {
    const page = await context.newPage();
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(String(error)));
    await page.addInitScript(refusal);
    await collected(page, served.address, index + 1);
    await page.getByRole("button", { name: new RegExp(`^Portal ${index + 1}`) }).waitFor();
    expect(broken, String(refusal)).toEqual([]);
    await page.close();
  }
});

it("says that the browser cleared what was stored, while it can still be saved", async () => {
  const { served, device } = await begin();
  const { page, context } = device;
  await collected(page, served.address, 1);
  const tools = await context.newCDPSession(page);
  const origin = new URL(served.address).origin;
  await tools.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await page.locator(".banner[role=alert]").getByText(/has deleted this page's data/).waitFor();
  await page.getByText(/save it as a file/).waitFor();
  expect(await page.getByText(/newer version/i).count()).toBe(0);
  expect(await page.getByText(/record is safe/i).count()).toBe(0);
  await page.locator(".trip-name").tap();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).tap();
  const file = readFileSync((await (await saving).path()) ?? "", "utf8");
  expect(file).toContain("WARD3-PC1");
});

it("shares nothing with another page on the same origin", async () => {
  const { served, device } = await begin();
  const { page, context } = device;
  const [first, second] = ["first/", "second/"].map((folder) => served.address + folder) as [string, string];
  const other = await context.newPage();
  const ready = (tab: Page) => tab.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // Something else that lives there too.
  await page.goto(`${served.address}icon.svg`);
  await page.evaluate(async () => {
    localStorage.setItem("another app", "kept");
    await (await caches.open("another app")).put("/its-file", new Response("kept"));
  });
  await collected(page, first, 1);
  await ready(page);
  await collected(other, second, 2);
  await ready(other);
  // Each has its own trip, and tells no other.
  await page.reload();
  await page.getByRole("button", { name: /^Portal 1/ }).waitFor();
  await other.getByRole("button", { name: /^Portal 1/ }).waitFor();
  expect(await page.getByText("Also open in another tab").count()).toBe(0);
  // A newer version of the second, let in, deletes none of the first's files.
  served.instead.set("second/sw.js", readFileSync(`${DIST}sw.js`, "utf8").replace(/VERSION = ".*?"/, 'VERSION = "newer"'));
  await other.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  const reloaded = other.waitForEvent("load");
  await other.getByRole("button", { name: "Switch" }).tap();
  await reloaded;
  // Wiping the second leaves the first, and the other app, whole.
  await other.locator(".trip-name").tap();
  await other.locator("button.danger").tap();
  await other.getByRole("dialog").getByRole("button").last().tap();
  await other.getByRole("button", { name: /^Portal$/ }).waitFor();
  await served.close();
  await context.setOffline(true);
  await page.goto(`${first}?again`);
  await page.getByRole("button", { name: /^Portal 1/ }).waitFor();
  const left = await page.evaluate(async () => ({
    item: localStorage.getItem("another app"),
    caches: (await caches.keys()).length,
    cached: await (await caches.match("/its-file"))?.text(),
  }));
  expect(left).toEqual({ item: "kept", caches: 3, cached: "kept" });
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
          const counting = opening.result.transaction("records").objectStore("records").count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  expect(left).toBe(0);
});
