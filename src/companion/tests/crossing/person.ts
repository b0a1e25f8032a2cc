// The person with the phone: every tap and every typed digit is counted.

import { type Lying, viewOf } from "../lab/walk";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

/** Puts pictures in the place of the camera, once `localStorage` says so; until then the browser's own device is used. */
export async function replaceCamera(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    const canvas = document.createElement("canvas");
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext("2d");
    let picture: HTMLImageElement | undefined;
    // A stream needs frames also where nothing moves.
    setInterval(() => {
      if (!context) return;
      if (picture) context.drawImage(picture, 0, 0, 1280, 720);
      else context.fillRect(0, 0, 1280, 720);
    }, 50);
    const hooks = window as unknown as { crossing: object };
    hooks.crossing = {
      replaced: false,
      look: async (source: string | undefined) => {
        if (source === undefined) {
          picture = undefined;
          context?.fillRect(0, 0, 1280, 720);
          return;
        }
        const next = new Image();
        next.src = source;
        await next.decode();
        picture = next;
      },
    };
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const { replaced } = hooks.crossing as { replaced: boolean };
      return replaced ? canvas.captureStream(20) : real(wanted);
    };
  });
}

interface Hooks {
  crossing: { replaced: boolean; look(source: string | undefined): Promise<void> };
}

/** Someone who points, taps and pastes. */
export class Person {
  taps = 0;
  typedDigits = 0;

  constructor(readonly page: Page) {}

  /** From now on the camera shows what it is pointed at. */
  async takePhoneInHand(): Promise<void> {
    await this.page.evaluate(() => {
      (window as unknown as Hooks).crossing.replaced = true;
    });
  }

  /** Points the phone at a screen: the camera sees this photograph. */
  async pointAt(photo: string | undefined): Promise<void> {
    const source = photo && `data:image/jpeg;base64,${readFileSync(photo).toString("base64")}`;
    await this.page.evaluate((one) => (window as unknown as Hooks).crossing.look(one), source);
  }

  /** Taps a button by its name. */
  async tap(name: string | RegExp, within = this.page.locator("body")): Promise<void> {
    this.taps += 1;
    await within.getByRole("button", { name }).first().tap();
  }

  /** Taps that a journey took. */
  async counting(journey: () => Promise<void>): Promise<number> {
    const before = this.taps;
    await journey();
    return this.taps - before;
  }

  /** What was copied. */
  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Copies something in another app. */
  async copyElsewhere(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }
}

/** One entry of what the page keeps. */
export interface KeptEntry {
  readonly state: string;
  readonly pcId: number;
  readonly iid: string;
}

/** What the page has stored, read behind its back. */
export async function stored(page: Page): Promise<{ entries: KeptEntry[]; pcs: { id: number; name: string }[] }> {
  const { view, details } = await viewOf(await lying(page));
  const entries = details.flatMap((pc) => pc.entries.map(({ state, iid }) => ({ state, pcId: pc.id, iid: iid.digits })));
  return { entries, pcs: view.pcs.map(({ id, name }) => ({ id, name })) };
}

function lying(page: Page): Promise<Lying> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("hikyaku");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(["head", "records"]);
          const head = transaction.objectStore("head").get("trip");
          const keys = transaction.objectStore("records").getAllKeys();
          const records = transaction.objectStore("records").getAll();
          transaction.oncomplete = () => {
            database.close();
            const { about, order } = head.result as { about: string; order: number[] };
            const byId = new Map(keys.result.map((key, index) => [key, records.result[index] as string]));
            resolve({ about, pcs: order.flatMap((id) => byId.get(id) ?? []) });
          };
        };
      }),
  );
}
