/** Finds experiments with so many tests that one of them wins by chance. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { count, number, plural, share } from "../../../review/words.ts";

const CORRECTIONS = /bonferroni|holm|\bbh\b|benjamini|hierarch|fdr|sidak|gatekeep/iu;

export const rule = defineRule({
  code: "HP613",
  name: "multiple-comparisons",
  step: 6,
  reads: [
    "6.experiment.metrics",
    "6.experiment.arms",
    "6.experiment.segments",
    "6.experiment.correction",
    "6.experiment.alpha",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "metrics, arms and segments make so many tests that one wins by chance",
  why: "every test at 5% is wrong once in twenty; twenty of them are wrong about once",
  fix: "name one primary metric, or write `correction: holm`; take segments as questions for the next test",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 17"],
  settings: { mostFalseWins: 0.1 },
  examples: {
    bad: { 6: "experiment: { unit: user, metrics: [conversion, revenue per user, sessions per user], arms: 4 }" },
    good: {
      6: "experiment: { unit: user, metrics: [conversion, revenue per user, sessions per user], arms: 4, correction: holm }",
    },
  },
  check({ deploy: { experiment } }, { mostFalseWins }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const metrics = Math.max(1, experiment.metrics?.length ?? 1);
    const variants = (experiment.arms ?? 2) - 1;
    const segments = Math.max(1, experiment.segments ?? 1);
    const alpha = experiment.alpha?.value ?? 0.05;
    const tests = metrics * variants * segments;
    const falseWins = 1 - (1 - alpha) ** tests;
    if (tests === 1 || !exceeds(falseWins, mostFalseWins) || CORRECTIONS.test(experiment.correction ?? "")) return [];
    const at = metrics > 1 ? "6.experiment.metrics" : segments > 1 ? "6.experiment.segments" : "6.experiment.arms";
    return [{ at, metrics, variants, segments, alpha, tests, falseWins }];
  },
  say: ({ metrics, variants, segments, alpha, tests, falseWins }) => ({
    message: `${plural(metrics, "metric")} × ${plural(variants, "variant")}${segments > 1 ? ` × ${count(segments)} segments` : ""} = ${count(tests)} tests at ${number(alpha)}: a ${share(falseWins)} chance of at least one false win`,
    label: `${count(tests)} tests`,
  }),
});
