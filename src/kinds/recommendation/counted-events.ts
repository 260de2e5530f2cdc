/** Which events of members an experiment counts: those that its metric is a rate of, or else what the note wants. Pure. */

import type { CountedOutcome } from "../../system/served-system.ts";

/** What such a metric is not: a sum or a mean of values, which no count of events is. */
const NO_COUNT = /minute|hour|time|value|revenue|mean|average|depth/iu;
/** Kinds whose events are judged by their value, or are no deed. */
const NO_DEED: ReadonlySet<string> = new Set(["rating", "impression"]);

/** The kind of event that the metric is a rate of: `click` of `click-through rate`; undefined where it is none of these. */
export function countedKindOf(metric: string | undefined, kinds: readonly string[]): string | undefined {
  if (metric === undefined || NO_COUNT.test(metric)) return undefined;
  const words: readonly string[] = metric.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.includes("ctr")) return kinds.find((kind) => kind === "click");
  return kinds.find(
    (kind) =>
      !NO_DEED.has(kind) && words.some((word) => word === kind.toLowerCase() || word === `${kind.toLowerCase()}s`),
  );
}

/** The same in words. `wanted` says what the note wants. */
export function countedOutcome(kind: string | undefined, wanted: string): CountedOutcome {
  return kind === undefined
    ? { says: `events that the note wants (${wanted})`, isMetric: false }
    : { says: `${kind} events`, isMetric: true };
}
