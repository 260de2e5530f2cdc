/** Finds experiments planned for effects that mature products do not see, or with unusual error rates. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, number, share } from "../../../review/words.ts";

interface Found extends Hit {
  readonly problem: "large" | "alpha" | "power" | "below";
  readonly value: number;
  readonly metric: string;
  readonly least?: number;
}

const HARD_TO_MOVE = /conversion|revenue|retention|sessions? per|orders? per|subscri/iu;

export const rule = defineRule<Found, { largest: number; mostAlpha: number; leastPower: number }>({
  code: "HP616",
  name: "implausible-effect",
  step: 6,
  reads: [
    "6.experiment.effect",
    "6.experiment.expected",
    "6.experiment.alpha",
    "6.experiment.power",
    "6.experiment.metric",
  ],
  severity: "advice",
  consequence: "learns-nothing",
  summary: "the effect is larger than such products see, or the error rates are unusual",
  why: "most wins of a mature product are below a few per cent; a figure beyond that is first of all a reason to look for a logging bug",
  fix: "plan with the size of past wins; when a result looks too good check the split, the logging and an A/A test before celebrating",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 3 and 19"],
  settings: { largest: 0.2, mostAlpha: 0.1, leastPower: 0.8 },
  examples: {
    bad: { 6: "experiment: { unit: user, metric: conversion, effect: 25% relative }" },
    good: { 6: "experiment: { unit: user, metric: conversion, effect: 3% relative }" },
  },
  check({ deploy: { experiment } }, { largest, mostAlpha, leastPower }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const { effect, expected, alpha, power, metric = "" } = experiment;
    if (effect === undefined) return unknown("6.experiment.effect");
    const planned = expected ?? effect;
    const at = expected === undefined ? "6.experiment.effect" : "6.experiment.expected";
    const size = Math.abs(planned.amount.value);
    const hits: Found[] = [];
    if (planned.kind === "relative" && exceeds(size, largest) && HARD_TO_MOVE.test(metric))
      hits.push({ at, problem: "large", value: size, metric });
    if (alpha !== undefined && exceeds(alpha.value, mostAlpha) && alpha.value < 1)
      hits.push({ at: "6.experiment.alpha", problem: "alpha", value: alpha.value, metric });
    if (power !== undefined && exceeds(leastPower, power.value))
      hits.push({ at: "6.experiment.power", problem: "power", value: power.value, metric });
    const least = Math.abs(effect.amount.value);
    if (expected !== undefined && expected.kind === effect.kind && exceeds(least, size)) {
      hits.push({ at, also: ["6.experiment.effect"], problem: "below", value: size, metric, least });
    }
    return hits;
  },
  say({ problem, value, metric, least = 0 }) {
    switch (problem) {
      case "large":
        return {
          message: `a change of ${share(value)} in ${code(metric)} is planned for; most wins of a mature product are below a few per cent`,
          label: "rarely seen",
        };
      case "alpha":
        return {
          message: `at alpha ${number(value)} one in ${number(1 / value)} tests without an effect is called a win`,
          label: "often wrong",
          why: "wins that are not real are built upon",
          fix: "write `alpha: 0.05`",
        };
      case "power":
        return {
          message: `at power ${number(value)} the test misses the effect ${share(1 - value)} of the time`,
          label: "often missed",
          why: "a test that misses what it is made for costs traffic and teaches the wrong thing",
          fix: "write `power: 0.8` and size the test for it",
        };
      case "below":
        return {
          message: `an effect of ${share(value)} is expected, and the test can see ${share(least)} or more`,
          label: "below what it sees",
          also: ["the smallest it can see"],
          why: "the test is likely to end without a verdict",
          fix: `size it for an effect of ${share(value)}`,
        };
      default:
        return problem satisfies never;
    }
  },
});
