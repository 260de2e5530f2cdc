/** Finds experiments that do not run for whole weeks, or end before the novelty does. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly days: number;
  readonly problem: "short" | "weeks" | "novelty" | "long";
}

export const rule = defineRule<Found, { fewestDays: number; visibleDays: number; mostDays: number }>({
  code: "HP608",
  name: "experiment-too-short",
  step: 6,
  reads: ["6.experiment.duration", "6.experiment.surface"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the experiment is shorter than a week, not whole weeks, or too short for a visible change",
  why: "weekdays differ, and a visible change draws clicks for being new; the first days would be read as the lasting effect",
  fix: "run 14 or 21 d, plot the effect by day, compare new with returning users, and hold back 1 to 5% for the long run",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 3 and 23", "Novelty and Primacy (2021)"],
  settings: { fewestDays: 7, visibleDays: 14, mostDays: 56 },
  examples: {
    bad: { 6: "experiment: { unit: user, metric: conversion, duration: 10 d }" },
    good: { 6: "experiment: { unit: user, metric: conversion, duration: 14 d }" },
  },
  check({ deploy: { experiment } }, { fewestDays, visibleDays, mostDays }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    if (experiment.duration === undefined) return unknown("6.experiment.duration");
    const days = experiment.duration.value / DAY;
    const at = "6.experiment.duration";
    if (exceeds(fewestDays, days)) return [{ at, days, problem: "short" }];
    if (exceeds(days, mostDays)) return [{ at, days, severity: "advice", problem: "long" }];
    if (Math.abs(days / 7 - Math.round(days / 7)) > 1e-9) return [{ at, days, problem: "weeks" }];
    return experiment.surface === "visible" && exceeds(visibleDays, days)
      ? [{ at, also: ["6.experiment.surface"], days, problem: "novelty" }]
      : [];
  },
  say({ days, problem }) {
    const length = duration(days * DAY);
    const weeks = 7 * Math.max(1, Math.ceil(days / 7));
    switch (problem) {
      case "short":
        return { message: `${length} do not hold every weekday`, label: "less than a week" };
      case "weeks":
        return {
          message: `${length} count ${days % 7 >= 1 ? `${Math.floor(days % 7)} weekday${days % 7 >= 2 ? "s" : ""}` : "a part of a day"} once more than the others`,
          label: "not whole weeks",
          fix: `run ${weeks} d`,
        };
      case "novelty":
        return {
          message: `a visible change is new to people for longer than ${length}`,
          label: "still new",
          also: ["people see it"],
        };
      case "long":
        return {
          message: `over ${length} cookies are lost and people change sides, so the arms mix`,
          label: "very long",
          why: "what is gained in units is lost in dilution",
          fix: "decide after 2 to 4 weeks and hold back a small share for the long run",
        };
      default:
        return problem satisfies never;
    }
  },
});
