/** Finds experiments that decide on a metric which the design does not want to move. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

interface Found extends Hit {
  readonly decides: string;
  readonly wanted: string;
}

export const rule = defineRule<Found>({
  code: "HP621",
  name: "decides-on-another-metric",
  step: 6,
  reads: ["6.experiment.metric", "2.metrics.online", "1.business-metric"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the experiment decides on a metric that is neither the online metric nor the goal",
  why: "the experiment can be won while what the system is for gets worse: clicks rise with misleading titles, minutes do not",
  fix: "decide on the online metric, or add the one that decides to `metrics.online` and say in `link` how the two move together",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 6–7", "Rules of ML (2016), rule 12"],
  examples: {
    bad: {
      2: "metrics: { online: [watch minutes per member] }",
      6: "experiment: { unit: member, metric: click-through rate }",
    },
    good: {
      2: "metrics: { online: [watch minutes per member] }",
      6: "experiment: { unit: member, metric: watch minutes per member }",
    },
  },
  check({ clarify, frame, deploy: { experiment } }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const decides = experiment.metric;
    if (decides === undefined) return unknown("6.experiment.metric");
    const online = frame.metrics?.online ?? [];
    const goal = clarify["business-metric"];
    const wanted = [...online, ...(goal === undefined ? [] : [goal])];
    if (wanted.length === 0) return unknown("2.metrics.online");
    if (wanted.some((one) => plain(one) === plain(decides))) return [];
    const also = online.length > 0 ? "2.metrics.online" : "1.business-metric";
    return [{ at: "6.experiment.metric", also: [also], decides, wanted: wanted[0] }];
  },
  say: ({ decides, wanted }) => ({
    message: `the experiment decides on ${code(decides)}, and the design wants to move ${code(wanted)}`,
    label: "another metric",
    also: ["what is wanted"],
  }),
});

/** `Click-through rate` and `click through rate` are one metric. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@]+/gu, " ")
    .trim();
}
