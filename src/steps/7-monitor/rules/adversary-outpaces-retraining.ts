/** Finds designs with adversaries who learn faster than the model. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly problem: "slow" | "unaudited";
  readonly every?: string;
  readonly delay?: string;
  readonly exposed?: number;
  readonly within?: string;
}

export const rule = defineRule<Found, { slowDays: number; responseHours: number }>({
  code: "HP715",
  name: "adversary-outpaces-retraining",
  step: 7,
  reads: ["1.adversarial", "7.retrain.every", "7.fast-response", "7.audit", "1.labels.delay"],
  severity: "warning",
  consequence: "harm",
  summary: "adversaries can use a gap for longer than the model takes to learn of it, and nothing quicker answers",
  why: "who finds a gap on the first day uses it until a model has learned of it",
  fix: "keep a layer of rules that can change within hours (`fast-response: { by: rules, within: 4 h }`), and let people check a random share of low scores (`audit: 0.1%`)",
  sources: ["Credit Card Fraud Handbook (2022), ch. 2 and 5.2", "Rules of ML (2016), rules 15 and 34"],
  note: "7 d is a judgement, not a published limit: set `slowDays` to your own",
  settings: { slowDays: 7, responseHours: 24 },
  examples: {
    bad: { 1: "adversarial: true\nlabels: { delay: 45 d }", 7: "retrain: { every: 30 d }\naudit: 0.1%" },
    good: {
      1: "adversarial: true\nlabels: { delay: 45 d }",
      7: "retrain: { every: 30 d }\nfast-response: { by: rules, within: 4 h }\naudit: 0.1%",
    },
  },
  check({ clarify: { adversarial, labels }, monitor }, { slowDays, responseHours }) {
    if (adversarial === undefined) return unknown("1.adversarial");
    if (!adversarial) return "not applicable";
    const every = monitor.retrain?.every;
    const response = monitor["fast-response"];
    const isFast = every !== undefined && !exceeds(every.value, slowDays * DAY);
    const answers = response !== undefined && response.by !== "none";
    const inTime = answers && (response.within === undefined || !exceeds(response.within.value, responseHours * 3600));
    if (!isFast && !inTime) {
      const delay = labels?.delay;
      const exposed = every === undefined ? undefined : every.value + (delay?.value ?? 0);
      return [
        {
          at: "7.fast-response",
          also: every === undefined ? [] : ["7.retrain.every"],
          problem: "slow",
          every: every?.text,
          delay: delay?.text,
          exposed,
          within: answers ? response.within?.text : undefined,
        },
      ];
    }
    return monitor.audit === undefined ? [{ at: "7.audit", severity: "advice", problem: "unaudited" }] : [];
  },
  say({ problem, every, delay, exposed, within }) {
    if (problem === "unaudited") {
      return {
        message: "nobody looks at a random share of the cases that the model lets through",
        label: "no `audit` here",
        why: "what gets past the model is never labelled, so the model never learns that it did",
        fix: "write `audit: 0.1%`",
      };
    }
    const schedule =
      every === undefined
        ? "nothing says how often the model is trained"
        : `the model is trained every ${every}${delay === undefined ? "" : ` on labels that take ${delay}`}`;
    const gap = exposed === undefined ? "" : `: a gap found on day 1 can be used for about ${duration(exposed)}`;
    return {
      message: `${schedule}${gap}${within === undefined ? ", and nothing quicker answers" : `, and the quickest answer takes ${within}`}`,
      label: within === undefined ? "no `fast-response` here" : "too slow",
      also: ["the next model"],
    };
  },
});
