import { describe, expect, it } from "vitest";
import type { Severity } from "../core/finding.ts";
import type { Review, ReviewFinding, RuleOutcome } from "./review.ts";
import { isWorseThan, summarize } from "./summary.ts";

const place = { line: 1, column: 1, offset: 0 };
const at = { file: "a.md", start: place, end: place };
const finding = (severity: Severity, edits?: ReviewFinding["edits"]): ReviewFinding => ({
  code: "HP301",
  name: "x",
  severity,
  message: "x",
  at,
  edits,
});
const outcome = (one: RuleOutcome["outcome"]): RuleOutcome => ({ code: "HP301", name: "x", outcome: one });
const reviews: readonly Review[] = [
  {
    file: "a.md",
    findings: [finding("error", [{ at, text: "x" }]), finding("warning", []), finding("warning")],
    waived: [{ finding: finding("error"), reason: "x" }],
    outcomes: [outcome("pass"), outcome("fires"), outcome("fires"), outcome("unknown")],
    fromProse: false,
  },
  {
    file: "b.md",
    findings: [finding("advice"), finding("advice"), finding("advice")],
    waived: [],
    outcomes: [outcome("not applicable"), outcome("pass"), outcome("pass")],
    fromProse: true,
  },
];

describe("the counts of a review", () => {
  it("are of all notes; what is mended by --fix has an edit", () => {
    expect(summarize(reviews)).toEqual({
      notes: 2,
      errors: 1,
      warnings: 2,
      advice: 3,
      waived: 1,
      fixable: 1,
      rules: { pass: 3, fires: 2, unknown: 1, "not applicable": 1 },
    });
  });

  it("fail a check from the severity on that was asked for", () => {
    const [grave, mild] = reviews;
    const thresholds = ["error", "warning", "advice"] as const;
    expect(thresholds.map((one) => isWorseThan([grave], one))).toEqual([true, true, true]);
    expect(thresholds.map((one) => isWorseThan([mild], one))).toEqual([false, false, true]);
    expect(thresholds.map((one) => isWorseThan([{ ...grave, findings: [finding("warning")] }], one))).toEqual([
      false,
      true,
      true,
    ]);
    expect(thresholds.map((one) => isWorseThan([], one))).toEqual([false, false, false]);
  });
});
