/** Finds gains that are no larger than their own uncertainty. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count } from "../../../review/words.ts";
import { isTemporal } from "../../3-data/split-plan.ts";

interface Found extends Hit {
  readonly gain: string;
  readonly halfWidth?: string;
  readonly backtests: number;
}

export const rule = defineRule<Found, { fewestBacktests: number }>({
  code: "HP504",
  name: "gain-within-noise",
  step: 5,
  reads: ["5.evaluation.gain", "5.evaluation.half-width", "5.evaluation.backtests", "3.split.by"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the gain is no larger than the interval around it, or rests on one period",
  why: "another week or another seed may turn it round; the launch would be decided by chance",
  fix: "repeat over 3 to 10 cut-off dates, bootstrap over users rather than rows, and report the interval of the paired difference",
  sources: ["Credit Card Fraud Handbook (2022), ch. 5.2", "Designing Machine Learning Systems (2022), ch. 6"],
  settings: { fewestBacktests: 3 },
  examples: {
    bad: { 5: "evaluation: { gain: 0.003, half-width: 0.004 }" },
    good: { 5: "evaluation: { gain: 0.012, half-width: 0.004 }" },
  },
  check({ data: { split }, evaluate: { evaluation } }, { fewestBacktests }) {
    const gain = evaluation?.gain;
    if (gain === undefined) return unknown("5.evaluation.gain");
    const halfWidth = evaluation?.["half-width"];
    const backtests = evaluation?.backtests ?? 1;
    const base = { at: "5.evaluation.gain", gain: gain.text, backtests };
    if (halfWidth !== undefined) {
      const isNoise = !exceeds(Math.abs(gain.value), halfWidth.value);
      return isNoise ? [{ ...base, also: ["5.evaluation.half-width"], halfWidth: halfWidth.text }] : [];
    }
    const temporal = split?.by !== undefined && isTemporal(split.by);
    return temporal && backtests < fewestBacktests ? [base] : [];
  },
  say: ({ gain, halfWidth, backtests }) =>
    halfWidth === undefined
      ? {
          message: `the gain of ${gain} rests on ${backtests === 1 ? "a single test period" : `${count(backtests)} test periods`} and has no interval`,
          label: "give or take?",
        }
      : {
          message: `the gain of ${gain} lies inside its own 95% interval of ±${halfWidth}`,
          label: "may be nothing",
          also: ["this uncertain"],
        },
});
