// What the screens say of a trip, read off them as a person would go through
// them. Nothing here asks the page's code or its storage; only `replies` and
// `goOn` change anything.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright-core";

/** How the page marks a state, whatever its words. */
export type Mark = "open" | "cid" | "delivered" | "activated" | "failed" | "?";

export interface Row {
  readonly name: string;
  readonly products: string;
  readonly state: Mark;
}

export interface EntryShown {
  readonly product: string;
  readonly state: Mark;
  readonly iid: string;
  readonly cid: string | null;
  /** That its number changed, and how often. */
  readonly changed?: string;
  readonly failure?: string;
  readonly steps: readonly string[];
}

export interface PcShown extends Row {
  readonly serial?: string;
  readonly entries: readonly EntryShown[];
}

export interface Seen {
  readonly language: string;
  readonly trip: string;
  readonly progress: string;
  /** The number beside each tab. */
  readonly tabs: readonly number[];
  readonly banners: readonly string[];
  readonly collect: { readonly list: readonly Row[]; readonly label: string | null; readonly next: string | null };
  readonly portal: readonly { readonly pc: string; readonly product: string; readonly iid: string; readonly practice: boolean }[];
  readonly deliver: readonly { readonly label: string; readonly rows: readonly Row[] }[];
  readonly record: { readonly filters: readonly string[]; readonly pcs: readonly PcShown[] };
  /** The file that the page saves, but for when it was written; nothing where there is nothing to save. */
  readonly file: Readonly<Record<string, unknown>> | null;
}

export interface ReplyShown {
  readonly pc: string;
  readonly product: string;
  /** The text of the symbol, decoded. */
  readonly symbol: string;
  /** Boxes A to H. */
  readonly boxes: string;
  readonly notes: readonly string[];
}

type Tab = 0 | 1 | 2;
export const [COLLECT, PORTAL, DELIVER] = [0, 1, 2] as const;

export async function goTo(page: Page, tab: Tab): Promise<void> {
  await page.locator(".tabs button").nth(tab).tap();
  await page.locator(`.tabs button[aria-current]:nth-of-type(${tab + 1})`).waitFor();
}

/** Opens the record, wherever the page is. */
export async function goToRecord(page: Page): Promise<void> {
  if (await page.locator(".screen-record").count()) return;
  await page.locator(".trip-name").tap();
  await page.locator(".screen-record").waitFor();
}

/** One of the page's words, in the language that it speaks. */
async function word(page: Page, id: string): Promise<string> {
  const language = await page.locator("html").getAttribute("lang");
  const words = readFileSync(new URL(`../../../src/i18n/${language}.ftl`, import.meta.url), "utf8");
  const found = new RegExp(`^${id} = (.*)$`, "m").exec(words)?.[1];
  if (found === undefined) throw new Error(`no word for ${id}`);
  return found;
}

/** All of what the screens show. */
export async function see(page: Page): Promise<Seen> {
  await goTo(page, COLLECT);
  const top = await page.evaluate(() => ({
    language: document.documentElement.lang,
    trip: document.querySelector(".trip-name .name")?.textContent ?? "",
    progress: document.querySelector(".trip-name .quiet")?.textContent ?? "",
    tabs: [...document.querySelectorAll(".tabs button")].map((tab) => Number(tab.querySelector(".badge")?.textContent ?? 0)),
    banners: [...document.querySelectorAll(".banner")].map((banner) => banner.textContent ?? ""),
    next: document.querySelector("main > button.primary")?.textContent ?? null,
  }));
  const { next, ...head } = top;
  const [list] = await lists(page);
  const collect = { list: list?.rows ?? [], label: list?.label ?? null, next };
  const portal = await portalOf(page);
  await goTo(page, DELIVER);
  const deliver = await lists(page);
  return { ...head, collect, portal, deliver, record: await recordOf(page), file: await fileOf(page) };
}

/** The lists of a screen, all pages of each. */
async function lists(page: Page): Promise<{ label: string; rows: Row[] }[]> {
  const all = [];
  for (const section of await page.locator(".pc-list").all()) {
    const rows: Row[] = [];
    await pages(section, async () => {
      rows.push(...(await section.evaluate(rowsOf)));
    });
    all.push({ label: (await section.getAttribute("aria-label")) ?? "", rows });
  }
  return all;
}

/** Does something on every page of a list, and comes back to the first. */
async function pages(section: Locator, look: () => Promise<void>): Promise<void> {
  const turn = section.locator(".pager button");
  for (;;) {
    await look();
    if ((await turn.count()) === 0 || (await turn.last().isDisabled())) break;
    await turn.last().tap();
  }
  while ((await turn.count()) > 0 && !(await turn.first().isDisabled())) await turn.first().tap();
}

function rowsOf(section: Element): Row[] {
  return [...section.querySelectorAll(".row-button")].map((row) => ({
    name: row.querySelector(".name")?.textContent ?? "",
    products: row.querySelector(".quiet")?.textContent ?? "",
    state: (/\bis-(\w+)/.exec(row.querySelector(".mark")?.className ?? "")?.[1] ?? "?") as Mark,
  }));
}

/** What the portal screen asks for, one after the other, until it begins anew. */
async function portalOf(page: Page): Promise<Seen["portal"]> {
  await goTo(page, PORTAL);
  const all: Seen["portal"][number][] = [];
  while (await page.locator(".portal-entry").count()) {
    const one = await page.locator(".portal-entry").evaluate((entry) => ({
      pc: entry.querySelector("h1")?.textContent ?? "",
      product: entry.querySelector("header .quiet")?.textContent ?? "",
      iid: [...entry.querySelectorAll(".group .digits")].map((group) => group.textContent).join(""),
      practice: entry.querySelector("a[href]") === null,
    }));
    if (all.some((before) => before.iid === one.iid)) break;
    all.push(one);
    const skip = page.locator(".portal-entry .count button");
    if ((await skip.count()) === 0) break;
    await skip.tap();
    await page.waitForFunction(
      (before) => [...document.querySelectorAll(".group .digits")].map((group) => group.textContent).join("") !== before,
      one.iid,
    );
  }
  return all;
}

async function recordOf(page: Page): Promise<Seen["record"]> {
  await goToRecord(page);
  const filters = await page.locator(".filters button").allTextContents();
  return { filters, pcs: await pcsOf(page) };
}

/** All that the record says of its PCs, each opened. */
export async function pcsOf(page: Page): Promise<PcShown[]> {
  await goToRecord(page);
  const section = page.locator(".pc-list");
  const pcs: PcShown[] = [];
  if ((await section.count()) === 0) return pcs;
  await pages(section, async () => {
    await section.evaluate((list) => {
      for (const closed of list.querySelectorAll<HTMLElement>("details:not([open]) > summary")) closed.click();
    });
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll(".pc-list details")];
      return rows.length > 0 && rows.every((row) => row.querySelector(".detail"));
    });
    pcs.push(...(await section.evaluate(detailsOf)));
  });
  return pcs;
}

function detailsOf(section: Element): PcShown[] {
  const digits = (list: Element | null | undefined) =>
    list ? [...list.querySelectorAll(".digits")].map((group) => group.textContent).join("") : null;
  const mark = (inside: Element) => (/\bis-(\w+)/.exec(inside.querySelector(".mark")?.className ?? "")?.[1] ?? "?") as Mark;
  // Which spaces stand in a time depends on the browser.
  const plain = (text: string | null) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").trim();
  return [...section.querySelectorAll("details")].map((row) => {
    const summary = row.querySelector("summary") as Element;
    const serial = row.querySelector(".detail > p.quiet")?.textContent;
    return {
      name: summary.querySelector(".name")?.textContent ?? "",
      products: summary.querySelector(".quiet")?.textContent ?? "",
      state: mark(summary),
      ...(serial != null && { serial }),
      entries: [...row.querySelectorAll("article.entry")].map((entry) => {
        const changed = entry.querySelector(":scope > .what")?.textContent;
        const failure = entry.querySelector(".failure")?.textContent;
        return {
          product: entry.querySelector("h3")?.textContent ?? "",
          state: mark(entry),
          iid: digits(entry.querySelector("ol.groups:not(.boxes)")) ?? "",
          cid: digits(entry.querySelector("ol.groups.boxes")),
          ...(changed != null && { changed }),
          ...(failure != null && { failure }),
          steps: [...entry.querySelectorAll(".steps li")].map((step) => plain(step.textContent)),
        };
      }),
    };
  });
}

/** The file that the record saves. */
async function fileOf(page: Page): Promise<Seen["file"]> {
  await goToRecord(page);
  const save = page.locator("section[aria-labelledby=hand-on] button.primary");
  if ((await save.count()) === 0) return null;
  const saving = page.waitForEvent("download");
  await save.tap();
  const text = readFileSync((await (await saving).path()) ?? "", "utf8");
  const { written_at: _, ...file } = JSON.parse(text) as Record<string, unknown>;
  return file;
}

const JSQR = readFileSync(createRequire(import.meta.url).resolve("jsqr"), "utf8");

/** Shows every reply that waits, and decodes its symbol: the page then knows these as delivered. */
export async function replies(page: Page): Promise<ReplyShown[]> {
  await page.evaluate(JSQR);
  await goTo(page, DELIVER);
  const waiting = page.locator(`.pc-list[aria-label="${await word(page, "deliver-list")}"]`);
  const all: ReplyShown[] = [];
  if ((await waiting.count()) === 0) return all;
  await pages(waiting, async () => {
    const rows = await waiting.locator(".row-button").count();
    for (let row = 0; row < rows; row += 1) {
      await waiting.locator(".row-button").nth(row).tap();
      await page.locator(".reply").waitFor();
      all.push(...(await repliesOfOne(page)));
      await page.locator(".reply button.wide").tap();
      await page.locator(".reply").waitFor({ state: "detached" });
    }
  });
  return all;
}

async function repliesOfOne(page: Page): Promise<ReplyShown[]> {
  const all: ReplyShown[] = [];
  for (;;) {
    all.push(await page.locator(".reply").evaluate(readReply));
    const next = page.locator(".reply-side .row button").last();
    if ((await next.count()) === 0 || (await next.isDisabled())) return all;
    await next.tap();
  }
}

/** One reply, once its symbol is painted. */
async function readReply(reply: Element): Promise<ReplyShown> {
  const { jsQR } = window as unknown as { jsQR: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null };
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const canvas = reply.querySelector("canvas") as HTMLCanvasElement;
  const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
  const notes = [...reply.querySelectorAll(".reply-side > p:not(.reply-name)")].map((one) => one.textContent ?? "");
  return {
    pc: reply.querySelector(".reply-name strong")?.textContent ?? "",
    product: reply.querySelector(".reply-name span")?.textContent ?? "",
    symbol: (image && jsQR(image.data, image.width, image.height)?.data) ?? "not decoded",
    boxes: [...reply.querySelectorAll(".boxes .digits")].map((box) => box.textContent).join(" "),
    notes,
  };
}

/** Collects what a link carries, and says when the page has told so. */
export async function collect(page: Page, link: string): Promise<void> {
  const dismiss = page.locator(".notice .plain");
  if (await dismiss.count()) await dismiss.tap();
  await page.evaluate((text) => {
    location.hash = text;
  }, link);
  await page.locator(".notice.is-good").waitFor();
}

/** Goes to what the portal screen asks for a PC (and product): whichever comes first. */
export async function atPortal(page: Page, pc: string, product?: string): Promise<void> {
  await goTo(page, PORTAL);
  const entry = page.locator(".portal-entry");
  for (let look = 0; look < 200; look += 1) {
    const name = await entry.locator("h1").textContent();
    const what = await entry.locator("header .quiet").textContent();
    if (name === pc && (product === undefined || what?.startsWith(product))) return;
    await entry.locator(".count button").tap();
  }
  throw new Error(`the portal screen has nothing for ${pc}`);
}

/** Pastes an answer for what the portal screen asks. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.locator("#cid-field").fill(text);
}
