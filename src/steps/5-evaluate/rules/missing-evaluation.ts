/** Asks how the offline figures are made. */

import { defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { ordersThings } from "../../2-frame/task.ts";

const SUGGESTED: Readonly<Record<string, string>> = {
  "5.evaluation.tuned-on": "`tuned-on: validation`",
  "5.evaluation.candidates": "`candidates: full` (or retrieved, sampled)",
  "5.evaluation.half-width": "`half-width:` of the gain's 95% interval",
};

const WHY: Readonly<Record<string, string>> = {
  "5.evaluation.tuned-on": "figures of the data on which parameters were chosen flatter",
  "5.evaluation.candidates": "ndcg@10 over 100 sampled items and over the whole catalogue are different quantities",
  "5.evaluation.half-width": "a gain smaller than its interval is no gain, and a test that nobody sized cannot show it",
};

export const rule = defineRule({
  code: "HP501",
  name: "missing-evaluation",
  step: 5,
  reads: ["5.evaluation.candidates", "5.evaluation.tuned-on", "5.evaluation.half-width", "2.task"],
  severity: "error",
  consequence: "blind",
  summary:
    "nothing says over which candidates metrics are taken, where parameters were chosen or how wide the interval is",
  why: "a figure without its conditions says nothing: ndcg@10 over 100 sampled items and over the whole catalogue are different quantities",
  fix: "write `evaluation: { candidates: full, tuned-on: validation, half-width: 0.004 }`",
  sources: ["ML Test Score (2017), Model 3 and 6", "Leakage and the Reproducibility Crisis (2023), model info sheet"],
  examples: {
    bad: { 2: "task: ranking", 5: "evaluation: { tuned-on: validation, half-width: 0.004 }" },
    good: { 2: "task: ranking", 5: "evaluation: { candidates: full, tuned-on: validation, half-width: 0.004 }" },
  },
  check(design) {
    const { evaluation } = design.evaluate;
    const needed = [
      ...(evaluation?.["tuned-on"] === undefined ? ["5.evaluation.tuned-on"] : []),
      ...(ordersThings(design) && evaluation?.candidates === undefined ? ["5.evaluation.candidates"] : []),
    ];
    const wished = evaluation?.["half-width"] === undefined ? ["5.evaluation.half-width"] : [];
    const lacks = [...needed, ...wished];
    if (lacks.length === 0) return [];
    const severity = needed.length > 0 ? ("warning" as const) : ("advice" as const);
    return [{ at: lacks[0], lacks, severity: evaluation === undefined ? ("error" as const) : severity }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated`,
    label: `no ${facts(lacks, 3)} here`,
    why: lacks.map((path) => WHY[path]).join("; "),
    fix: `add ${lacks.map((path) => SUGGESTED[path]).join(", ")}`,
  }),
});
