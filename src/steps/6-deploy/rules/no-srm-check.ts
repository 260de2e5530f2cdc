/** Finds experiments whose split of units nobody tests. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { number } from "../../../review/words.ts";

interface Found extends Hit {
  readonly alpha?: number;
}

export const rule = defineRule<Found, { loosest: number }>({
  code: "HP610",
  name: "no-srm-check",
  step: 6,
  reads: ["6.experiment.srm-check", "6.experiment.srm-alpha"],
  severity: "warning",
  consequence: "false-figures",
  summary: "nobody tests whether the arms got the units they should",
  why: "50,600 to 49,400 in a 50/50 test look close, but chance gives that once in 6,800 tests; a bug that drops slow users would read as a gain",
  fix: "write `srm-check: true, srm-alpha: 0.001`: a chi-squared test of the counts before any metric is read; on alarm find the cause and discard the result",
  sources: ["Diagnosing Sample Ratio Mismatch (2019)", "Trustworthy Online Controlled Experiments (2020), ch. 21"],
  settings: { loosest: 0.01 },
  examples: {
    bad: { 6: "experiment: { unit: user, metric: conversion, arms: 2 }" },
    good: { 6: "experiment: { unit: user, metric: conversion, arms: 2, srm-check: true, srm-alpha: 0.001 }" },
  },
  check({ deploy: { experiment } }, { loosest }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    if (experiment["srm-check"] !== true) return [{ at: "6.experiment.srm-check" }];
    const alpha = experiment["srm-alpha"]?.value;
    return alpha !== undefined && exceeds(alpha, loosest)
      ? [{ at: "6.experiment.srm-alpha", severity: "advice", alpha }]
      : [];
  },
  say: ({ alpha }) =>
    alpha === undefined
      ? { message: "nothing tests whether each arm got its share of the units", label: "no `srm-check` here" }
      : {
          message: `the split is tested at ${number(alpha)}, so a test that is read every day raises false alarms`,
          label: "too eager",
          why: "an alarm that is usually false is soon ignored",
          fix: "write `srm-alpha: 0.001`",
        },
  repair: ({ at, alpha }) =>
    alpha === undefined ? [{ addTo: "6.experiment", key: "srm-check", value: "true" }] : [{ replace: at, by: "0.001" }],
});
