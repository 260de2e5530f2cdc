/** Finds compressions whose result is as large as what they begin with. */

import { defineRule } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import type { EvaluateFacts } from "../schema.ts";

type Optimization = NonNullable<EvaluateFacts["optimize"]>[number];

interface Found {
  readonly at: string;
  readonly also?: readonly string[];
  readonly says: string;
  readonly fix: string;
}

export const rule = defineRule<Found>({
  code: "HP514",
  name: "compression-saves-nothing",
  step: 5,
  reads: [
    "5.optimize[].method",
    "5.optimize[].stage",
    "5.optimize[].student.width",
    "5.optimize[].student.trees",
    "5.optimize[].student.leaves",
    "5.optimize[].keep",
    "5.optimize[].from",
    "5.optimize[].precision",
    "4.stages[].width",
    "4.stages[].trees",
    "4.stages[].leaves",
  ],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the smaller version is no smaller",
  why: "it costs a training and a risk, and neither bytes nor time are saved",
  fix: "make it smaller, or take it out: half the width of a network of photos is about a quarter of its products",
  sources: [
    "Distilling the Knowledge in a Neural Network (2015)",
    "ONNX Runtime documentation (2024), quantization overview",
  ],
  examples: {
    bad: {
      4: "stages: [{ name: embedding, kind: filter, model: cnn, width: 8 }]",
      5: 'optimize: [{ method: distillation, stage: embedding, student: { model: cnn, width: 8 }, accept: "ndcg@20 drop <= 3%" }]',
    },
    good: {
      4: "stages: [{ name: embedding, kind: filter, model: cnn, width: 8 }]",
      5: 'optimize: [{ method: distillation, stage: embedding, student: { model: cnn, width: 4 }, accept: "ndcg@20 drop <= 3%" }]',
    },
  },
  check({ evaluate: { optimize = [] }, model: { stages = [] } }) {
    if (optimize.length === 0) return "not applicable";
    return optimize.flatMap((one, i): Found[] => {
      const at = `5.optimize[${i}]`;
      if (one.method === "pruning" && one.keep !== undefined && one.keep.value >= 1)
        return [
          { at: `${at}.keep`, says: `pruning that keeps ${one.keep.text} cuts nothing`, fix: "write `keep: 50%`" },
        ];
      if (one.method === "quantization" && one.from !== undefined && one.from === one.precision)
        return [
          {
            at: `${at}.precision`,
            says: `${code(one.from)} rounded to ${code(one.precision)} is what it was`,
            fix: "write `precision: int8`",
          },
        ];
      return one.method === "distillation" ? ofStudent(one, at, stages) : [];
    });
  },
  say: ({ says, fix }) => ({ message: says, label: "no smaller", also: ["as large"], fix }),
});

/** A student of another form than its teacher is left alone: their sizes do not compare by these facts. */
function ofStudent({ stage, student }: Optimization, at: string, stages: readonly StageFacts[]): Found[] {
  const named = stages.findIndex(({ name, width, trees }) =>
    stage === undefined ? width !== undefined || trees !== undefined : name === stage,
  );
  if (named === -1 || student === undefined) return [];
  const teacher = stages[named];
  if (student.width !== undefined && teacher.width !== undefined && student.width >= teacher.width)
    return [
      {
        at: `${at}.student.width`,
        also: [`4.stages[${named}].width`],
        says: `the student has ${count(student.width)} filters in its first layer, and the network that it learns from has ${count(teacher.width)}`,
        fix: teacher.width > 1 ? `write \`width: ${Math.floor(teacher.width / 2)}\`` : "take the student out",
      },
    ];
  if (student.trees === undefined || teacher.trees === undefined || student.trees < teacher.trees) return [];
  const leaves = student.leaves ?? teacher.leaves;
  if (leaves === undefined || teacher.leaves === undefined || leaves < teacher.leaves) return [];
  return [
    {
      at: `${at}.student.trees`,
      also: [`4.stages[${named}].trees`],
      says: `the student has ${count(student.trees)} trees of ${count(leaves)} leaves, and the model that it learns from has ${count(teacher.trees)} of ${count(teacher.leaves)}`,
      fix: teacher.trees > 1 ? `write \`trees: ${Math.floor(teacher.trees / 2)}\`` : "take the student out",
    },
  ];
}
