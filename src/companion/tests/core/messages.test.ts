// Every fault that the page's modules can name is said in both languages, with
// what to do next.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { meanings } from "../../src/domain/hresult";
import { hasMessage } from "../../src/i18n";

const source = (folder: string) => fileURLToPath(new URL(`../../src/${folder}/`, import.meta.url));

/** Ids in the calls that make faults and refusals. */
function faultIds(): string[] {
  const texts = ["domain", "store", "transfer", "trip"].flatMap((folder) =>
    readdirSync(source(folder)).map((file) => readFileSync(source(folder) + file, "utf8")),
  );
  const calls = /\b(?:bad|fault|refuse|refused|faultOf|giveWay)\(\s*(?:[a-z]+,\s*)?(?:[^"()]*\?\s*)?"([a-z0-9-]+)"/g;
  const ids = texts.flatMap((text) => [...text.matchAll(calls)].map((found) => found[1] ?? ""));
  return [...new Set(ids)].sort();
}

describe.each(["ja", "en"] as const)("messages in %s", (language) => {
  it.each(faultIds())("%s", (id) => {
    expect(hasMessage(language, id)).toBe(true);
    expect(hasMessage(language, id, "next")).toBe(true);
  });

  it.each(["hresult-unknown", ...meanings().map(([id]) => id)])("%s", (id) => {
    expect(hasMessage(language, id)).toBe(true);
    expect(hasMessage(language, id, "next")).toBe(true);
  });
});

it("finds the ids that there are", () => {
  const ids = faultIds();
  expect(ids.length).toBeGreaterThan(40);
  for (const id of ["number-wrong-groups", "packet-truncated", "store-full", "trip-full", "parts-damaged", "trip-file-newer"]) {
    expect(ids).toContain(id);
  }
});
