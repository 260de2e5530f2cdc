/** Finds an encoder that was trained elsewhere and is fed with photos scaled by numbers that were fitted here. */

import { defineRule } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP417",
  name: "encoder-scaled-by-other-data",
  step: 4,
  reads: ["4.stages[].model", "3.preprocessing[].kind", "3.preprocessing[].fit-on"],
  severity: "error",
  consequence: "false-figures",
  summary: "photos are scaled by numbers fitted here, and the encoder was trained with others",
  why: "an encoder from elsewhere knows photos under the mean and deviation of its own training; under others it answers worse, and nothing fails",
  fix: "take the fitted step out, and write the encoder's own numbers: `model: { onnx: FILE, mean: …, std: … }`",
  sources: ["Rules of ML (2016), rules 29 and 32", "ML Test Score (2017), Monitor 3"],
  note: "silent where another stage trains a model, since the scaling may be that model's",
  examples: {
    bad: {
      3: "preprocessing: [{ step: mean and deviation of each channel, kind: scaling, fit-on: train }]",
      4: "stages: [{ name: embedding, kind: filter, model: { onnx: encoder.onnx, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } }]",
    },
    good: {
      3: "preprocessing: [{ step: category names to numbers, kind: vocabulary, fit-on: train }]",
      4: "stages: [{ name: embedding, kind: filter, model: { onnx: encoder.onnx, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } }]",
    },
  },
  check({ data: { preprocessing }, model: { stages = [] } }) {
    const own = stages.findIndex(({ model }) => typeof model === "object");
    if (own === -1) return "not applicable";
    if (preprocessing === undefined || stages.some(({ model }) => typeof model === "string")) return "not applicable";
    const { name } = stages[own];
    return preprocessing.flatMap(({ step, kind, "fit-on": fitOn }, i) =>
      kind === "scaling" && fitOn !== undefined
        ? [{ at: `3.preprocessing[${i}].fit-on`, also: [`4.stages[${own}].model`], step, fitOn, name }]
        : [],
    );
  },
  say: ({ step, fitOn, name }) => ({
    message: `${code(step)} is fitted on ${fitOn === "all" ? "all rows" : "the training rows"} here, and the encoder of ${code(name)} was trained elsewhere`,
    label: "numbers of these photos",
    also: ["trained under its own"],
  }),
});
