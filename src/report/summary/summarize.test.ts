import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, runOf } from "../../../test/drawn-run.ts";
import { compareSystems } from "../../core/verdict.ts";
import { fraudDetection } from "../../kinds/fraud-detection/fraud-detection.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import type { RunSummary } from "../../system/run-summary.ts";
import { summarizeBy } from "./summarize.ts";

/** Every sentence that a person reads. */
function sentences({ headline, next, doubts, strip, answers }: RunSummary): string {
  return [
    headline.verdict,
    headline.doubt,
    ...[...next, ...doubts].map(({ short, text }) => `${short}: ${text}`),
    ...strip.map(({ words }) => words),
    ...answers.map(({ text }) => text),
  ].join("\n");
}

function rowOf({ ledger }: RunSummary, question: string) {
  const row = ledger.find((one) => one.question === question);
  if (row === undefined) throw new Error(`no row ${question}`);
  return row;
}

describe("what is said of a run", () => {
  it("contradicts no row and no interval, whatever was measured", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const run = runOf(what);
        for (const kind of [recommendation, fraudDetection]) {
          const { summary, remarks } = summarizeBy(kind.questions)(run);
          const said = sentences(summary);
          const gain = compareSystems(what.gain).verdict;
          const row = rowOf(summary, "Better than the baseline?");
          expect(row.state === "ok").toBe(gain === "better");
          expect(/^Better than the baseline/u.test(summary.headline.verdict)).toBe(gain === "better");
          expect(/^Worse than/u.test(summary.headline.verdict)).toBe(gain === "worse");
          // Nothing is recommended that no shown gain supports.
          if (gain !== "better") {
            expect(summary.next.some(({ short }) => /^(?:Take|Serve)/u.test(short))).toBe(false);
            expect(summary.next.some(({ short }) => short === "Keep the baseline")).toBe(true);
            expect(said).not.toMatch(/a gain;|Better by/u);
          } else expect(summary.next.some(({ short }) => short === "Keep the baseline")).toBe(false);
          const clause = run.alerts[0].verdict;
          const part = rowOf(summary, "What survives compression?").parts[0];
          expect(part.state).toBe(clause === "kept" ? "ok" : clause === "loses" ? "bad" : "open");
          expect(part.verdict.startsWith(clause)).toBe(true);
          expect(remarks.some(({ short }) => short === "Take ranking int8")).toBe(
            clause === "kept" && gain === "better",
          );
          if (clause !== "kept") expect(said).not.toMatch(/Take ranking int8|keeps its clause/u);
          expect(remarks.some(({ short }) => short === "Ranking int8 either way")).toBe(clause === "not settled");
          const total = what.p99 + 0.02;
          const fast = rowOf(summary, "Fast enough?");
          expect(fast.state === "ok").toBe(total <= 0.1 && what.busy <= 0.7);
          if (fast.state !== "ok") expect(summary.headline.verdict).not.toContain("fast enough");
          expect(rowOf(summary, "What does it cost?").state).toBe(what.cost <= what.budget ? "ok" : "bad");
          expect(summary.headline.verdict.includes("over budget")).toBe(what.cost > what.budget);
          expect(summary.headline.doubt === "In a simulated world, and nowhere else yet.").toBe(what.simulated);
          if (kind === fraudDetection) expect(summary.headline.verdict.includes("stopped")).toBe(what.guard > 1);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("says a short form in at most eight words, and ranks the gravest first", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const { remarks, summary } = summarizeBy(recommendation.questions)(runOf(what));
        for (const { short } of remarks) expect((short ?? "").split(" ").length).toBeLessThanOrEqual(8);
        if (what.simulated) expect(summary.doubts[0].short).toBe("Anything about people");
      }),
    );
  });

  it("keeps the baseline where nothing beat it on validation, and recommends nothing made of anything else", () => {
    fc.assert(
      fc.property(drawn, (what) => {
        const run = runOf(what);
        const kept = {
          ...run,
          evaluation: run.evaluation === null ? null : { ...run.evaluation, chosen: run.evaluation.baseline },
        };
        const { summary, remarks } = summarizeBy(recommendation.questions)(kept);
        expect(summary.ledger[0]).toMatchObject({ state: "bad", verdict: "no" });
        expect(summary.headline.verdict).toMatch(/^Not better than the baseline/u);
        expect(remarks.some(({ short }) => short === "Keep the baseline")).toBe(true);
        expect(remarks.some(({ short }) => /^(?:Take|Serve)/u.test(short ?? ""))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
