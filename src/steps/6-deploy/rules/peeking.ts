/** Finds experiments that are read many times with the threshold of one reading. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, number, share } from "../../../review/words.ts";

interface Found extends Hit {
  readonly looks?: number;
  readonly stops: boolean;
  readonly assumed: boolean;
  readonly alpha: number;
}

/** False positives of a test at 0.05 that stops at the first of k looks with p < 0.05 (Armitage et al. 1969, table 2). */
const INFLATED: readonly (readonly [number, number])[] = [
  [2, 0.083],
  [3, 0.107],
  [5, 0.142],
  [10, 0.193],
  [20, 0.248],
  [50, 0.32],
];

export const rule = defineRule<Found>({
  code: "HP609",
  name: "peeking",
  step: 6,
  reads: ["6.experiment.analysis", "6.experiment.looks", "6.experiment.stop-early", "6.experiment.alpha"],
  severity: "error",
  consequence: "false-figures",
  summary: "a fixed analysis is looked at several times and may stop at any of them",
  why: "each look is another chance to be fooled, and the first lucky one ends the test",
  fix: "decide once at the planned end, or write `analysis: sequential, method: obrien-fleming` (or always-valid); stopping for harm on a guardrail is fine with a threshold of its own",
  sources: [
    "Peeking at A/B Tests (2017)",
    "Repeated Significance Tests (1969), table of levels",
    "Trustworthy Online Controlled Experiments (2020), ch. 3",
  ],
  examples: {
    bad: {
      6: "experiment: { unit: user, metric: conversion, analysis: fixed, alpha: 0.05, looks: 14, stop-early: true }",
    },
    good: {
      6: "experiment: { unit: user, metric: conversion, analysis: sequential, method: obrien-fleming, alpha: 0.05, looks: 4, stop-early: true }",
    },
  },
  check({ deploy: { experiment } }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const { analysis, looks, alpha } = experiment;
    if (analysis !== undefined && analysis !== "fixed") return [];
    const stops = experiment["stop-early"];
    const base = { assumed: analysis === undefined, alpha: alpha?.value ?? 0.05 };
    if (looks === undefined)
      return stops === false ? [] : [{ ...base, at: "6.experiment.looks", severity: "advice", stops: stops === true }];
    if (looks < 2 || stops === false) return [];
    return [
      {
        ...base,
        at: "6.experiment.looks",
        also: stops === true ? ["6.experiment.stop-early"] : [],
        severity: stops === true ? "error" : "warning",
        looks,
        stops: stops === true,
      },
    ];
  },
  say({ looks, stops, assumed, alpha }) {
    const fixed = assumed ? " (the analysis is not stated and counts as fixed)" : "";
    if (looks === undefined) {
      return {
        message: `nothing says how often the experiment is read${fixed}`,
        label: "no `looks` here",
        fix: "write `looks: 1` and decide at the planned end, or `analysis: sequential` with its method",
      };
    }
    const known = INFLATED.findLast(([k]) => k <= looks) ?? [looks, undefined];
    const rate =
      alpha === 0.05 && known[1] !== undefined
        ? `: with ${count(known[0])} looks ${share(known[1])} of tests without any effect are called a win, not 5%`
        : "";
    return {
      message: `${count(looks)} looks at p < ${number(alpha)}${stops ? " with a stop at the first that wins" : ", and nothing says that it may not stop early"}${fixed}${rate}`,
      label: `${count(looks)} chances to be fooled`,
      also: stops ? ["ends at the first lucky one"] : [],
    };
  },
});
