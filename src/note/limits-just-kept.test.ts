/** What is promised and just kept is kept: sums and products that meet their limit on paper meet it in doubles. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { noteOfExample } from "../review/example.ts";
import { review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";
import { setFact } from "./set-fact.ts";

type Facts = readonly (readonly [key: string, value: string | number])[];

/** What one rule finds in its good example with these facts. */
function findings(code: string, facts: Facts) {
  const rule = RULES.find((one) => one.code === code);
  if (rule === undefined) throw new Error(`no rule ${code}`);
  const note = facts.reduce(
    (text, [key, value]) => unwrap(setFact(text, key, value)),
    noteOfExample(rule.examples.good),
  );
  const { design } = parseDesign(note, "note.md");
  if (design === undefined) throw new Error("the example is no design");
  return review(design, [rule]).findings;
}

const said = (code: string, facts: Facts): readonly string[] => findings(code, facts).map(({ severity }) => severity);

/** Microseconds in one of three units. */
const written = (micro: number, unit: number): string =>
  [`${micro} us`, `${Number(`${micro}e-3`)} ms`, `${Number(`${micro}e-6`)} s`][unit];

const part = fc.integer({ min: 1, max: 99_999 });
const unit = fc.integer({ min: 0, max: 2 });

it("stages whose times add up to the limit do not exceed it, whatever units they are written in", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(part, unit), { minLength: 5, maxLength: 5 }), unit, (parts, limitUnit) => {
      const total = parts.reduce((sum, [micro]) => sum + micro, 0);
      const keys = ["3.fetch", "4.stages.ann.latency", "4.stages.ranker.latency", "4.stages.rerank.latency"];
      const budget = parts.map(([micro, at], i): [string, string] => [
        keys[i] ?? "6.serving.budget.network",
        written(micro, at),
      ]);
      const limit = (micro: number): [string, string] => ["1.latency.p99", written(micro, limitUnit)];
      expect(said("HP405", [...budget, limit(total)])).not.toContain("error");
      expect(said("HP405", [...budget, limit(total - 1)])).toContain("error");
    }),
    { numRuns: 60 },
  );
});

it("a service that costs its budget to the cent is within it", () => {
  fc.assert(
    fc.property(
      fc.record({ replicas: fc.integer({ min: 1, max: 60 }), cents: fc.integer({ min: 1, max: 999 }) }),
      fc.integer({ min: 1, max: 5000 }),
      ({ replicas, cents }, average) => {
        // A month of prices has 730 hours.
        const monthly = replicas * cents * 730;
        const facts = (budget: number): [string, string | number][] => [
          ["6.serving.replicas", replicas],
          ["6.serving.price", `$${Number(`${cents}e-2`)}/h`],
          ["1.requests.average", `${average}/s`],
          ["1.budget", `$${Number(`${budget}e-2`)}/month`],
        ];
        expect(said("HP606", facts(monthly))).toEqual([]);
        expect(said("HP606", facts(monthly - 1))).not.toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

it("what a filter leaves is counted as on paper, and the advice fills every slot", () => {
  const keeps = (keep: number, slots: number) =>
    findings("HP412", [
      ["4.stages.ranker.keep", keep],
      ["4.stages.ranker.filter-rate", "90%"],
      ["2.slots", slots],
    ]);
  const [left] = keeps(10, 5);
  expect(left.message).toBe("of the last 10 items the filter of `ranker` removes 90%: 1 is left for 5 slots");
  expect(left.fix).toContain("keep 50 items before the filter");
  expect(keeps(50, 5)).toEqual([]);
});

it("the largest count that a stage is told to take is the largest that it can take", () => {
  const stage = (count: number): Facts => [
    ["4.stages.ranker.in", count],
    ["4.stages.ranker.item-cost", "2 ms"],
    ["4.stages.ranker.latency", "80 ms"],
  ];
  const [much] = findings("HP404", stage(400));
  expect(much.fix).toMatch(/^hand it 28 items or fewer/u);
  expect([said("HP404", stage(28)), said("HP404", stage(29))]).toEqual([[], ["warning"]]);
});
