/** Asks what is predicted, over which window, and how the output is used. */

import { absent, defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { ordersThings } from "../task.ts";

export const rule = defineRule({
  code: "HP201",
  name: "missing-task-and-target",
  step: 2,
  reads: ["2.task", "2.predict", "2.label.event", "2.label.window", "2.output", "1.labels.delay"],
  severity: "error",
  consequence: "learns-nothing",
  summary: "the task, the target, its window or the use of the output is not stated",
  why: "churn within 7 days and within 90 days are different labels with different base rates; nothing after this can be judged without them",
  fix: "write `task:`, `predict:` in a sentence, `label: { event: …, window: 30 d }` and `output: rank`, `threshold` or `probability`",
  sources: ["Designing Machine Learning Systems (2022), ch. 2"],
  examples: {
    bad: {
      1: "labels: { delay: 30 d }",
      2: "task: binary-classification\npredict: the customer leaves\noutput: probability",
    },
    good: {
      1: "labels: { delay: 30 d }",
      2: "task: binary-classification\npredict: the customer leaves\nlabel: { event: cancellation, window: 30 d }\noutput: probability",
    },
  },
  check(design) {
    const { task, predict, label, output } = design.frame;
    const delay = design.clarify.labels?.delay?.value ?? 0;
    const needsWindow = task === "binary-classification" && delay > 0;
    const lacks = absent({
      "2.task": task,
      "2.predict": predict?.trim() || label?.event || undefined,
      // An order is all that a ranking is used for.
      "2.output": output ?? (ordersThings(design) ? "rank" : undefined),
      ...(needsWindow ? { "2.label.window": label?.window } : {}),
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message:
      lacks.length === 1 && lacks[0] === "2.label.window"
        ? "the target is an event in the future, but no window says how far"
        : `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated`,
    label: `no ${facts(lacks)} here`,
    why: lacks.length === 1 && lacks[0] === "2.output" ? OF_OUTPUT : undefined,
    fix: `write ${lacks.map((path) => SUGGESTED[path]).join(" and ")}`,
  }),
});

/** Windows are no reason to say what an output is for. */
const OF_OUTPUT =
  "a rank, a yes or no and a probability are judged by different metrics, and only the last needs calibration";

const SUGGESTED: Readonly<Record<string, string>> = {
  "2.task": "`task:` (binary-classification, ranking, …)",
  "2.predict": "`predict:` in a sentence, or `event:` in `label`",
  "2.output": "`output:` (rank, threshold or probability)",
  "2.label.window": "`window:` in `label`, how long the event may take to count",
};
