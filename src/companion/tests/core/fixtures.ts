// The fixtures that the Rust side runs too.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const FIXTURES = fileURLToPath(new URL("../../../../fixtures/", import.meta.url));

export interface Good {
  name: string;
  text: string;
  kind: string;
  // biome-ignore lint: the shape depends on the kind
  value: any;
  canonical: boolean;
  page?: string;
}

export interface Bad {
  name: string;
  text: string;
  error: string;
  groups?: string[];
}

/** Every fixture of a folder; none at all is a failure. */
export function fixtures<T>(folder: string): T[] {
  const files = readdirSync(FIXTURES + folder)
    .filter((file) => file.endsWith(".json"))
    .sort();
  if (files.length === 0) throw new Error(`${folder} is empty`);
  return files.map((file) => JSON.parse(readFileSync(`${FIXTURES}${folder}/${file}`, "utf8")) as T);
}
