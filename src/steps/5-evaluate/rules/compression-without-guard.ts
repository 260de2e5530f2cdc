/** Finds compression without a limit on what it may cost, or beyond its limit. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { tunedMetric } from "../../2-frame/tuned-metric.ts";

interface Found extends Hit {
  readonly method: string;
  /** The metric of a limit that nobody has set. */
  readonly metric?: string;
  readonly stage?: string;
  readonly accept?: string;
  readonly measured?: string;
}

export const rule = defineRule<Found>({
  code: "HP505",
  name: "compression-without-guard",
  step: 5,
  reads: ["5.optimize[].method", "5.optimize[].accept", "5.optimize[].measured-drop", "6.rollout"],
  severity: "warning",
  consequence: "blind",
  summary: "compression has no limit on what it may cost, or nobody measured what it costs",
  why: "the loss is seldom even: rare classes and long inputs usually go first, and the average hides them",
  fix: 'write `accept: "ndcg@10 drop <= 1%"` and measure on the full test set and the smallest slice, after compression, on the target hardware',
  sources: ["ONNX Runtime documentation (2024)", "PyTorch documentation (2024)", "ML Test Score (2017), Infra 4"],
  examples: {
    bad: { 5: "optimize: [{ method: quantization, from: fp32, precision: int8, speedup: 2x }]" },
    good: {
      5: 'optimize:\n  - { method: quantization, from: fp32, precision: int8, speedup: 2x, accept: "ndcg@10 drop <= 1%", measured-drop: 0.2% }',
    },
  },
  check(design) {
    const {
      evaluate: { optimize = [] },
      deploy: { rollout },
    } = design;
    if (optimize.length === 0) return "not applicable";
    return optimize.flatMap(({ method, stage, accept, "measured-drop": measured }, i): Found[] => {
      const path = `5.optimize[${i}]`;
      if (accept === undefined) return [{ at: `${path}.method`, method, stage, metric: tunedMetric(design) }];
      if (measured !== undefined) {
        const isAbove = exceeds(measured.value, accept.limit.value);
        return isAbove
          ? [
              {
                at: `${path}.measured-drop`,
                also: [`${path}.accept`],
                severity: "error",
                method,
                stage,
                accept: accept.text,
                measured: measured.text,
              },
            ]
          : [];
      }
      return rollout === undefined ? [] : [{ at: `${path}.accept`, method, stage, accept: accept.text }];
    });
  },
  say({ method, stage, accept, measured, metric = "" }) {
    const what = `${method}${stage === undefined ? "" : ` of ${code(stage)}`}`;
    if (accept === undefined)
      return {
        message: `no limit is set on what ${what} may cost`,
        label: "at what price?",
        fix: `write ${code(`accept: "${metric} drop <= 1%"`)} and measure on the full test set and the smallest slice, after compression, on the target hardware`,
      };
    if (measured === undefined) {
      return {
        message: `${what} is rolled out, and nobody has measured what it costs`,
        label: "measured?",
        fix: `run the design, or measure it, and write \`measured-drop:\` beside ${code(accept)}`,
      };
    }
    return {
      message: `${what} costs ${measured}, more than ${code(accept)} allows`,
      label: "too much",
      also: ["the limit"],
      why: "the design accepts compression on a condition, and the condition is not met",
      fix: "use a gentler setting (fp16, a larger share kept, a larger student), or change the limit with a reason",
    };
  },
});
