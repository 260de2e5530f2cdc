/** Finds claims on the whole request that a faster model cannot give. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { number, share } from "../../../review/words.ts";

interface Found extends Hit {
  readonly speedup: number;
  readonly share?: number;
  readonly claimed?: number;
}

export const rule = defineRule<Found, { tolerance: number }>({
  code: "HP509",
  name: "end-to-end-speedup-overstated",
  step: 5,
  reads: ["5.optimize[].speedup", "5.optimize[].model-share", "5.optimize[].total-speedup"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the request is claimed to get faster than the model's share of it allows",
  why: "what is not the model stays as slow as it was, and is often the larger part",
  fix: "compute it from a trace: 1 / ((1 − share) + share / speed-up), and look at the fetching of features",
  sources: ["Amdahl (1967)"],
  settings: { tolerance: 0.05 },
  examples: {
    bad: {
      5: 'optimize: [{ method: distillation, speedup: 4x, model-share: 40%, total-speedup: 3x, accept: "ndcg@10 drop <= 1%" }]',
    },
    good: {
      5: 'optimize: [{ method: distillation, speedup: 4x, model-share: 40%, total-speedup: 1.4x, accept: "ndcg@10 drop <= 1%" }]',
    },
  },
  check({ evaluate: { optimize = [] } }, { tolerance }) {
    const claimed = optimize.flatMap((one, i) =>
      one.speedup !== undefined && one.speedup.value > 1
        ? [{ ...one, path: `5.optimize[${i}]`, times: one.speedup.value }]
        : [],
    );
    if (claimed.length === 0) return "not applicable";
    return claimed.flatMap(({ path, times, "model-share": part, "total-speedup": total }): Found[] => {
      if (part === undefined) return [{ at: `${path}.model-share`, severity: "advice", speedup: times }];
      if (total === undefined || !exceeds(total.value, wholeSpeedup(times, part.value) * (1 + tolerance))) return [];
      return [
        {
          at: `${path}.total-speedup`,
          also: [`${path}.model-share`],
          speedup: times,
          share: part.value,
          claimed: total.value,
        },
      ];
    });
  },
  say({ speedup, share: part, claimed }) {
    if (part === undefined || claimed === undefined) {
      return {
        message: `the model is to be ${number(speedup)} times faster, and nothing says what share of the request it is`,
        label: "how much of the request?",
        fix: "add `model-share:` from a trace",
      };
    }
    const whole = number(wholeSpeedup(speedup, part));
    return {
      message: `the model is ${share(part)} of the request: ${number(speedup)} times faster makes the whole ${whole} times faster, not ${number(claimed)}`,
      label: `at most ${whole}x`,
      also: ["the rest stays"],
      fix: `write \`total-speedup: ${whole}x\`, and look at the other ${share(1 - part)}`,
    };
  },
});

/** Amdahl's law. */
function wholeSpeedup(speedup: number, part: number): number {
  return 1 / (1 - part + part / speedup);
}
