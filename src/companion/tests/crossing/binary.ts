// The offline side: practice PCs, their screens, and how cameras see screens.
// Everything is done by the program itself, as a technician would call it.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program. */
export const BINARY = process.env.HIKYAKU_BIN ?? fileURLToPath(new URL("../../../../target/debug/hikyaku", import.meta.url));
const PAGE = "https://example.org/hikyaku/";

/** Exit codes of the program. */
export const DONE = 0;
export const NOTHING_FOUND = 3;
export const NOT_FOR_THIS_PC = 5;

/** Runs the program; fails on an exit code that was not expected. */
export function hikyaku(args: readonly string[], expected: readonly number[] = [DONE]): { exit: number; out: string } {
  const run = spawnSync(BINARY, ["--lang", "en", ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.error) throw run.error;
  const exit = run.status ?? -1;
  if (!expected.includes(exit)) throw new Error(`hikyaku ${args.join(" ")}: exit ${exit}\n${run.stdout}${run.stderr}`);
  return { exit, out: run.stdout };
}

/** A photograph of a picture on a screen, as a JPEG. */
export function photograph(folder: string, picture: string, camera: "phone" | "webcam", seed: number): string {
  const file = join(folder, `photograph-${seed}.jpg`);
  hikyaku(["practice", "film", picture, "-o", file, "--camera", camera, "--seed", String(seed)]);
  return file;
}

/** What the practice portal answers: the digits, and boxes as the portal shows them. */
export function practicePortal(iid: string): { cid: string; text: string } {
  const { out } = hikyaku(["--json", "practice", "portal", iid]);
  const { cid } = JSON.parse(out) as { cid: string };
  const boxes = (cid.match(/.{6}/g) ?? []).map((box, index) => `${"ABCDEFGH"[index]}: ${box}`);
  return { cid, text: `Your confirmation ID\n\n${boxes.join("  ")}\n\nCopy` };
}

/** A practice PC with its screen. */
export class PracticePc {
  readonly #file: string;

  constructor(
    readonly folder: string,
    readonly name: string,
    index: number,
    readonly products: number,
  ) {
    this.#file = join(folder, `${name}.json`);
    const more = products > 1 ? ["--office"] : [];
    hikyaku(["practice", "new-pc", this.#file, "--name", name, "--serial", `SN-${index}`, ...more]);
  }

  /** Shows its request; the picture on its screen. */
  show(): string {
    const picture = join(this.folder, `${this.name}-request.png`);
    this.#run(["show", "--page", PAGE, "-o", picture]);
    return picture;
  }

  /** Its key or hardware changes. */
  changeHardware(): void {
    hikyaku(["practice", "change-hardware", this.#file]);
  }

  /** Reads a webcam's photograph and deposits; how that ended. */
  scan(photo: string): { exit: number; outcome: string } {
    const { exit, out } = this.#run(["--json", "scan", photo], [DONE, NOTHING_FOUND, NOT_FOR_THIS_PC]);
    const line = out.trim().split("\n").at(-1) ?? "";
    return { exit, outcome: line === "" ? "" : (JSON.parse(line) as { outcome: string }).outcome };
  }

  /** Shows its receipt; the picture on its screen. */
  receipt(): string {
    const picture = join(this.folder, `${this.name}-receipt.png`);
    this.#run(["receipt", "--page", PAGE, "-o", picture]);
    return picture;
  }

  /** What its licence store was told, for the end of the test. */
  get isActivated(): boolean {
    const store = JSON.parse(readFileSync(this.#file, "utf8")) as { products: { status: number }[] };
    return store.products.every((product) => product.status === 1);
  }

  #run(args: readonly string[], expected?: readonly number[]) {
    return hikyaku(["--practice", this.#file, ...args], expected);
  }
}
