/** Finds students whose teacher has seen the rows they are tested on. */

import { defineRule, type Hit } from "../../../review/rule.ts";

interface Found extends Hit {
  readonly problem: "saw" | "unsaid" | "absent";
  readonly dataEnd?: string;
  readonly testStart?: string;
}

export const rule = defineRule<Found>({
  code: "HP510",
  name: "distillation-teacher-saw-test",
  step: 5,
  reads: [
    "5.optimize[].method",
    "5.optimize[].stage",
    "5.teacher.data-end",
    "5.teacher.saw-test",
    "3.split.test-start",
  ],
  severity: "error",
  consequence: "false-figures",
  summary: "the teacher was trained on the test period of its student",
  why: "the soft labels of the teacher carry the answers of the test to the student",
  fix: "train the teacher again up to the student's date, or test on a period after both",
  sources: [
    "Training on the Test Model (2024)",
    "Leakage and the Reproducibility Crisis (2023), type L1.1",
    "Knowledge Distillation as Decontamination? (2025)",
  ],
  note: "how much it matters is contested: a later study of eight classification benchmarks finds it mostly small. A stage of the design that is distilled is trained on the design's own training part, so nothing need be stated for it",
  examples: {
    bad: {
      3: "split: { by: time, test-start: 2026-06-01 }",
      5: 'teacher: { data-end: 2026-06-30 }\noptimize: [{ method: distillation, accept: "ndcg@10 drop <= 1%" }]',
    },
    good: {
      3: "split: { by: time, test-start: 2026-06-01 }",
      5: 'teacher: { data-end: 2026-05-24, saw-test: no }\noptimize: [{ method: distillation, accept: "ndcg@10 drop <= 1%" }]',
    },
  },
  check({ data: { split }, model, evaluate: { optimize = [], teacher } }) {
    const i = optimize.findIndex(({ method }) => method === "distillation");
    if (i === -1) return "not applicable";
    const testStart = split?.["test-start"];
    const dataEnd = teacher?.["data-end"];
    if (teacher === undefined) {
      const ofTheDesign = model.stages?.some(({ name }) => name === optimize[i].stage) ?? false;
      return ofTheDesign ? [] : [{ at: `5.optimize[${i}].method`, severity: "warning", problem: "absent" }];
    }
    // Days are written year first, so their order is the order of their text.
    const isLater = dataEnd !== undefined && testStart !== undefined && dataEnd >= testStart;
    if (teacher["saw-test"] === "yes" || isLater) {
      const at = isLater ? "5.teacher.data-end" : "5.teacher.saw-test";
      return [
        {
          at,
          also: isLater ? ["3.split.test-start"] : [],
          problem: "saw",
          dataEnd: isLater ? dataEnd : undefined,
          testStart,
        },
      ];
    }
    const isKnown = teacher["saw-test"] === "no" || (dataEnd !== undefined && testStart !== undefined);
    return isKnown ? [] : [{ at: "5.teacher", severity: "warning", problem: "unsaid" }];
  },
  say({ problem, dataEnd, testStart }) {
    if (problem === "saw") {
      return {
        message:
          dataEnd === undefined
            ? "the teacher has seen the test period"
            : `the teacher was trained up to ${dataEnd}, and the student is tested from ${testStart ?? ""}`,
        label: "the teacher knows the answers",
        also: ["the test begins"],
      };
    }
    const message =
      problem === "absent"
        ? "the model is distilled from a teacher that the note says nothing of"
        : "nothing says whether the teacher has seen the test period";
    return { message, label: "what has it seen?", fix: "write `teacher: { data-end: 2026-05-24, saw-test: no }`" };
  },
});
