// The rules of a trip through the page's core: the files that tests/trip_rules.rs
// runs, too. What the page lists, tells in detail and stores must be what the
// crate's own record is.

import { describe, expect, it } from "vitest";
import type { Core } from "../../src/core/core";
import { play, type Rule } from "../lab/rules";
import { core } from "../lab/walk";
import { fixtures } from "./fixtures";

const rules = fixtures<Rule>("trip/rules");

/** A core holds one trip, and whichever is begun next: they serve every rule anew. */
function cores(): () => Promise<Core> {
  let taken = 0;
  return async () => (made[taken++] ??= await core());
}
const made: Core[] = [];

describe("fixtures/trip/rules", () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))("%s", async (_, rule) => {
    const played = await play(rule, cores());
    for (const [name, { kind, value }] of Object.entries(rule.packets ?? {})) {
      expect(played.packets[name], name).toEqual({ kind, value });
    }
    for (const [at, { about, outcome, refused }] of rule.steps.entries()) {
      expect(played.outcomes[at], about).toEqual(outcome === undefined ? { refused } : { outcome });
    }
    expect(played.state).toEqual(rule.state);
    expect(played.broken).toEqual([]);
  });
});

describe("a file of rules", () => {
  const [rule] = rules as [Rule];

  it.each([
    ["without what it is about", { ...rule, about: undefined }, "say what it is about"],
    ["with a key that there is not", { ...rule, extra: 1 }, "a rule has no extra"],
    ["with a step that says nothing", { ...rule, steps: [{ ...rule.steps[0], about: "" }] }, "say what happens"],
    ["with a step with a key that there is not", { ...rule, steps: [{ ...rule.steps[0], by: "x" }] }, "a step has no by"],
  ])("%s is no rule", async (_, bad, why) => {
    await expect(play(bad as unknown as Rule, cores())).rejects.toThrow(why);
  });
});
