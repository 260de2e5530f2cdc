/** Finds claims of speed that the hardware or the runtime does not give. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, number } from "../../../review/words.ts";

interface Found extends Hit {
  readonly speedup: number;
  readonly problem: "int8" | "dense" | "2:4";
  readonly hardware?: string;
  readonly runtime?: string;
}

const WITH_INT8: readonly string[] = ["x86-vnni", "x86-amx", "arm-dotprod", "gpu-int8"];

export const rule = defineRule<Found>({
  code: "HP507",
  name: "speedup-without-hardware",
  step: 5,
  reads: [
    "5.optimize[].method",
    "5.optimize[].precision",
    "5.optimize[].structure",
    "5.optimize[].hardware",
    "5.optimize[].runtime",
    "5.optimize[].speedup",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "a speed-up is claimed that the hardware or the runtime named does not give",
  why: "without int8 instructions int8 is converted back, and a dense runtime multiplies zeros like any other number",
  fix: "name the instructions (`hardware: x86-vnni`) and measure there, or use structured pruning or a smaller student, which any runtime is faster with",
  sources: ["ONNX Runtime documentation (2024), quantization FAQ", "PyTorch documentation (2024), sparsity overview"],
  examples: {
    bad: {
      5: 'optimize: [{ method: pruning, structure: unstructured, keep: 40%, speedup: 3x, runtime: onnxruntime, accept: "ndcg@10 drop <= 1%" }]',
    },
    good: {
      5: 'optimize: [{ method: pruning, structure: structured, keep: 40%, speedup: 2x, accept: "ndcg@10 drop <= 1%" }]',
    },
  },
  check({ evaluate: { optimize = [] } }) {
    if (optimize.length === 0) return "not applicable";
    return optimize.flatMap(({ method, precision, structure, hardware, runtime, speedup }, i): Found[] => {
      if (speedup === undefined || speedup.value <= 1) return [];
      const base = { at: `5.optimize[${i}].speedup`, speedup: speedup.value, hardware, runtime };
      if (precision === "int8" && !WITH_INT8.includes(hardware ?? "")) return [{ ...base, problem: "int8" }];
      if (method === "pruning" && structure === "unstructured" && !/sparse/iu.test(runtime ?? ""))
        return [{ ...base, problem: "dense" }];
      return structure === "2:4" && hardware !== "gpu-sparse" ? [{ ...base, problem: "2:4" }] : [];
    });
  },
  say({ speedup, problem, hardware, runtime }) {
    const claim = `${number(speedup)} times faster`;
    if (problem === "int8")
      return {
        message: `int8 is to be ${claim}, and the hardware is ${hardware === undefined ? "not stated" : `${code(hardware)}, not known for int8 instructions`}`,
        label: "on which hardware?",
      };
    if (problem === "dense")
      return {
        message: `unstructured pruning is to be ${claim} on ${runtime === undefined ? "a runtime that is not stated" : code(runtime)}, where the zeros are still multiplied`,
        label: "zeros are multiplied too",
      };
    return {
      message: `2:4 sparsity is to be ${claim}, which needs sparse tensor cores, and the hardware is ${hardware === undefined ? "not stated" : code(hardware)}`,
      label: "on which hardware?",
      fix: "write `hardware: gpu-sparse` where it is so, and measure there",
    };
  },
});
