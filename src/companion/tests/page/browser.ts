// Debian's Chromium with a camera made of pictures, and the built page.

import { createServer, type Server } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

/** The built page; `HIKYAKU_PAGE` names another build. */
export const DIST = process.env.HIKYAKU_PAGE ?? new URL("../../dist/", import.meta.url).pathname;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
};

/** The page over HTTP, and every request that was made. */
export interface Served {
  readonly address: string;
  readonly requests: string[];
  /** What a file answers instead of what was built. */
  readonly instead: Map<string, string>;
  close(): Promise<void>;
}

export async function serve(host = "127.0.0.1"): Promise<Served> {
  const requests: string[] = [];
  const instead = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://page");
    // The same page also lives in two folders, as two deployments on one origin.
    const path = url.pathname.replace(/^\/(first|second)\//, "/");
    const name = path === "/" ? "index.html" : path.slice(1);
    requests.push(url.pathname === path ? name : url.pathname.slice(1));
    try {
      const body = instead.get(url.pathname.slice(1)) ?? instead.get(name) ?? readFileSync(join(DIST, name.replaceAll("..", "")));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://${host}:${port}/`,
    requests,
    instead,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface Wanted {
  /** JPEG pictures that the camera shows one after the other, again and again. */
  readonly film?: readonly Buffer[];
  /** What the browser does when a page asks for the camera. */
  readonly camera?: "allow" | "deny" | "none";
  readonly size?: { readonly width: number; readonly height: number };
  readonly language?: "ja" | "en";
  readonly scale?: number;
  readonly offline?: boolean;
}

export interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page wrote to its console as an error. */
  readonly complaints: string[];
  /** Shows other pictures to the camera from its next start on. */
  film(pictures: readonly Buffer[]): void;
  close(): Promise<void>;
}

/** Chooses a trip file, as a person does on the record. */
export async function giveTripFile(page: Page, text: string): Promise<void> {
  // As a file: what is handed over in memory may have 50 MB at most.
  const folder = mkdtempSync(join(tmpdir(), "hikyaku-trip-"));
  const file = join(folder, "trip.json");
  writeFileSync(file, text);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await page.locator('input[type="file"][accept*="json"]').setInputFiles(file);
}

/** A browser of its own, like a phone that never saw the page. */
export async function phone(wanted: Wanted = {}): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), "hikyaku-phone-"));
  const filmFile = join(folder, "film.mjpeg");
  if (wanted.film) writeFileSync(filmFile, Buffer.concat(wanted.film));
  const camera = wanted.camera ?? "allow";
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...(camera === "none"
        ? []
        : ["--use-fake-device-for-media-stream", ...(wanted.film ? [`--use-file-for-fake-video-capture=${filmFile}`] : [])]),
      ...(camera === "allow" ? ["--use-fake-ui-for-media-stream"] : []),
    ],
    viewport: wanted.size ?? { width: 390, height: 844 },
    deviceScaleFactor: wanted.scale ?? 2,
    isMobile: true,
    hasTouch: true,
    locale: wanted.language === "en" ? "en-GB" : "ja-JP",
    timezoneId: "Asia/Tokyo",
    permissions: camera === "allow" ? ["camera", "clipboard-read", "clipboard-write"] : ["clipboard-read", "clipboard-write"],
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return {
    context,
    page,
    complaints,
    film: (pictures) => writeFileSync(filmFile, Buffer.concat(pictures)),
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
