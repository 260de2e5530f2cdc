/** Finds fallbacks that answer after the caller has gone. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, duration } from "../../../review/words.ts";
import { latencyLimitOf } from "../../1-clarify/latency-limit.ts";
import { isOnline } from "../serving-mode.ts";
import { suggestedTimeout } from "../suggested-timeout.ts";

interface Found extends Hit {
  readonly problem: "late" | "none" | "same";
  readonly timeout?: string;
  readonly retries: number;
  readonly fallback?: string;
  readonly total: number;
  readonly limit?: string;
  /** Seconds; absent where no timeout helps. */
  readonly advised: number | undefined;
}

const IN_MEMORY = "hold the fallback in memory: by itself it takes no less than is promised for the whole answer";

export const rule = defineRule<Found>({
  code: "HP620",
  name: "fallback-too-late",
  step: 6,
  reads: [
    "6.serving.timeout",
    "6.serving.retries",
    "6.serving.fallback.latency",
    "6.serving.fallback.same-dependency",
    "1.latency",
  ],
  severity: "error",
  consequence: "late",
  summary: "timeout, retries and fallback take longer than the promised latency",
  why: "the fallback would answer after the caller has gone, so it protects nobody",
  fix: "a timeout of about 70% of the limit, no retry inside it, and a fallback held in memory",
  prose: { path: "6.serving.timeout", about: "a timeout", words: /time(?:s|d)?[- ]?out/iu },
  sources: ["Site Reliability Engineering (2016), ch. 22", "The Tail at Scale (2013)"],
  examples: {
    bad: {
      1: "latency: { p99: 200 ms }",
      6: "serving: { mode: online, timeout: 180 ms, retries: 1, fallback: { on-timeout: cached list, latency: 10 ms } }",
    },
    good: {
      1: "latency: { p99: 200 ms }",
      6: "serving: { mode: online, timeout: 140 ms, retries: 0, fallback: { on-timeout: cached list, latency: 10 ms } }",
    },
  },
  check(design) {
    if (!isOnline(design)) return "not applicable";
    const limit = latencyLimitOf(design);
    if (limit === undefined) return unknown("1.latency");
    const { timeout, retries = 0, fallback } = design.deploy.serving ?? {};
    const base = { retries, limit: limit.text, advised: suggestedTimeout(design), total: 0 };
    const same: Found[] =
      fallback?.["same-dependency"] === true
        ? [{ ...base, at: "6.serving.fallback.same-dependency", severity: "warning", problem: "same" }]
        : [];
    if (timeout === undefined)
      return [...same, { ...base, at: "6.serving.timeout", severity: "warning", problem: "none" }];
    const total = timeout.value * (1 + retries) + (fallback?.latency?.value ?? 0);
    if (!exceeds(total, limit.seconds)) return same;
    return [
      ...same,
      {
        ...base,
        at: "6.serving.timeout",
        also: [limit.path],
        problem: "late",
        timeout: timeout.text,
        fallback: fallback?.latency?.text,
        total,
      },
    ];
  },
  say({ problem, timeout, retries, fallback, total, limit, advised }) {
    if (problem === "same") {
      return {
        message: "the fallback needs what has just failed",
        label: "fails together",
        why: "it is not there exactly when it is needed",
        fix: "hold the fallback in memory, without the model's dependencies",
      };
    }
    if (problem === "none") {
      return {
        message: `no timeout is stated, so a request may wait past the ${limit} that are promised`,
        label: "no `timeout` here",
        fix: advised === undefined ? IN_MEMORY : `write \`timeout: ${duration(advised)}\``,
      };
    }
    const tries = retries === 0 ? "" : `, ${retries === 1 ? "one retry" : `${count(retries)} retries`}`;
    return {
      message: `a timeout of ${timeout}${tries} and a fallback ${fallback === undefined ? "(its time is not stated and counts as 0)" : `of ${fallback}`} make ${duration(total)} before an answer, and ${limit} are promised`,
      label: "too long",
      also: ["the promise"],
      fix: advised === undefined ? IN_MEMORY : `write \`timeout: ${duration(advised)}\` and \`retries: 0\``,
    };
  },
});
