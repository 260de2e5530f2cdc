/** Finds online services that have no answer when the model has none. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { trafficOf } from "../../1-clarify/traffic.ts";
import { ordersThings } from "../../2-frame/task.ts";
import { isOnline } from "../serving-mode.ts";

interface Found extends Hit {
  readonly lacking: readonly string[];
  readonly peak?: number;
  readonly onlyEmpty: boolean;
  /** Whether answers are lists. */
  readonly isList: boolean;
}

export const rule = defineRule<Found>({
  code: "HP619",
  name: "no-fallback",
  step: 6,
  reads: ["6.serving.fallback", "6.serving.mode", "2.task", "1.requests.peak"],
  severity: "error",
  consequence: "no-way-back",
  summary: "nothing answers when the model is late, fails or lacks its features",
  why: "a dependency at 99.9% fails once in a thousand requests, and without a fallback each of those is an error page",
  fix: "write `fallback: { on-timeout: cached list, on-missing-features: trained default, on-model-error: last model, on-empty: most-popular }`, count how often each is used and alert on it",
  prose: { path: "6.serving.fallback", about: "a fallback", words: /fall(?:s|ing)?[- ]?back/iu },
  sources: ["Site Reliability Engineering (2016), ch. 22", "Rules of ML (2016), rule 10"],
  examples: {
    bad: { 6: "serving: { mode: online, fallback: { on-timeout: none } }" },
    good: {
      6: "serving: { mode: online, fallback: { on-timeout: cached list, on-missing-features: trained default, on-model-error: last model, on-empty: most-popular } }",
    },
  },
  check(design) {
    if (!isOnline(design)) return "not applicable";
    const fallback = design.deploy.serving?.fallback;
    const isLacking = (answer: string | undefined) => answer === undefined || answer.trim() === "" || answer === "none";
    const lacking = [
      ...(isLacking(fallback?.["on-timeout"]) ? ["on-timeout"] : []),
      ...(isLacking(fallback?.["on-missing-features"]) ? ["on-missing-features"] : []),
      ...(isLacking(fallback?.["on-model-error"]) ? ["on-model-error"] : []),
    ];
    const onlyEmpty = lacking.length === 0;
    if (onlyEmpty && (!ordersThings(design) || !isLacking(fallback?.["on-empty"]))) return [];
    return [
      {
        at: "6.serving.fallback",
        severity: onlyEmpty ? "warning" : "error",
        lacking: onlyEmpty ? ["on-empty"] : lacking,
        peak: trafficOf(design).peak,
        onlyEmpty,
        isList: ordersThings(design),
      },
    ];
  },
  say: ({ lacking, peak, onlyEmpty, isList }) => ({
    message: onlyEmpty
      ? "nothing is shown when no candidate is left"
      : `nothing answers ${list(lacking)}${peak === undefined ? "" : `: with one dependency at 99.9% and ${count(peak)} requests/s that is ${count(peak * 0.001)} failed answers a second`}`,
    label: `no ${list(lacking)} here`,
    fix: onlyEmpty
      ? "write `on-empty: most-popular`"
      : `write ${code(`fallback: { ${lacking.map((key) => `${key}: ${answerTo(key, isList)}`).join(", ")} }`)}, count how often each is used and alert on it`,
  }),
});

function answerTo(key: string, isList: boolean): string {
  if (key === "on-timeout") return isList ? "cached list" : "the rule that was there before";
  return key === "on-model-error" ? "last model" : "trained default";
}
