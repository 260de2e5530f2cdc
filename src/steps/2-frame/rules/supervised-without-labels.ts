/** Finds supervised tasks without labels to learn from. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { labelSource, labelsAvailable } from "../../1-clarify/label-supply.ts";
import { isSupervised } from "../task.ts";

interface Found extends Hit {
  readonly problem: "none" | "partial" | "unchecked";
  readonly task: string;
  readonly audited: number;
  readonly auditedRows: number;
}

export const rule = defineRule<Found, { auditedRows: number }>({
  code: "HP204",
  name: "supervised-without-labels",
  step: 2,
  reads: ["2.task", "1.labels.available", "1.labels.source", "1.labels.plan", "1.labels.audited"],
  severity: "error",
  consequence: "learns-nothing",
  summary: "the task learns from labels, and there are none, or nobody has checked them",
  why: "nothing can be trained or evaluated before labels exist, and labels of a heuristic repeat the heuristic's mistakes",
  fix: "start with a rule and log outcomes, or budget the annotation (rows × cost) in `labels.plan`, or take a task with natural labels",
  sources: ["Designing Machine Learning Systems (2022), ch. 4", "Rules of ML (2016), rule 1"],
  settings: { auditedRows: 200 },
  examples: {
    bad: { 1: "labels: { available: no }", 2: "task: binary-classification" },
    good: { 1: "labels: { available: yes }", 2: "task: binary-classification" },
  },
  check(design, { auditedRows }) {
    const supervised = isSupervised(design);
    if (supervised === undefined) return unknown("2.task");
    if (!supervised) return "not applicable";
    const available = labelsAvailable(design);
    if (available === undefined) return unknown("1.labels.available");
    const { plan, audited } = design.clarify.labels ?? {};
    const task = design.frame.task ?? "";
    const base = { at: "1.labels.available", also: ["2.task"], task, audited: audited?.value ?? 0, auditedRows };
    if (available === "no") return [{ ...base, problem: "none" }];
    if (available === "partial" && !plan?.trim()) {
      return [{ ...base, severity: "warning", problem: "partial" }];
    }
    if (labelSource(design) === "heuristic" && base.audited < auditedRows) {
      return [{ ...base, at: "1.labels.source", severity: "warning", problem: "unchecked" }];
    }
    return [];
  },
  say({ problem, task, audited, auditedRows }) {
    const also = ["this task learns from labels"];
    if (problem === "none")
      return { message: `${code(task)} needs labels, and there are none`, label: "no labels", also };
    if (problem === "partial") {
      return {
        message: "labels exist for a part only, and no plan says how the rest will come",
        label: "a part",
        also,
      };
    }
    return {
      message: `labels come from a heuristic, and ${count(audited)} of them were checked by a person, fewer than ${count(auditedRows)}`,
      label: "who checked them?",
      also,
      fix: `have ${count(auditedRows)} or more checked and write \`audited:\` with their number`,
    };
  },
});
