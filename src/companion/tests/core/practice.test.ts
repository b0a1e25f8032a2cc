// The practice portal's answer, by the vectors of src/activation/practice.rs.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { hresultMessage, meanings } from "../../src/domain/hresult";
import { parseCid, parseIid } from "../../src/domain/numbers";
import { practiceCid, practiceIid } from "../../src/domain/practice";

const rust = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../../activation/${file}`, import.meta.url)), "utf8");

describe("practice numbers", () => {
  it("are those of the documented hash", () => {
    const iid = practiceIid("PRACTICE-01");
    const vectors = rust("practice.rs");
    expect(vectors).toContain(iid.groups.join(" "));
    expect(vectors).toContain(practiceCid(iid)?.groups.join(" "));
  });

  it("hold, and show themselves", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const iid = practiceIid(String(seed));
      expect(parseIid(iid.digits)).toEqual({ ok: true, value: iid });
      const cid = practiceCid(iid);
      expect(cid && parseCid(cid.digits)).toEqual({ ok: true, value: cid });
      expect([iid.practice, cid?.practice]).toEqual([true, true]);
    }
  });

  it("are never made for a real Installation ID", () => {
    const real = parseIid("489126343257012289105546522085205332958764158851011127139061121");
    expect(real.ok && practiceCid(real.value)).toBeUndefined();
  });
});

describe("codes", () => {
  it("mean the same as on the Rust side", () => {
    const source = rust("hresult.rs");
    const table = source.slice(source.indexOf("MEANINGS"), source.indexOf("#[cfg(test)]"));
    const theirs = [...table.matchAll(/\(\s*&\[([^\]]*)\],\s*"([a-z-]+)",?\s*\)/g)].map(([, codes, id]) => [
      id,
      [...(codes ?? "").matchAll(/0x([0-9A-F_]+)/g)].map(([, hex]) => Number.parseInt((hex ?? "").replace("_", ""), 16)),
    ]);
    expect(theirs.length).toBeGreaterThan(15);
    expect(meanings()).toEqual(theirs);
    expect(hresultMessage("0xC004F031")).toBe("hresult-mismatch");
    expect(hresultMessage("0xDEADBEEF")).toBe("hresult-unknown");
  });
});
