/** Finds claims of compression beyond what the bits allow. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule } from "../../../review/rule.ts";
import { number } from "../../../review/words.ts";

const BITS = { fp32: 32, fp16: 16, bf16: 16, int8: 8, int4: 4 } as const;

export const rule = defineRule({
  code: "HP506",
  name: "compression-ratio-impossible",
  step: 5,
  reads: ["5.optimize[].from", "5.optimize[].precision", "5.optimize[].keep", "5.optimize[].size-ratio"],
  severity: "error",
  consequence: "false-figures",
  summary: "the claimed reduction of size is more than the bits allow",
  why: "a plan for memory and cost built on it will not fit",
  fix: "claim at most the ratio of the bits, or list pruning or a smaller student as a step of its own",
  sources: ["ONNX Runtime documentation (2024), quantization overview"],
  settings: { tolerance: 0.05 },
  examples: {
    bad: {
      5: 'optimize: [{ method: quantization, from: fp32, precision: int8, size-ratio: 6x, accept: "ndcg@10 drop <= 1%" }]',
    },
    good: {
      5: 'optimize: [{ method: quantization, from: fp32, precision: int8, size-ratio: 4x, accept: "ndcg@10 drop <= 1%" }]',
    },
  },
  check({ evaluate: { optimize = [] } }, { tolerance }) {
    if (optimize.length === 0) return "not applicable";
    return optimize.flatMap(({ method, precision, from = "fp32", keep, "size-ratio": claimed }, i) => {
      if (claimed === undefined) return [];
      const byBits = method === "quantization" && precision !== undefined ? BITS[from] / BITS[precision] : undefined;
      const byShare = method === "pruning" && keep !== undefined && keep.value > 0 ? 1 / keep.value : undefined;
      const most = byBits ?? byShare;
      if (most === undefined || !exceeds(claimed.value, most * (1 + tolerance))) return [];
      const how = byBits === undefined ? `keeping ${keep?.text ?? ""}` : `${from} to ${precision ?? ""}`;
      return [{ at: `5.optimize[${i}].size-ratio`, claimed: claimed.value, most, how }];
    });
  },
  say: ({ claimed, most, how }) => ({
    message: `${number(claimed)} times smaller by ${how} is not possible: ${number(most)} times is the most, less after scales and layers left as they are`,
    label: `at most ${number(most)}x`,
    fix: `claim ${number(most)}x or less`,
  }),
});
