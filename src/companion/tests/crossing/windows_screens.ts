// What Windows itself shows of a number, painted: the box of `slmgr /dti`, a
// console, and the nine labelled blocks of the activation wizard.

import { join } from "node:path";
import type { Browser } from "playwright-core";

type Screen = (iid: string, groups: readonly string[]) => string;

const STYLE = `
  body { margin: 0; background: #f0f0f0; }
  main { display: inline-block; font: 15px "DejaVu Sans", sans-serif; color: #000; background: #fff; padding: 0; }
  header { padding: 6px 12px; background: #fff; border-bottom: 1px solid #ddd; }
  p { margin: 0; padding: 26px 30px; }
  footer { background: #f0f0f0; text-align: right; padding: 10px 16px; }
  footer span { border: 1px solid #888; padding: 3px 30px; background: #e4e4e4; }
  pre { margin: 0; padding: 12px; font: 16px "DejaVu Sans Mono", monospace; color: #ccc; background: #0c0c0c; }
  ol { display: flex; gap: 16px; list-style: none; margin: 0; padding: 10px 30px 30px; text-align: center; }
`;

const SCREENS: readonly Screen[] = [
  (iid) => `<header>Windows Script Host</header><p>Installation ID: ${iid}</p><footer><span>OK</span></footer>`,
  (iid) => `<pre>C:\\Windows\\system32&gt;cscript //nologo slmgr.vbs /dti\nInstallation ID: ${iid}\n\nC:\\Windows\\system32&gt;_</pre>`,
  (_, groups) =>
    `<header>Windows</header><p>1. Call Microsoft and give them this Installation ID:</p>
     <ol>${groups.map((group, at) => `<li>${at + 1}<br>${group}</li>`).join("")}</ol>`,
];

/** Paints a number as one of these screens; the picture. */
export async function paintScreen(browser: Browser, folder: string, index: number, iid: string): Promise<string> {
  const size = iid.length / 9;
  const groups = Array.from({ length: 9 }, (_, at) => iid.slice(at * size, (at + 1) * size));
  const screen = SCREENS[index % SCREENS.length];
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: 2 });
  await page.setContent(`<style>${STYLE}</style><main>${screen?.(iid, groups)}</main>`);
  const picture = join(folder, `windows-${index}.png`);
  await page.locator("main").screenshot({ path: picture });
  await page.close();
  return picture;
}

/** The portal's answer as it stands on another screen: boxes A to H. */
export async function paintAnswer(browser: Browser, folder: string, name: string, cid: string): Promise<string> {
  const boxes = (cid.match(/.{6}/g) ?? []).map((box, at) => `<li>${"ABCDEFGH"[at]}<br>${box}</li>`);
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.setContent(`<style>${STYLE}</style><main><p>Your confirmation ID</p><ol>${boxes.join("")}</ol></main>`);
  const picture = join(folder, `answer-${name}.png`);
  await page.locator("main").screenshot({ path: picture });
  await page.close();
  return picture;
}
