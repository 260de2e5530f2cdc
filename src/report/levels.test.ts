import fc from "fast-check";
import { expect, it } from "vitest";
import { drawn, runOf } from "../../test/drawn-run.ts";
import { levelOf } from "./levels.ts";
import { joined } from "./numbers.ts";
import { betterThanBaseline } from "./summary/better-than-baseline.ts";
import { summarizeBy } from "./summary/summarize.ts";

const QUIET = {
  gain: { value: 0.143, interval: [0.086, 0.197], n: 494 },
  drop: { value: 0.117, interval: [0.02, 0.217], n: 494 },
  limit: 0.02,
  p99: 0.004,
  busy: 0.3,
  cost: 863,
  budget: 5000,
  simulated: true,
  guard: 0,
} as const;

it("a level has the decimals of the difference that decides, however wide its own interval is", () => {
  const run = runOf(QUIET);
  expect(joined(levelOf(run, { value: 0.3321, interval: [0.1, 0.6], unit: "" }))).toBe("0.332 [0.100, 0.600]");
  expect(joined(levelOf(run, { value: 0.7, interval: null, unit: "" }))).toBe("0.700");
  expect(joined(levelOf({ ...run, evaluation: null }, { value: 0.7, interval: null, unit: "" }))).toBe("0.7");
});

it("the system's level is written with the same digits in the ledger, the doubts, the answers and the strip", () => {
  fc.assert(
    fc.property(drawn, (what) => {
      const run = runOf(what);
      const stated = { ...run.context.stated, success: { metric: "ndcg@10", value: 2, gain: null } };
      const { summary } = summarizeBy([betterThanBaseline])({ ...run, context: { ...run.context, stated } });
      const level = /: (\S+) against/u.exec(summary.ledger[0].line)?.[1] ?? "";
      const doubt = summary.doubts.find(({ short }) => short === "That this is a success");
      expect(doubt?.text).toMatch(new RegExp(`^ndcg@10 is ${level.replace(".", "\\.")} \\[`, "u"));
      expect(summary.strip[1].words).toBe(`success missed: ${level} of 2`);
    }),
    { numRuns: 50 },
  );
});
