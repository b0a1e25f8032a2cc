// The page as the binary serves it over HTTPS: secure enough for a camera, and
// its strict headers keep nothing from working.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { BINARY } from "./binary";

it("serves a page that has its camera, and ends by Ctrl-C", async () => {
  const server = spawn(BINARY, ["--lang", "en", "--json", "page", "--serve", "--bind", "127.0.0.1", "--port", "0"]);
  const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  try {
    const line = await new Promise<string>((resolve) => createInterface(server.stdout).once("line", resolve));
    const { url } = JSON.parse(line) as { url: string };
    // As a person who compared the fingerprint and went on.
    const context = await browser.newContext({ ignoreHTTPSErrors: true, permissions: ["camera"], locale: "en-GB" });
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("request", (request) => asked.push(request.url()));
    const answer = await page.goto(url);
    expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
    await page.locator(".picture.is-live").waitFor();
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
    expect(asked.filter((one) => !one.startsWith(url) && !/^(blob|data):/.test(one))).toEqual([]);
    // A browser that was told to go on still does not trust the certificate for a service worker.
    expect(complaints.filter((text) => !/service ?worker|certificate/i.test(text))).toEqual([]);
  } finally {
    await browser.close();
    server.kill("SIGINT");
  }
  expect(await ended).toBe(0);
});
