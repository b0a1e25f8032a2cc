// How fast the page is in Debian's Chromium: from a cold file to the camera,
// from a request or a PC in view to what the page makes of it, with 500 PCs in
// the trip, and its decoder beside others on the same frames. Prints the
// tables of benches/README.md.
//
//   npm run bench            (HIKYAKU_BIN: the program; HIKYAKU_PCS: how many screens)

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as pathOf } from "node:path";
import type { Page } from "playwright-core";
import { it } from "vitest";
import { hikyaku } from "../tests/crossing/binary";
import { replaceCamera, stored } from "../tests/crossing/person";
import { DIST, giveTripFile, phone, type Served, serve } from "../tests/page/browser";
import { practiceIid } from "../tests/lab/numbers";
import { Walk } from "../tests/lab/walk";
import { bring, sideBySide } from "./decoders";

const PCS = Number(process.env.HIKYAKU_PCS ?? 24);
const STARTS = 7;
const AT = 1_790_000_000;
/** A person would have moved the phone by then. */
const PATIENCE_MS = 5000;

interface Screen {
  readonly name: string;
  /** A frame of the phone's camera, as the address of a picture. */
  readonly frame: string;
}

it("is measured", async () => {
  const folder = mkdtempSync(pathOf(tmpdir(), "hikyaku-speed-"));
  const served = await serve();
  try {
    const screens = Array.from({ length: PCS }, (_, index) => screenOf(folder, index));
    table("from a cold file to the camera", ["starts", "ms median", "ms worst"], [await coldStarts()]);
    const rows = [
      ...(await inView(served, screens, undefined, "an empty trip")),
      ...(await inView(served, screens, await ward(500), "500 PCs")),
    ];
    table("in view at 1280x720, until the page shows it", ["what", "trip", "shown", "ms median", "ms p95"], rows);
    table("a trip of 500 PCs", ["what", "ms median", "ms p95", "ms worst"], await smooth(served));
    await decoders(screens.map((screen) => screen.frame));
  } finally {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A practice PC's request on its screen, filmed by the model of a phone. */
function screenOf(folder: string, index: number): Screen {
  const name = `SPEED-PC${index + 1}`;
  const [pc, picture, photo] = ["json", "png", "jpg"].map((ending) => pathOf(folder, `${name}.${ending}`)) as [string, string, string];
  hikyaku(["practice", "new-pc", pc, "--name", name, "--serial", `SN-${index}`]);
  hikyaku(["--practice", pc, "show", "--page", "https://example.org/hikyaku/", "-o", picture]);
  const film = ["practice", "film", picture, "-o", photo, "--camera", "phone", "--seed", String(index + 1)];
  hikyaku([...film, "--width", "1280", "--height", "720"]);
  return { name, frame: `data:image/jpeg;base64,${readFileSync(photo).toString("base64")}` };
}

/** A trip with so many PCs, every second with its answer. */
async function ward(count: number): Promise<Walk> {
  const walk = await Walk.begin("Speed", AT);
  for (let index = 0; index < count; index += 1) {
    const { digits } = practiceIid(`speed ${index}`);
    walk.apply({ kind: "collect", text: digits, name: `WARD-PC${index + 1}` });
    if (index % 2 === 0) walk.answer(digits);
  }
  return walk;
}

async function coldStarts(): Promise<readonly (string | number)[]> {
  const took: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const device = await phone({ language: "en" });
    try {
      await device.page.goto(`file://${DIST}index.html`, { waitUntil: "commit" });
      took.push(
        await device.page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const look = () =>
                document.querySelector(".picture.is-live") ? resolve(performance.now()) : requestAnimationFrame(look);
              look();
            }),
        ),
      );
    } finally {
      await device.close();
    }
  }
  return [STARTS, part(took, 0.5), part(took, 1)];
}

/** Every screen before the camera: collected, and after its answer came, delivered to. */
async function inView(served: Served, screens: readonly Screen[], trip: Walk | undefined, about: string) {
  const device = await phone({ language: "en" });
  const { page } = device;
  try {
    await replaceCamera(page);
    await page.addInitScript(() => {
      (window as unknown as { crossing: { replaced: boolean } }).crossing.replaced = true;
    });
    await page.goto(served.address);
    await page.locator(".picture.is-live").waitFor();
    if (trip) await give(page, trip);
    const collected: number[] = [];
    for (const { name, frame } of screens) collected.push(await shown(page, frame, { text: `Collected “${name}”` }));
    await give(page, await answered(page));
    await page.getByRole("navigation").getByRole("button", { name: /^Deliver/ }).tap();
    await page.locator(".picture.is-live").waitFor();
    const delivered: number[] = [];
    for (const { name, frame } of screens) {
      delivered.push(await shown(page, frame, { dialog: `Reply to “${name}”` }));
      const dialog = page.getByRole("dialog");
      if (await dialog.count()) await dialog.getByRole("button", { name: "Close" }).tap();
    }
    return [
      ["a request is collected", about, ...times(collected)],
      ["a PC's reply is shown", about, ...times(delivered)],
    ];
  } finally {
    await device.close();
  }
}

const times = (all: readonly number[]) => [
  `${all.filter((ms) => ms < PATIENCE_MS).length} of ${all.length}`,
  part(all, 0.5),
  part(all, 0.95),
];

/** Milliseconds from the first frame of a picture to what it makes the page show. */
async function shown(page: Page, frame: string, sign: { text?: string; dialog?: string }): Promise<number> {
  const took = await page.evaluate(
    async ({ frame, sign, patience }) => {
      const { look } = (window as unknown as { crossing: { look(source?: string): Promise<void> } }).crossing;
      await look(frame);
      const start = performance.now();
      return new Promise<number>((resolve) => {
        const watch = () => {
          const ms = performance.now() - start;
          const there = sign.dialog
            ? document.querySelector(`[role=dialog][aria-label="${sign.dialog}"]`)
            : document.querySelector("main")?.textContent?.includes(sign.text ?? "");
          if (there || ms > patience) void look(undefined).then(() => resolve(there ? ms : patience));
          else requestAnimationFrame(watch);
        };
        watch();
      });
    },
    { frame, sign, patience: PATIENCE_MS },
  );
  await page.waitForTimeout(150);
  return took;
}

/** Gives the page a trip file through its own button, and comes back to the camera. */
async function give(page: Page, trip: Walk): Promise<void> {
  await page.locator(".trip-name").tap();
  await join(page, trip);
  await page.getByRole("navigation").getByRole("button", { name: /^Collect/ }).tap();
  await page.locator(".picture.is-live").waitFor();
}

/** Chooses a trip file and says yes; milliseconds from then until it is kept. */
async function join(page: Page, trip: Walk): Promise<number> {
  await giveTripFile(page, trip.file());
  const yes = page.getByRole("dialog").getByRole("button", { name: "Open" });
  await yes.waitFor();
  const start = performance.now();
  await yes.tap();
  await page.locator(".notice.is-good").waitFor();
  return performance.now() - start;
}

/** The collected PCs' numbers with the practice portal's answers, as another phone would have got them. */
async function answered(page: Page): Promise<Walk> {
  const { entries, pcs } = await stored(page);
  const names = new Map(pcs.map((pc) => [pc.id, pc.name]));
  const walk = await Walk.begin("Speed", AT);
  for (const { pcId, iid } of entries) {
    const name = names.get(pcId) ?? "";
    if (!name.startsWith("SPEED-")) continue;
    walk.apply({ kind: "collect", text: iid, name });
    walk.answer(iid);
  }
  return walk;
}

/** Times between two frames of the browser while a person goes through a long list. */
async function smooth(served: Served) {
  const device = await phone({ language: "en", camera: "none" });
  const { page } = device;
  try {
    await page.goto(served.address);
    await page.locator(".trip-name").tap();
    const taken = await join(page, await ward(500));
    await page.locator(".notice .plain").tap();
    const gaps = (act: string) =>
      page.evaluate(
        (act) =>
          new Promise<number[]>((resolve) => {
            const all: number[] = [];
            let before = performance.now();
            let step = 0;
            const search = document.querySelector<HTMLInputElement>(".pc-list input[type=search]");
            const next = () => [...document.querySelectorAll<HTMLButtonElement>(".pager button")].at(-1);
            const frame = (now: number) => {
              all.push(now - before);
              before = now;
              if (step++ >= 90) return resolve(all.slice(1));
              if (act === "scroll") window.scrollBy(0, step < 45 ? 60 : -60);
              if (act === "turn" && step % 6 === 0) next()?.click();
              if (act === "search" && search && step % 10 === 0) {
                search.value = "WARD-PC123".slice(0, step / 10);
                search.dispatchEvent(new Event("input", { bubbles: true }));
              }
              requestAnimationFrame(frame);
            };
            requestAnimationFrame(frame);
          }),
        act,
      );
    const rows: (string | number)[][] = [["its file is taken over", Math.round(taken), "–", "–"]];
    for (const [name, act] of [
      ["frame to frame, scrolling", "scroll"],
      ["frame to frame, turning pages", "turn"],
      ["frame to frame, searching", "search"],
    ] as const) {
      const all = await gaps(act);
      rows.push([name, part(all, 0.5), part(all, 0.95), part(all, 1)]);
    }
    return rows;
  } finally {
    await device.close();
  }
}

async function decoders(frames: readonly string[]): Promise<void> {
  const device = await phone({ language: "en", camera: "none" });
  try {
    await bring(device.page);
    const rows = await sideBySide(device.page, frames);
    const cells = rows.map(({ decoder, read, frames: all }) => {
      const hits = all.filter((one) => one.hit).map((one) => one.ms);
      return [decoder, `${read} of ${all.length}`, part(hits, 0.5), part(all.map((one) => one.ms), 0.5), part(all.map((one) => one.ms), 0.95)];
    });
    table("decoders on the same frames", ["decoder", "read", "ms median of hits", "median", "p95"], cells);
  } finally {
    await device.close();
  }
}

/** That part of the values is not above this one; at most ten of a millisecond matter. */
function part(values: readonly number[], share: number): number | string {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) return "–";
  return value < 100 ? Number(value.toPrecision(2)) : Math.round(value);
}

function table(title: string, heads: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  console.log([`\n### ${title}\n`, line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n"));
}
