// A person at the page, whose clock is told: everything goes through the
// screens, and is done once the page has stored it.

import type { BrowserContext, Locator, Page } from "playwright-core";
import { giveTripFile } from "../browser";
import { answer, atPortal, COLLECT, DELIVER, goTo, goToRecord } from "./screens";

/** When the walks of the fixtures begin: a Monday in September 2026. */
export const BEGIN = 1_790_000_000;

export class Hand {
  /** Seconds since 1970, as the page's clock says; a minute passes with every act. */
  at = BEGIN;

  constructor(
    readonly page: Page,
    readonly address: string,
    readonly context: BrowserContext,
  ) {}

  /** Opens the page for the first time. */
  async open(page = this.page): Promise<void> {
    await this.context.clock.setFixedTime(this.at * 1000);
    await page.goto(this.address);
    await page.locator(".tabs").waitFor();
  }

  /** Opens it once more, as after a day in a pocket. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".tabs").waitFor();
  }

  /** Does something that the page stores. */
  async act(what: () => Promise<unknown>, page = this.page): Promise<void> {
    this.at += 60;
    await this.context.clock.setFixedTime(this.at * 1000);
    const before = await markOf(page);
    await what();
    for (let look = 0; look < 200; look += 1) {
      await page.waitForTimeout(25);
      // Stored; the screen follows at once.
      if ((await markOf(page)) !== before) return page.waitForTimeout(50);
    }
    throw new Error("nothing was stored");
  }

  /** Does something that changes nothing, and is told so. */
  async inVain(what: () => Promise<unknown>, told: Locator): Promise<void> {
    const before = await markOf(this.page);
    await what();
    await told.waitFor();
    if ((await markOf(this.page)) !== before) throw new Error("something was stored");
  }

  /** A text behind the `#` of a link: a request, a receipt. */
  link(text: string, page = this.page): Promise<void> {
    return this.act(() => this.#hash(text, page), page);
  }

  async #hash(text: string, page = this.page): Promise<void> {
    await page.evaluate((one) => {
      location.hash = one;
    }, text);
  }

  /** A reply is not for this side: it is said, and not kept. */
  async linkInVain(text: string): Promise<void> {
    await this.inVain(() => this.#hash(text), this.page.locator(".notice.is-warn"));
  }

  /** Types or pastes into the field of the collecting screen. */
  async type(text: string): Promise<void> {
    await this.act(() => this.typeOnly(text));
    await this.page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#type-in-field")?.value === "");
  }

  async typeOnly(text: string): Promise<void> {
    await goTo(this.page, COLLECT);
    const details = this.page.locator("details.type-in");
    if ((await details.getAttribute("open")) === null) await details.locator("summary").tap();
    await this.page.locator("#type-in-field").fill(text);
    await details.locator("button[type=submit]").tap();
  }

  /** Pastes an answer. */
  async answer(pc: string, text: string, product?: string): Promise<void> {
    await atPortal(this.page, pc, product);
    await this.act(() => answer(this.page, text));
  }

  /** Pastes an answer that the page doubts, and insists. */
  async answerAnyway(pc: string, text: string, product?: string): Promise<void> {
    await atPortal(this.page, pc, product);
    await answer(this.page, text);
    await this.keepAnyway();
  }

  /** Says yes to the page's doubt. */
  async keepAnyway(page = this.page): Promise<void> {
    await page.locator(".question").waitFor();
    await this.act(() => page.locator(".question button:not(.primary)").tap(), page);
  }

  /** Pastes 48 digits whose check digits fail, and lets Windows decide. */
  async insist(pc: string, digits: string): Promise<void> {
    await atPortal(this.page, pc);
    await answer(this.page, digits);
    await this.page.locator(".quiet-button").tap();
    await this.act(() => this.yes());
  }

  async yes(): Promise<void> {
    await this.page.locator("dialog .row button").last().tap();
  }

  /** Shows a PC its replies, and closes them unless its receipt is to come. */
  async deliver(pc: string, close = true): Promise<void> {
    await goTo(this.page, DELIVER);
    await this.act(() => this.#row(pc, ".row-button").tap());
    await this.page.locator(".reply").waitFor();
    if (close) await this.page.locator(".reply button.wide").tap();
  }

  #row(pc: string, what: string): Locator {
    const name = this.page.locator(".name").getByText(pc, { exact: true });
    return this.page.locator(`.pc-list ${what}`).filter({ has: name }).first();
  }

  /** Opens a PC on the record. */
  async #detail(pc: string): Promise<Locator> {
    await goToRecord(this.page);
    const row = this.#row(pc, "details");
    if ((await row.getAttribute("open")) === null) await row.locator("summary").tap();
    await row.locator(".detail").waitFor();
    return row;
  }

  async rename(pc: string, name: string): Promise<void> {
    const row = await this.#detail(pc);
    await row.locator("form.name input").fill(name);
    await this.act(() => row.locator("form.name button").tap());
  }

  /** Takes the Confirmation ID of a PC's product back. */
  async takeBack(pc: string, product = 0): Promise<void> {
    const row = await this.#detail(pc);
    await row.locator("article.entry").nth(product).locator("button").tap();
    await this.act(() => this.yes());
  }

  async remove(pc: string): Promise<void> {
    const row = await this.#detail(pc);
    await row.locator("button.danger").tap();
    await this.act(() => this.yes());
  }

  async nameTrip(name: string): Promise<void> {
    await goToRecord(this.page);
    const form = this.page.locator("main > form.name");
    await form.locator("input").fill(name);
    await this.act(() => form.locator("button").tap());
  }

  /** Begins another trip in the place of this one. */
  async newTrip(): Promise<void> {
    await goToRecord(this.page);
    const begin = () => this.page.locator("section[aria-labelledby=manage] button").first().tap();
    if ((await this.page.locator("section[aria-labelledby=hand-on]").count()) === 0) return this.act(begin);
    await begin();
    await this.act(() => this.yes());
  }

  /** Takes a trip in from a file. */
  async takeFile(text: string): Promise<void> {
    await goToRecord(this.page);
    await giveTripFile(this.page, text);
    await this.page.locator("dialog").waitFor();
    await this.act(() => this.yes());
  }

  /** Takes a trip in from a link. */
  async takeLink(text: string): Promise<void> {
    await this.#hash(text);
    await this.page.locator("dialog").waitFor();
    await this.act(() => this.yes());
  }

  /** Takes a trip in from the symbols of another device. */
  async takeParts(parts: readonly string[]): Promise<void> {
    for (const part of parts) {
      if (await this.page.locator("dialog").count()) break;
      await this.typeOnly(part);
      await this.page.waitForTimeout(50);
    }
    await this.page.locator("dialog").waitFor();
    await this.act(() => this.yes());
  }

  /** A tab that hears nothing of others, as where a browser refuses them to talk. */
  async deafTab(): Promise<Page> {
    const page = await this.context.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(window, "BroadcastChannel", { value: undefined });
    });
    await this.open(page);
    return page;
  }
}

/** The stored trip's mark: another one with every change. */
async function markOf(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const settled = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
    const folder = location.pathname.slice(0, location.pathname.lastIndexOf("/") + 1);
    const database = await settled(indexedDB.open(folder === "/" ? "hikyaku" : `hikyaku ${folder}`));
    const head = (await settled(database.transaction("head").objectStore("head").get("trip"))) as { mark: string } | undefined;
    database.close();
    return head?.mark;
  });
}
