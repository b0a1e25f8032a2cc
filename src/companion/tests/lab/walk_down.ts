// What the tests go through: `.ci/page-core` makes both.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WalkDown } from "./replay";

const built = (name: string) => fileURLToPath(new URL(`../../build/${name}`, import.meta.url));

/** The core as it is built, in base64. */
export function coreText(): string {
  return readFileSync(built("core.wasm")).toString("base64");
}

/** The walk that the native core went. */
export function walkDown(): WalkDown {
  return JSON.parse(readFileSync(built("walk.json"), "utf8")) as WalkDown;
}
