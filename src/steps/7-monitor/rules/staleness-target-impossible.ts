/** Finds ages of training data that the labels or the schedule cannot keep. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly problem: "impossible" | "rarely" | "little";
  readonly age?: string;
  readonly delay: string;
  readonly oldest?: number;
  readonly every?: string;
  readonly positives?: number;
  readonly seconds: number;
}

export const rule = defineRule<Found, { fewestPositives: number }>({
  code: "HP714",
  name: "staleness-target-impossible",
  step: 7,
  reads: ["7.retrain.data-age", "7.retrain.every", "1.labels.delay", "1.labels.daily", "1.labels.positive-rate"],
  severity: "error",
  consequence: "late",
  summary: "the age of the training data that is asked for cannot be kept",
  why: "no labelled row is younger than the delay of its label, however often one trains",
  fix: "set `data-age` to the delay plus the time between trainings, add faster partial labels, or model the delay",
  sources: [
    "Credit Card Fraud Handbook (2022), ch. 5.2",
    "ML Test Score (2017), Model 4 and Monitor 4",
    "Modeling Delayed Feedback (2014)",
  ],
  settings: { fewestPositives: 50 },
  examples: {
    bad: { 1: "labels: { delay: 45 d }", 7: "retrain: { every: 7 d, data-age: 7 d }" },
    good: { 1: "labels: { delay: 45 d }", 7: "retrain: { every: 7 d, data-age: 52 d }" },
  },
  check({ clarify: { labels }, monitor: { retrain } }, { fewestPositives }) {
    if (retrain === undefined) return unknown("7.retrain");
    const delay = labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    const age = retrain["data-age"];
    const every = retrain.every;
    const oldest = delay.value + (every?.value ?? 0);
    const base = { delay: delay.text, every: every?.text, oldest, seconds: delay.value, age: age?.text };
    if (age !== undefined && exceeds(delay.value, age.value))
      return [{ ...base, at: "7.retrain.data-age", also: ["1.labels.delay"], problem: "impossible" }];
    if (age !== undefined && exceeds(oldest, age.value))
      return [{ ...base, at: "7.retrain.data-age", also: ["7.retrain.every"], severity: "warning", problem: "rarely" }];
    const daily = labels?.daily?.value;
    if (every === undefined || daily === undefined) return [];
    const positives = (every.value / DAY) * daily * (labels?.["positive-rate"]?.value ?? 1);
    return exceeds(fewestPositives, positives)
      ? [{ ...base, at: "7.retrain.every", also: ["1.labels.daily"], severity: "advice", problem: "little", positives }]
      : [];
  },
  say({ problem, age = "", delay, oldest = 0, every = "", positives = 0, seconds }) {
    if (problem === "impossible") {
      const range = every === "" ? delay : `${duration(seconds)} to ${duration(oldest)}`;
      return {
        message: `training data is to be at most ${age} old, but labels are final after ${delay}: the newest row is ${range} old`,
        label: "cannot be",
        also: [`final after ${delay}`],
        fix: `write \`data-age: ${duration(oldest)}\`, add faster partial labels, or model the delay`,
      };
    }
    if (problem === "rarely") {
      return {
        message: `training data is to be at most ${age} old, but it is up to ${duration(oldest)} old before the next training`,
        label: "only right after a training",
        also: [`every ${every}`],
        fix: `write \`data-age: ${duration(oldest)}\`, or train more often`,
      };
    }
    return {
      message: `${count(positives)} new positives come in between two trainings`,
      label: "little to learn",
      also: ["so few labels"],
      why: "a training that has nothing new to learn from adds risk and no quality",
      fix: "train less often, or get more labels",
    };
  },
});
