// The page's own code depends one way: no file reaches itself by its imports.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"))
  .map((name) => join(SOURCE, name));

/** Files that a file imports. */
function importsOf(file: string): string[] {
  const wanted = [...readFileSync(file, "utf8").matchAll(/from "(\.[^"?]*)/g)].map((found) => join(dirname(file), found[1] ?? ""));
  return wanted.flatMap((path) => [path, `${path}.ts`, `${path}.tsx`, join(path, "index.ts")].filter((one) => /\.tsx?$/.test(one) && existsSync(one)));
}

/** A way from a file back to itself. */
function circle(from: string, way: readonly string[] = [from], seen = new Set<string>()): readonly string[] | undefined {
  for (const next of importsOf(way.at(-1) ?? from)) {
    if (next === from) return [...way, next];
    if (seen.has(next)) continue;
    seen.add(next);
    const found = circle(from, [...way, next], seen);
    if (found) return found;
  }
  return undefined;
}

it("has no circle of imports", () => {
  expect(files.length).toBeGreaterThan(25);
  expect(files.flatMap(importsOf).length).toBeGreaterThan(60);
  const circles = files.flatMap((file) => circle(file)?.map((one) => relative(SOURCE, one)).join(" > ") ?? []);
  expect(circles).toEqual([]);
});
