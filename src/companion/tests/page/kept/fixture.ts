// The remembered storages, as files.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { DIST, type Served } from "../browser";
import type { PcShown, ReplyShown, Seen } from "./screens";
import { answer, atPortal, collect, pcsOf, replies, see } from "./screens";
import { type Kept, layDown } from "./storage";

/** Where they lie; `HIKYAKU_KEPT` names another folder. */
export const FOLDER = process.env.HIKYAKU_KEPT ?? fileURLToPath(new URL("../../../../../fixtures/page/kept/", import.meta.url));

/** What a build of the page left on a phone. */
export interface Remembered {
  readonly name: string;
  readonly about: string;
  /** SHA-256 of the built `index.html` that stored it. */
  readonly page: string;
  /** Folder of the origin that the page lived in; the empty text for its top. */
  readonly folder: string;
  /** What the clock says when it is opened again, in seconds since 1970. */
  readonly opened_at: number;
  /** One more PC, and what a person pastes as its answer. */
  readonly one_more: { readonly name: string; readonly link: string; readonly answer: string };
  readonly storage: Kept;
}

/** What the screens say of it, and how it goes on. */
export interface Expected {
  readonly name: string;
  readonly seen: Seen;
  /** The one more PC on the record, once it is answered. */
  readonly one_more: PcShown | undefined;
  /** Every reply that waits then. */
  readonly replies: readonly ReplyShown[];
  /** The record's filters once all of these were shown. */
  readonly afterwards: readonly string[];
}

/** The hash that says which build it was. */
export function pageHash(): string {
  return createHash("sha256").update(readFileSync(`${DIST}index.html`)).digest("hex");
}

/** Names of all fixtures. */
export function names(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json"));
  return files.map((file) => file.replace(/\.json$/, "")).sort();
}

export function read<T extends Remembered | Expected>(file: string): T {
  return JSON.parse(readFileSync(`${FOLDER}/${file}.json`, "utf8")) as T;
}

export function write(file: string, value: Remembered | Expected): void {
  writeFileSync(`${FOLDER}/${file}.json`, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Lays a storage down at an address where the page was never opened. */
export async function layDownAt(page: Page, served: Served, kept: Kept): Promise<void> {
  served.instead.set("blank.html", '<!doctype html><link rel="icon" href="data:,">');
  await page.goto(`${served.address}blank.html`);
  await layDown(page, kept);
}

/** Opens the page where the storage lies already; the clock stands. */
export async function openAgain(page: Page, address: string, openedAt: number): Promise<void> {
  await page.context().clock.setFixedTime(openedAt * 1000);
  await page.goto(address);
  await page.locator(".tabs").waitFor();
}

/** Goes through the screens, collects one more PC, answers it, opens anew, and shows every reply. */
export async function goThrough(page: Page, kept: Remembered): Promise<Omit<Expected, "name"> & { readonly pcs: readonly PcShown[] }> {
  const seen = await see(page);
  const { name, link, answer: pasted } = kept.one_more;
  await collect(page, link);
  await atPortal(page, name);
  await answer(page, pasted);
  await page.locator(".notice.is-good").waitFor();
  await page.reload();
  await page.locator(".tabs").waitFor();
  const pcs = await pcsOf(page);
  const shown = await replies(page);
  await pcsOf(page);
  const afterwards = await page.locator(".filters button").allTextContents();
  return { seen, one_more: pcs.find((pc) => pc.name === name), replies: shown, afterwards, pcs };
}
