/** Asks for the online experiment and the numbers that size it. */

import { absent, defineRule, type Hit } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { isOnline } from "../serving-mode.ts";

interface Found extends Hit {
  readonly lacks: readonly string[];
  readonly problem: "none" | "skipped" | "lacks";
}

const SUGGESTED: Readonly<Record<string, string>> = {
  unit: "`unit: user`",
  metric: "`metric: orders per user`",
  baseline: "`baseline: 4%` (or `mean` and `deviation`)",
  effect: "`effect: 2% relative`",
  alpha: "`alpha: 0.05`",
  power: "`power: 0.8`",
  traffic: "`traffic: 100%`",
  "units-daily": "`units-daily: 20k`",
  duration: "`duration: 14 d`",
};

export const rule = defineRule<Found>({
  code: "HP602",
  name: "missing-experiment-facts",
  step: 6,
  reads: [
    "6.experiment.unit",
    "6.experiment.metric",
    "6.experiment.baseline",
    "6.experiment.effect",
    "6.experiment.alpha",
    "6.experiment.power",
    "6.experiment.duration",
    "6.experiment.traffic",
    "6.experiment.units-daily",
  ],
  severity: "error",
  consequence: "learns-nothing",
  summary: "there is no experiment, or a number that sizes it is not stated",
  why: "a test that nobody sized ends when somebody likes the curve",
  fix: "write `experiment: { unit: user, metric: …, baseline: 4%, effect: 2% relative, alpha: 0.05, power: 0.8, traffic: 100%, duration: 14 d }` with the baseline of the last four weeks, or `skip:` with the reason why there is none",
  prose: { path: "6.experiment", about: "an experiment", words: /\ba\/b\b|\bab[- ]test|experiment|holdback/iu },
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 2 and 17"],
  examples: {
    bad: {
      1: "users: { daily: 20k }",
      6: "experiment: { unit: user, metric: conversion, baseline: 5%, alpha: 0.05, power: 0.8, traffic: 100%, duration: 14 d }",
    },
    good: {
      1: "users: { daily: 20k }",
      6: "experiment: { unit: user, metric: conversion, baseline: 5%, effect: 6% relative, alpha: 0.05, power: 0.8, traffic: 100%, duration: 14 d }",
    },
  },
  check(design) {
    if (!isOnline(design)) return "not applicable";
    const { experiment } = design.deploy;
    if (experiment === undefined) return [{ at: "6.experiment", lacks: ["6.experiment"], problem: "none" }];
    if (experiment.skip !== undefined)
      return experiment.skip.trim() === ""
        ? [{ at: "6.experiment.skip", severity: "advice", lacks: [], problem: "skipped" }]
        : [];
    const hasMean = experiment.mean !== undefined && experiment.deviation !== undefined;
    const units = experiment["units-daily"] ?? experiment["units-total"] ?? design.clarify.users?.daily;
    const lacks = absent({
      "6.experiment.unit": experiment.unit,
      "6.experiment.metric": experiment.metric,
      "6.experiment.baseline": experiment.baseline ?? (hasMean ? experiment.mean : undefined),
      "6.experiment.effect": experiment.effect,
      "6.experiment.alpha": experiment.alpha,
      "6.experiment.power": experiment.power,
      "6.experiment.traffic": experiment.traffic,
      "6.experiment.units-daily": units,
      "6.experiment.duration": experiment.duration,
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], severity: "warning", lacks, problem: "lacks" }];
  },
  say({ lacks, problem }) {
    if (problem === "none")
      return { message: "no experiment compares the model with what runs today", label: "no `experiment` here" };
    if (problem === "skipped")
      return {
        message: "the experiment is left out without a reason",
        label: "why?",
        fix: "write in a sentence why there is none",
      };
    const keys = lacks.map((path) => path.replace("6.experiment.", ""));
    const usual = keys.filter((key) => key === "alpha" || key === "power" || key === "traffic");
    const assumed = usual.map((key) => ({ alpha: "alpha 0.05", power: "power 0.8", traffic: "all traffic" })[key]);
    return {
      message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated${assumed.length === 0 ? "" : `; other rules take ${assumed.join(", ")}`}`,
      label: `no ${facts(keys, 3)} here`,
      fix: `add ${keys.map((key) => SUGGESTED[key]).join(", ")}`,
    };
  },
});
