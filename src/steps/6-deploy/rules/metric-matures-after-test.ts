/** Finds experiments that are read before their metric is final. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code, duration, share } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP615",
  name: "metric-matures-after-test",
  step: 6,
  reads: ["6.experiment.delay", "1.labels.delay", "6.experiment.duration", "6.experiment.readout"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the experiment is read before the outcome of its units is final",
  why: "the last units look like they did nothing, and the arm that acts later loses for it",
  fix: "read the result once the outcomes are final (`readout:`), or decide on a validated early metric and confirm later",
  sources: [
    "Credit Card Fraud Handbook (2022), ch. 2 and 5.2",
    "Trustworthy Online Controlled Experiments (2020), ch. 7 and 23",
  ],
  note: "where the experiment does not state the delay of its metric, that of the labels is taken",
  settings: { mature: 0.8 },
  examples: {
    bad: { 6: "experiment: { unit: card, metric: fraud loss per card, delay: 45 d, duration: 14 d }" },
    good: { 6: "experiment: { unit: card, metric: fraud loss per card, delay: 45 d, duration: 14 d, readout: 45 d }" },
  },
  check({ clarify: { labels }, deploy: { experiment } }, { mature }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const delay = experiment.delay ?? labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    if (experiment.duration === undefined) return unknown("6.experiment.duration");
    const length = experiment.duration.value;
    const readout = experiment.readout?.value ?? 0;
    if (length <= 0 || delay.value <= readout) return [];
    const part = Math.min(1, Math.max(0, (length + readout - delay.value) / length));
    if (part >= mature) return [];
    const fromLabels = experiment.delay === undefined;
    return [
      {
        at: fromLabels ? "6.experiment.duration" : "6.experiment.delay",
        also: fromLabels ? ["1.labels.delay"] : ["6.experiment.duration"],
        severity: part === 0 ? ("error" as const) : ("warning" as const),
        metric: experiment.metric ?? "the metric",
        delay: delay.text,
        part,
        read: length + readout,
        fromLabels,
      },
    ];
  },
  say: ({ metric, delay, part, read, fromLabels }) => ({
    message: `${code(metric)} is final after ${delay}${fromLabels ? " (the delay of the labels)" : ""}, and the experiment is read after ${duration(read)}: ${share(part)} of its units have a final outcome`,
    label: fromLabels ? "read too early" : "final this late",
    also: [fromLabels ? "final this late" : "read after this"],
    fix: `write \`readout: ${delay}\`, or decide on a validated early metric and confirm later`,
  }),
});
