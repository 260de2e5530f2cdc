import { describe, expect, it } from "vitest";
import { type Design, parseDesign } from "../steps/design.ts";
import { absent, defineRule, type Hit, orUnknown, type Unknown, unknown } from "./rule.ts";

function sampleDesign(): Design {
  const { design } = parseDesign("---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 1. Clarify\n", "note.md");
  if (design === undefined) throw new Error("no design");
  return design;
}
const design = sampleDesign();

function ruleThatFinds(found: readonly Hit[] | "not applicable" | Unknown, repairs = false) {
  return defineRule({
    code: "HP399",
    name: "test-rule",
    step: 3,
    reads: [],
    severity: "error",
    consequence: "late",
    summary: "s",
    why: "w",
    fix: "f",
    sources: [],
    settings: { most: 5, least: 1 },
    examples: { bad: {}, good: {} },
    check: (_, { most, least }) => (most > least ? found : [{ at: `${most} and ${least}` }]),
    say: ({ at }) => ({ message: `at ${at}` }),
    ...(repairs ? { repair: ({ at }: Hit) => [{ replace: at, by: "x" }] } : {}),
  });
}

describe("a rule on a design", () => {
  it("fires with what it found in words, and with its mends where it has some", () => {
    const hit = { at: "3.split" };
    expect(ruleThatFinds([hit]).examine(design)).toEqual({
      outcome: "fires",
      spoken: [{ hit, said: { message: "at 3.split" }, repairs: [] }],
    });
    const mending = ruleThatFinds([hit], true);
    expect([ruleThatFinds([]).repairs, mending.repairs]).toEqual([false, true]);
    expect(mending.examine(design)).toMatchObject({ spoken: [{ repairs: [{ replace: "3.split", by: "x" }] }] });
  });

  it("passes, does not apply, or is unknown with the facts that are missing", () => {
    expect(ruleThatFinds([]).examine(design)).toEqual({ outcome: "pass" });
    expect(ruleThatFinds("not applicable").examine(design)).toEqual({ outcome: "not applicable" });
    expect(ruleThatFinds(unknown("1.goal")).examine(design)).toEqual({ outcome: "unknown", missing: ["1.goal"] });
  });

  it("takes a project's numbers in place of its own, one by one", () => {
    expect(ruleThatFinds([]).examine(design, { most: 0 })).toMatchObject({ spoken: [{ hit: { at: "0 and 1" } }] });
    expect(ruleThatFinds([]).examine(design, { least: 7 })).toMatchObject({ spoken: [{ hit: { at: "5 and 7" } }] });
  });
});

it("is unknown only where nothing was found and something was missing", () => {
  expect(orUnknown([], ["a"])).toEqual({ unknown: ["a"] });
  expect(orUnknown([], ["a", "b"])).toEqual({ unknown: ["a", "b"] });
  expect(orUnknown([], [])).toEqual([]);
  expect(orUnknown([{ at: "x" }], ["a"])).toEqual([{ at: "x" }]);
});

it("names the facts that are absent", () => {
  expect(absent({ "1.a": undefined, "1.b": 0, "1.c": null, "1.d": undefined })).toEqual(["1.a", "1.d"]);
});
