/** Finds static quantization whose ranges are taken from too few rows, or from the test. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { count } from "../../../review/words.ts";

interface Found extends Hit {
  readonly problem: "kind" | "test" | "few";
  readonly rows?: number;
}

export const rule = defineRule<Found, { fewest: number }>({
  code: "HP508",
  name: "calibration-set-too-small",
  step: 5,
  reads: ["5.optimize[].method", "5.optimize[].kind", "5.optimize[].calibration-rows", "5.optimize[].calibration-from"],
  severity: "warning",
  consequence: "false-figures",
  summary: "static quantization finds its ranges on too few rows, or on test rows",
  why: "ranges found on a few rows miss rare inputs, which are then clipped",
  fix: "use a few hundred rows or more of the training part that cover every class or segment: `calibration-rows: 500, calibration-from: train`",
  sources: [
    "PyTorch documentation (2024), quantization accuracy debugging",
    "ONNX Runtime documentation (2024), static quantization",
  ],
  settings: { fewest: 100 },
  examples: {
    bad: {
      5: 'optimize: [{ method: quantization, kind: static, calibration-rows: 16, accept: "ndcg@10 drop <= 1%" }]',
    },
    good: {
      5: 'optimize: [{ method: quantization, kind: static, calibration-rows: 500, calibration-from: train, accept: "ndcg@10 drop <= 1%" }]',
    },
  },
  check({ evaluate: { optimize = [] } }, { fewest }) {
    const quantized = optimize.flatMap((one, i) =>
      one.method === "quantization" ? [{ ...one, path: `5.optimize[${i}]` }] : [],
    );
    if (quantized.length === 0) return "not applicable";
    return quantized.flatMap(({ kind, path, "calibration-rows": rows, "calibration-from": from }): Found[] => {
      if (kind === undefined) return [{ at: `${path}.kind`, severity: "advice", problem: "kind" }];
      if (kind !== "static") return [];
      if (from === "test") return [{ at: `${path}.calibration-from`, problem: "test" }];
      return rows === undefined || rows.value < fewest
        ? [{ at: `${path}.calibration-rows`, problem: "few", rows: rows?.value }]
        : [];
    });
  },
  say({ problem, rows }) {
    if (problem === "kind") {
      return {
        message: "quantization does not say when its scales are found",
        label: "static or dynamic?",
        why: "static scales need rows to be found on, dynamic ones cost time in serving, and quantization-aware training costs a training",
        fix: "write `kind: static`, `dynamic` or `qat`",
      };
    }
    if (problem === "test")
      return {
        message: "the ranges of static quantization are found on test rows",
        label: "the test is used up",
        fix: "write `calibration-from: train`",
      };
    return {
      message:
        rows === undefined
          ? "static quantization does not say on how many rows its ranges are found"
          : `static quantization finds its ranges on ${count(rows)} rows`,
      label: "how many?",
    };
  },
  repair: ({ at, problem }) => (problem === "test" ? [{ replace: at, by: "train" }] : []),
});
