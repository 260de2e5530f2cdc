/** Finds guardrails that the experiment does not test, or tests without saying how much loss is too much. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, list } from "../../../review/words.ts";

interface Found extends Hit {
  readonly untested: readonly string[];
  readonly loose: readonly string[];
}

export const rule = defineRule<Found>({
  code: "HP614",
  name: "guardrail-without-margin",
  step: 6,
  reads: ["2.metrics.guardrails", "6.experiment.guardrails"],
  severity: "warning",
  consequence: "harm",
  summary: "a guardrail is not part of the experiment, or has no margin",
  why: "not significantly worse is not the same as not worse: a test that cannot see a loss allows it",
  fix: "write `guardrails: [{ metric: hide rate, margin: 1%, direction: higher }]` and test non-inferiority; size the test for the hardest guardrail",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 7 and 21"],
  examples: {
    bad: {
      2: "metrics: { guardrails: [hide rate] }",
      6: "experiment: { unit: user, metric: clicks per user, guardrails: [hide rate] }",
    },
    good: {
      2: "metrics: { guardrails: [hide rate] }",
      6: "experiment: { unit: user, metric: clicks per user, guardrails: [{ metric: hide rate, margin: 1%, direction: higher }] }",
    },
  },
  check({ frame: { metrics }, deploy: { experiment } }) {
    const guardrails = metrics?.guardrails ?? [];
    if (guardrails.length === 0) return "not applicable";
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const tested: readonly { readonly metric: string; readonly margin?: unknown }[] = experiment.guardrails ?? [];
    const found = guardrails.map((name) => ({
      name,
      test: tested.find(({ metric }) => words(metric) === words(name)),
    }));
    const untested = found.filter(({ test }) => test === undefined).map(({ name }) => name);
    const loose = found.filter(({ test }) => test !== undefined && test.margin === undefined).map(({ name }) => name);
    if (untested.length === 0 && loose.length === 0) return [];
    return [{ at: "6.experiment.guardrails", also: ["2.metrics.guardrails"], untested, loose }];
  },
  say({ untested, loose }) {
    const missing =
      untested.length === 0
        ? ""
        : `${list(untested)} ${untested.length === 1 ? "is" : "are"} not part of the experiment`;
    const open = loose.length === 0 ? "" : `${list(loose)} ${loose.length === 1 ? "has" : "have"} no margin`;
    return {
      message: [missing, open].filter((part) => part !== "").join(", and "),
      label: "how much is too much?",
      also: ["what must not get worse"],
      fix: `write ${[...untested, ...loose].map((name) => code(`{ metric: ${name}, margin: 1%, direction: higher }`)).join(", ")} with margins of your own`,
    };
  },
});

/** The words of a name in any order: `p99 latency` is `latency p99`. */
function words(name: string): string {
  return name
    .toLowerCase()
    .split(/[\s_-]+/u)
    .sort()
    .join(" ");
}
