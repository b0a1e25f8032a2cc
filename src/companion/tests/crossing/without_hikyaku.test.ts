// The crossing of PCs on which nothing may be run: Windows itself shows the
// numbers, the page reads them off the screens, and what a scanner types into
// each console activates it. And the same with photographs and printed sheets,
// by the command line.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { phone, serve } from "../page/browser";
import { BINARY, DONE, hikyaku, NOTHING_FOUND, photograph, practicePortal } from "./binary";
import { Person, replaceCamera, stored } from "./person";
import { paintAnswer, paintScreen } from "./windows_screens";

const PCS = 10;
/** Photographs of one screen before the test gives up: a person would have moved by then. */
const ATTEMPTS = 12;
const TYPE = fileURLToPath(new URL("../../../../tests/typed/type.sh", import.meta.url));
/** The layouts of keyboards in turn. */
const LAYOUTS = ["jp", "us"] as const;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hikyaku-without-"));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A PC that never runs Hikyaku: the program only stands in for its licence store. */
class BarePc {
  readonly file: string;
  readonly iid: string;
  picture = "";

  constructor(
    readonly index: number,
    set: string,
  ) {
    this.file = join(folder, `${set}-${index}.json`);
    hikyaku(["practice", "new-pc", this.file, "--name", this.name]);
    const { out } = hikyaku(["--json", "--practice", this.file, "show"]);
    this.iid = (JSON.parse(out.trim().split("\n").at(-1) ?? "") as { iid: string }).iid;
  }

  get name(): string {
    return `Bed ${"ABCDEFGHIJ"[this.index]}`;
  }

  get isActivated(): boolean {
    const store = JSON.parse(readFileSync(this.file, "utf8")) as { products: { status: number }[] };
    return store.products.every((product) => product.status === 1);
  }

  /** A handheld scanner types into its console. */
  type(text: string): string {
    const layout = LAYOUTS[this.index % LAYOUTS.length] ?? "us";
    const run = spawnSync(TYPE, [BINARY, this.file, layout, text], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(`${this.name}: ${run.stdout}${run.stderr}`);
    return run.stdout.trim();
  }
}

async function pcs(set: string): Promise<BarePc[]> {
  const all = Array.from({ length: PCS }, (_, index) => new BarePc(index, set));
  for (const pc of all) pc.picture = await paintScreen(browser, folder, pc.index, pc.iid);
  return all;
}

/** What a scanner reads off a picture. */
function scanned(picture: string): string {
  const { out } = hikyaku(["--json", "decode", picture]);
  const { texts } = JSON.parse(out) as { texts: { text: string }[] };
  expect(texts).toHaveLength(1);
  return texts[0]?.text ?? "";
}

it("carries ten PCs that show nothing but Windows' own screens, and types no digit", async () => {
  const all = await pcs("page");
  const served = await serve();
  const device = await phone({ language: "en" });
  try {
    const { page } = device;
    await replaceCamera(page);
    const person = new Person(page);
    await page.goto(served.address);
    await page.getByRole("navigation").waitFor();
    await person.takePhoneInHand();
    const tab = (name: RegExp) => page.getByRole("navigation").getByRole("button", { name });
    await tab(/^Portal/).tap();
    await tab(/^Collect/).tap();

    let seed = 1;
    for (const pc of all) seed = await collect(person, pc, seed);
    const kept = await stored(page);
    expect(kept.entries.map((entry) => entry.iid)).toEqual(all.map((pc) => pc.iid));
    expect(kept.pcs.map((pc) => pc.name)).toEqual(all.map((pc) => pc.name));

    await tab(/^Portal/).tap();
    for (const pc of all) await ask(person, pc);

    await tab(/^Deliver/).tap();
    for (const pc of all) seed = await deliver(person, pc, seed);
    expect(all.map((pc) => pc.isActivated)).toEqual(Array(PCS).fill(true));
    expect((await stored(page)).entries.map((entry) => entry.state)).toEqual(Array(PCS).fill("activated"));
    console.log(JSON.stringify({ pcs: PCS, photographs: seed - 1, taps: person.taps, typed_digits: person.typedDigits }));
    expect(person.typedDigits).toBe(0);
    expect(device.complaints).toEqual([]);
  } finally {
    await device.close();
    await served.close();
  }
});

/** The phone looks at a screen until something is there; the next seed. */
async function look(person: Person, picture: string, seed: number, done: () => Promise<boolean>): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await person.pointAt(photograph(folder, picture, "phone", seed + attempt));
    for (let wait = 0; wait < 40; wait += 1) {
      if (await done()) return seed + attempt + 1;
      await person.page.waitForTimeout(100);
    }
  }
  throw new Error(`${picture} was not read in ${ATTEMPTS} photographs`);
}

async function collect(person: Person, pc: BarePc, seed: number): Promise<number> {
  const { page } = person;
  const card = page.getByRole("dialog");
  const next = await look(person, pc.picture, seed, () => card.isVisible());
  // What the person compares is what the screen shows.
  const read = await card.locator("li .digits").allTextContents();
  expect(read.join("")).toBe(pc.iid);
  expect(await card.locator("li img").count()).toBe(9);
  await card.getByLabel("Name of the PC").fill(pc.name);
  await card.getByLabel("Product").selectOption("Windows 11");
  await person.tap(/collect/, card);
  await page.getByText(`Collected “${pc.name}”`).waitFor();
  await person.pointAt(undefined);
  return next;
}

/** The answer of every third PC comes as a screenshot, the others by the clipboard. */
async function ask(person: Person, pc: BarePc): Promise<void> {
  const { page } = person;
  await page.getByRole("heading", { level: 1, name: pc.name, exact: true }).waitFor();
  const { cid, text } = practicePortal(pc.iid);
  if (pc.index % 3 === 0) {
    const picture = await paintAnswer(browser, folder, String(pc.index), cid);
    await page.locator(".paste input[type=file]").setInputFiles(picture);
    await person.tap(/use it/, page.getByRole("dialog"));
  } else {
    await person.copyElsewhere(text);
    await person.tap("Paste");
  }
  await page.getByText(`Kept the Confirmation ID of “${pc.name}`).waitFor();
}

/** Its screen in view turns the page into what the scanner types. */
async function deliver(person: Person, pc: BarePc, seed: number): Promise<number> {
  const { page } = person;
  const reply = page.getByRole("dialog", { name: new RegExp(pc.name) });
  const next = await look(person, pc.picture, seed, () => reply.isVisible());
  await person.pointAt(undefined);
  const text = await symbolOnScreen(page, pc);
  const { cid } = practicePortal(pc.iid);
  expect(text).toBe(`SLMGR /ATP ${cid}`);
  expect(pc.type(text).toUpperCase()).toBe(text);
  expect(pc.isActivated).toBe(true);
  // Windows says so, and the person says it to the page.
  await person.tap("Windows says it is activated", reply);
  await person.tap("Windows says it is activated", page.getByRole("dialog").last());
  await page.getByText(`“${pc.name}” is activated`).waitFor();
  return next;
}

async function symbolOnScreen(page: Page, pc: BarePc): Promise<string> {
  const picture = join(folder, `reply-${pc.index}.png`);
  writeFileSync(picture, await page.screenshot());
  return scanned(picture);
}

it("carries ten PCs by photographs and a printed sheet", async () => {
  const all = await pcs("sheet");
  process.env.HIKYAKU_TRIPS = join(folder, "trips");
  hikyaku(["trip", "new", "Beds"]);
  let seed = 1000;
  for (const pc of all) {
    // The person calls the photograph as the PC.
    const picture = join(folder, `${pc.name}.jpg`);
    let collected = false;
    for (let attempt = 0; attempt < ATTEMPTS && !collected; attempt += 1) {
      copyFileSync(photograph(folder, pc.picture, "phone", seed++), picture);
      collected = hikyaku(["collect", picture], [DONE, NOTHING_FOUND]).exit === DONE;
    }
    expect(collected, pc.name).toBe(true);
  }
  const input = all.map((pc) => `${practicePortal(pc.iid).cid}\n`).join("");
  const portal = spawnSync(BINARY, ["portal", "--no-clipboard"], { input, encoding: "utf8" });
  expect(portal.status, portal.stderr).toBe(DONE);
  const sheet = join(folder, "sheet.html");
  hikyaku(["deliver", "--sheet", sheet, "--without-hikyaku"]);
  const page = await browser.newPage({ viewport: { width: 900, height: 1200 }, deviceScaleFactor: 2 });
  await page.goto(`file://${sheet}`);
  for (const pc of all) {
    // The strip says whose it is; the scanner reads its first symbol.
    const strip = page.locator("section.strip").filter({ hasText: pc.name });
    const picture = join(folder, `strip-${pc.index}.png`);
    await strip.locator(".symbol").first().screenshot({ path: picture });
    pc.type(scanned(picture));
    hikyaku(["trip", "activated", pc.name]);
  }
  await page.close();
  expect(all.map((pc) => pc.isActivated)).toEqual(Array(PCS).fill(true));
  console.log(JSON.stringify({ pcs: PCS, photographs: seed - 1000 }));
});
