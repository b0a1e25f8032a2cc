// A random walk, gone natively first: the core as WebAssembly gives the same
// answers, byte for byte, and the same trips at the end.

import { expect, it } from "vitest";
import { replay } from "../lab/replay";
import { coreText, walkDown } from "../lab/walk_down";

it("says in Node what the crate says natively", async () => {
  const { calls, answers, ends } = walkDown();
  expect(calls.length).toBeGreaterThan(500);
  const replayed = await replay({ core: coreText(), calls });
  expect(replayed.ends).toEqual(ends);
  expect(replayed.answers).toBe(answers);
}, 60_000);
