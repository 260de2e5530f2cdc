/** Finds PSI thresholds that windows without any drift pass by chance. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { count, number } from "../../../review/words.ts";
import { psiNoiseOfQuantiles } from "../drift/psi-noise.ts";

interface Found extends Hit {
  readonly problem: "unknown" | "noise" | "slow";
  readonly threshold: number;
  readonly bins: number;
  readonly binsAssumed: boolean;
  readonly reference?: number;
  readonly current?: number;
  readonly mean?: number;
  readonly passed?: number;
}

const USUAL_BINS = 10;

export const rule = defineRule<Found, { slowTimes: number; largeWindow: number }>({
  code: "HP706",
  name: "psi-threshold-in-noise",
  step: 7,
  reads: ["7.drift[].metric", "7.drift[].alert", "7.drift[].bins", "7.drift[].reference", "7.drift[].current"],
  severity: "warning",
  consequence: "blind",
  summary: "windows without any drift pass the PSI threshold by chance",
  why: "without drift PSI is about chi-squared(bins − 1) × (1/n + 1/m): small windows look like drift",
  fix: "use daily windows, fewer bins, or a threshold from that formula or from past quiet weeks",
  sources: ["PSI (2020)", "Population Resemblance (2023)"],
  settings: { slowTimes: 10, largeWindow: 50_000 },
  examples: {
    bad: { 7: 'drift: [{ metric: psi, of: amount, alert: "> 0.1", bins: 10, reference: 10k, current: 150 }]' },
    good: { 7: 'drift: [{ metric: psi, of: amount, alert: "> 0.1", bins: 10, reference: 10k, current: 5k }]' },
  },
  check({ monitor: { drift = [] } }, { slowTimes, largeWindow }) {
    const entries = drift.flatMap((entry, i) =>
      /\bpsi\b/iu.test(entry.metric) && entry.alert !== undefined
        ? [{ ...entry, limit: entry.alert.limit.value, path: `7.drift[${i}]` }]
        : [],
    );
    if (entries.length === 0) return "not applicable";
    return entries.flatMap(({ limit, bins, reference, current, path }): Found[] => {
      const base = { threshold: limit, bins: bins ?? USUAL_BINS, binsAssumed: bins === undefined };
      if (reference === undefined || current === undefined || reference.value <= 0 || current.value <= 0) {
        return [
          {
            ...base,
            at: reference === undefined ? `${path}.reference` : `${path}.current`,
            severity: "advice",
            problem: "unknown",
          },
        ];
      }
      const { mean, percentile95: passed } = psiNoiseOfQuantiles(base.bins, reference.value, current.value);
      const found = {
        ...base,
        at: `${path}.alert`,
        reference: reference.value,
        current: current.value,
        mean,
        passed,
      };
      if (limit <= passed) return [{ ...found, also: [`${path}.current`], problem: "noise" }];
      const isSlow = limit > slowTimes * passed && current.value > largeWindow;
      return isSlow ? [{ ...found, severity: "advice", problem: "slow" }] : [];
    });
  },
  say({ problem, threshold, bins, binsAssumed, reference = 0, current = 0, mean = 0, passed = 0 }) {
    const setting = `${count(bins)} bins${binsAssumed ? " (assumed)" : ""}, ${count(reference)} reference rows and ${count(current)} a window`;
    if (problem === "unknown") {
      return {
        message: `a PSI above ${number(threshold)} means nothing until the rows of the reference and of a window are known`,
        label: "from how many rows?",
        why: "the marks 0.1 and 0.25 carry no error rate of their own: over 150 rows chance passes them, over a million nothing does",
        fix: "add `reference: 100k, current: 10k` with your numbers",
      };
    }
    if (problem === "slow") {
      return {
        message: `with ${setting} chance stays below ${number(passed)}, so a threshold of ${number(threshold)} is slow to see a real shift`,
        label: "far above chance",
        why: "a threshold that only a gross shift passes lets the model decay unseen",
        fix: `take the threshold from past quiet weeks, between ${number(passed)} and ${number(threshold)}`,
      };
    }
    return {
      message: `with ${setting}, PSI averages ${number(mean)} without any drift and passes ${number(passed)} one time in twenty; the threshold is ${number(threshold)}`,
      label: "chance passes it",
      also: ["few rows"],
    };
  },
});
