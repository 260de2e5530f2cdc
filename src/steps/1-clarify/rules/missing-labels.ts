/** Asks where labels come from, when they are final and how rare positives are. */

import { absent, defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { labelSource, labelsAvailable } from "../label-supply.ts";

const UNSUPERVISED: readonly string[] = ["clustering", "generation", "anomaly-detection"];

export const rule = defineRule({
  code: "HP112",
  name: "missing-labels",
  step: 1,
  reads: [
    "1.labels.available",
    "1.labels.count",
    "1.labels.source",
    "1.labels.delay",
    "1.labels.positive-rate",
    "2.task",
    "3.time",
  ],
  severity: "error",
  consequence: "learns-nothing",
  summary: "a supervised design does not say where its labels come from, when they are final or how rare positives are",
  why: "the gap of the split, the choice of metric and the lag of monitoring are computed from these facts",
  fix: "measure on a month of data: `labels: { available: yes, source: natural, delay: 45 d, positive-rate: 0.2% }`; an immediate label has `delay: 0 s`",
  sources: ["Designing Machine Learning Systems (2022), ch. 4", "Credit Card Fraud Handbook (2022), ch. 2"],
  examples: {
    bad: { 1: "labels: { available: yes, source: natural }", 2: "task: binary-classification" },
    good: {
      1: "labels: { available: yes, source: natural, delay: 45 d, positive-rate: 0.2% }",
      2: "task: binary-classification",
    },
  },
  check(design) {
    const { task } = design.frame;
    if (task !== undefined && UNSUPERVISED.includes(task)) return "not applicable";
    const { labels } = design.clarify;
    const lacks = absent({
      "1.labels.available": labelsAvailable(design),
      "1.labels.source": labelSource(design),
      // Data without time cannot say how long a label took.
      ...(design.data.time === "none" ? {} : { "1.labels.delay": labels?.delay }),
      ...(task === "binary-classification" ? { "1.labels.positive-rate": labels?.["positive-rate"] } : {}),
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated`,
    label: `no ${facts(lacks)} here`,
    fix: [...asked("add", lacks, STATED), ...asked("measure on a month of data", lacks, MEASURED)].join("; "),
  }),
});

function asked(what: string, lacks: readonly string[], suggested: Readonly<Record<string, string>>): readonly string[] {
  const own = lacks.flatMap((path) => suggested[path] ?? []);
  return own.length === 0 ? [] : [`${what} ${own.join(" and ")}`];
}

/** What somebody knows, and what data tell. */
const STATED: Readonly<Record<string, string>> = {
  "1.labels.available": "`available:` (yes or no)",
  "1.labels.source":
    "`source:` (natural where what people do is the label, human where somebody labels, heuristic where a rule does)",
};
const MEASURED: Readonly<Record<string, string>> = {
  "1.labels.delay": "`delay:` (95th percentile of the time from prediction to final label; `0 s` if immediate)",
  "1.labels.positive-rate": "`positive-rate:` (the share of positives)",
};
