/** Asks for the goal, the metric of the business, the stakes and what is done with a prediction. */

import { absent, defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP109",
  name: "missing-goal",
  step: 1,
  reads: ["1.goal", "1.business-metric", "1.stakes", "1.decision"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the goal, the metric of the business, the stakes or the decision is not stated",
  why: "without them step 6 cannot tell whether the online metric measures what the product wants",
  fix: "one sentence of `goal`, one `business-metric` that is tracked already, `stakes: low`, `decision: { automated: true }`",
  sources: ["Rules of ML (2016), rules 2 and 39", "Designing Machine Learning Systems (2022), ch. 2"],
  examples: {
    bad: { 1: "goal: fewer returns\nstakes: low\ndecision: { automated: true }" },
    good: { 1: "goal: fewer returns\nbusiness-metric: return rate\nstakes: low\ndecision: { automated: true }" },
  },
  check({ clarify: { goal, stakes, decision, ...clarify } }) {
    const lacks = absent({
      "1.goal": goal?.trim() || undefined,
      "1.business-metric": clarify["business-metric"]?.trim() || undefined,
      "1.stakes": stakes,
      "1.decision": decision,
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated`,
    label: `no ${facts(lacks)} here`,
    fix: `add ${lacks.map((path) => SUGGESTED[path]).join(", ")}`,
  }),
});

const SUGGESTED: Readonly<Record<string, string>> = {
  "1.goal": "`goal:` in one sentence",
  "1.business-metric": "`business-metric:` with a number the business tracks already",
  "1.stakes": "`stakes: low` (or medium, high, legal)",
  "1.decision": "`decision: { automated: true, review: false }`",
};
