/** Finds limits of latency of which one says nothing: a lower percentile that may take longer than a higher one. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";

interface Found extends Hit {
  readonly lower: string;
  readonly higher: string;
  readonly lowerText: string;
  readonly higherText: string;
}

/** From the lowest on. */
const PERCENTILES = ["p50", "p90", "p95", "p99", "p99.9"] as const;

export const rule = defineRule<Found>({
  code: "HP114",
  name: "latency-out-of-order",
  step: 1,
  reads: ["1.latency"],
  severity: "warning",
  consequence: "late",
  summary: "a lower percentile of the latency may take longer than a higher one",
  why: "whoever meets the higher percentile's limit meets the lower's too: most likely the two were mixed up, and the promise is another one",
  fix: "write limits that rise with the percentile, such as `latency: { p50: 40 ms, p99: 200 ms }`",
  sources: ["Site Reliability Engineering (2016), ch. 4"],
  examples: {
    bad: { 1: "latency: { p50: 200 ms, p99: 100 ms }" },
    good: { 1: "latency: { p50: 40 ms, p99: 100 ms }" },
  },
  check({ clarify }) {
    const given = PERCENTILES.flatMap((name) => {
      const limit = clarify.latency?.[name];
      return limit === undefined ? [] : [{ name, ...limit }];
    });
    if (given.length < 2) return "not applicable";
    return given.flatMap((lower, i): Found[] => {
      const higher = given.at(i + 1);
      if (higher === undefined || !exceeds(lower.value, higher.value)) return [];
      const names = { lower: lower.name, higher: higher.name, lowerText: lower.text, higherText: higher.text };
      return [{ at: `1.latency.${lower.name}`, also: [`1.latency.${higher.name}`], ...names }];
    });
  },
  say: ({ lower, higher, lowerText, higherText }) => ({
    message: `${higher.slice(1)} of 100 requests have to be answered within ${higherText}, and ${lower.slice(1)} of 100 within ${lowerText}: the second limit says nothing`,
    label: lowerText,
    also: [higherText],
  }),
});
