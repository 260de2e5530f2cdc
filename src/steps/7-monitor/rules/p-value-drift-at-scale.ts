/** Finds drift that is decided by p-values where they mean nothing. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { count, number } from "../../../review/words.ts";

interface Found extends Hit {
  readonly problem: "many" | "large" | "small";
  readonly features: number;
  readonly windows: number;
  readonly alpha: number;
  readonly rows?: readonly [number, number];
  readonly distance?: number;
}

/** Critical constant of the two-sample Kolmogorov-Smirnov distance at 0.05: sqrt(-ln(0.025) / 2). */
const KS_CONSTANT = 1.358;

export const rule = defineRule<Found, { weeklyFalseAlarms: number; trifle: number; gross: number }>({
  code: "HP707",
  name: "p-value-drift-at-scale",
  step: 7,
  reads: [
    "7.drift[].metric",
    "7.drift[].p-value",
    "7.drift[].features",
    "7.drift[].windows-daily",
    "7.drift[].correction",
    "7.drift[].reference",
    "7.drift[].current",
  ],
  severity: "warning",
  consequence: "blind",
  summary: "drift is decided by p-values over so many tests or rows that they mean nothing",
  why: "with many tests chance alone rings every week; with many rows any trifle is significant",
  fix: "decide by the size of the shift (KS distance, Jensen-Shannon or scaled Wasserstein above 0.1) on few features; keep p-values for samples below about 1,000",
  sources: ["Evidently documentation (2024)", "Designing Machine Learning Systems (2022), ch. 8"],
  settings: { weeklyFalseAlarms: 1, trifle: 0.01, gross: 0.25 },
  examples: {
    bad: { 7: "drift: [{ metric: ks, on: features, p-value: 0.05, features: 200, windows-daily: 1 }]" },
    good: {
      7: "drift: [{ metric: ks, on: features, p-value: 0.01, features: 5, windows-daily: 1, reference: 800, current: 500 }]",
    },
  },
  check({ monitor: { drift = [] } }, { weeklyFalseAlarms, trifle, gross }) {
    const entries = drift.flatMap((entry, i) =>
      entry["p-value"] === undefined ? [] : [{ ...entry, alpha: entry["p-value"].value, path: `7.drift[${i}]` }],
    );
    if (entries.length === 0) return "not applicable";
    return entries.flatMap((entry): Found[] => {
      const { metric, alpha, path, features = 1, reference, current, correction } = entry;
      const windows = entry["windows-daily"]?.value ?? 1;
      const base = { at: `${path}.p-value`, features, windows, alpha };
      const corrected = correction !== undefined && correction !== "none";
      if (!corrected && exceeds(features * windows * 7 * alpha, weeklyFalseAlarms))
        return [{ ...base, problem: "many" }];
      if (!/\bks\b|kolmogorov/iu.test(metric) || reference === undefined || current === undefined) return [];
      const [n, m] = [reference.value, current.value];
      if (n <= 0 || m <= 0) return [];
      const distance = KS_CONSTANT * Math.sqrt((n + m) / (n * m));
      const rows = [n, m] as const;
      if (distance < trifle) return [{ ...base, problem: "large", rows, distance }];
      return distance > gross ? [{ ...base, problem: "small", rows, distance }] : [];
    });
  },
  say({ problem, features, windows, alpha, rows = [0, 0], distance = 0 }) {
    if (problem === "many") {
      return {
        message: `${count(features)} features × ${number(windows)} ${windows === 1 ? "window" : "windows"} a day at p < ${number(alpha)}: ${number(features * windows * alpha)} false alarms a day without any drift`,
        label: "chance rings",
      };
    }
    const sizes = `${count(rows[0])} and ${count(rows[1])} rows`;
    return problem === "large"
      ? {
          message: `with ${sizes} the test fires at a distance of ${number(distance)}, far below anything that matters`,
          label: "any trifle",
        }
      : {
          message: `with ${sizes} the test sees only a distance above ${number(distance)}`,
          label: "only a gross shift",
        };
  },
});
