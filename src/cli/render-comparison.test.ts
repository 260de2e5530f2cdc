import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, figure as recorded, runOf } from "../../test/drawn-run.ts";
import { figure } from "../core/figure.ts";
import { recommendation } from "../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import type { MeasuredRun, RunRecord } from "../system/run-record.ts";
import { renderComparison } from "./render-comparison.ts";

const PLAIN = { paint: (_: string, text: string) => text, width: 80 };

function recordOf(run: MeasuredRun): RunRecord {
  const { summary, remarks } = summarizeBy(recommendation.questions)(run);
  return { ...run, remarks: [...run.remarks, ...remarks], summary };
}

describe("two runs in the terminal", () => {
  it("take at most 40 lines, and call nothing better whose interval holds zero", () => {
    fc.assert(
      fc.property(drawn, drawn, (a, b) => {
        const [before, after] = [a, b].map((one) => recordOf(runOf(one)));
        const subjects = Array.from({ length: 12 }, (_, i) => `model ${i}`);
        const differences = subjects.map((subject) => figure({ step: 5, name: "ndcg@10", subject, ...a.gain }));
        const text = renderComparison(
          { before, after, differences, why: "", unlike: [] },
          PLAIN,
          "heptad compare A B --verbose",
        );
        expect(text.split("\n").length).toBeLessThanOrEqual(40);
        // Numbers of 300 decimals are drawn too.
        const long = text.split("\n").filter((line) => line.length > 80 && !/e-\d{2}/u.test(line));
        expect(long).toEqual([]);
        const isBetter = (differences[0].interval?.[0] ?? 0) > 0;
        expect(/^ {2}model 0 +better/mu.test(text)).toBe(isBetter);
        expect(text).toContain("and 4 more");
      }),
      { numRuns: 100 },
    );
  });

  it("say why nothing could be paired, and what changed in the ledger", () => {
    const what = { value: 0.098, interval: [0.076, 0.119], n: 494 } as const;
    const shared = {
      gain: what,
      drop: what,
      limit: 0.02,
      busy: 0.3,
      cost: 863,
      budget: 5000,
      simulated: true,
      guard: 0,
    };
    const [before, after] = [0.004, 0.104].map((p99) => recordOf(runOf({ ...shared, p99 })));
    const text = renderComparison(
      {
        before,
        after,
        differences: [],
        why: "the two runs read different data",
        unlike: ["they read different data: a, and b"],
      },
      PLAIN,
      "",
    );
    expect(text).toContain("nothing could be paired: the two runs read different data");
    expect(text.split("\n")[1]).toBe("not to be held against each other: they read different data: a, and b");
    expect(text).toContain("yes, in process, 24 ms → no, 124 ms");
    expect(text).toContain("within budget, $863");
    expect(text).not.toContain("within budget, $863 →");
    const quicker = recordOf(runOf({ ...shared, p99: 0.005 }));
    const slight = renderComparison({ before, after: quicker, differences: [], why: "", unlike: [] }, PLAIN, "");
    expect(slight).toContain("yes, in process, 24 ms → 25 ms");
  });

  it("call what differs on no request the same, and write figures by their intervals", () => {
    const what = { value: 0.098, interval: [0.076, 0.119], n: 494 } as const;
    const shared = {
      gain: what,
      drop: what,
      limit: 0.02,
      busy: 0.3,
      cost: 863,
      budget: 5000,
      simulated: true,
      guard: 0,
    };
    const record = recordOf(runOf({ ...shared, p99: 0.004 }));
    const none = figure({ step: 5, name: "ndcg@10", subject: "als", value: 0, interval: [0, 0], n: 9 });
    const all = figure({ ...none, subject: "ease", note: "the same on all 494 requests" });
    const moved = (value: number) =>
      recorded({
        step: 5,
        name: `ndcg@10 ${"x".repeat(80)}`,
        subject: "als",
        value,
        interval: [0.076_17, 0.119_1],
        n: 494,
      });
    const with1 = (value: number): RunRecord => ({ ...record, figures: [...record.figures, moved(value)] });
    const text = renderComparison(
      { before: with1(0.0976), after: with1(0.1039), differences: [none, all], why: "", unlike: [] },
      PLAIN,
      "",
    );
    expect(text).toContain("  als   the same  ndcg@10 0 [0, 0], n 9\n");
    expect(text).toContain("  ease  the same  ndcg@10 0 [0, 0], on all 494 requests\n");
    expect(text).toMatch(/^ {2}ndcg@10 x+…: 0\.098 \[0\.076, 0\.119\] → 0\.104 \[0\.076, 0\.119\]$/mu);
    const close = renderComparison(
      { before: with1(0.0976), after: with1(0.0977), differences: [], why: "", unlike: [] },
      PLAIN,
      "",
    );
    expect(close).toContain(": 0.0976 [0.07617, 0.1191] → 0.0977 [0.07617, 0.1191]");
  });
});
