/** Who gets which arm, and the analysis of a whole experiment, as strangers may call them: behind checks of data and plan. */

import { analyzeExperiment as uncheckedAnalyzeExperiment } from "../steps/6-deploy/experiment/analyze.ts";
import { assignByHash as uncheckedAssignByHash } from "../steps/6-deploy/experiment/assign-by-hash.ts";
import { CORRECTIONS } from "../steps/6-deploy/experiment/multiple-comparisons.ts";
import {
  anything,
  count,
  either,
  finite,
  flag,
  list,
  notNegative,
  oneOf,
  optional,
  positive,
  record,
  shares,
  text,
} from "./check.ts";
import { alpha, design, interference, paired } from "./experiment-checks.ts";
import { guarded, guardedOutcome } from "./guard.ts";

export const assignByHash = guarded("assignByHash", { unit: text, salt: text, shares }, uncheckedAssignByHash);

const readArm = record({
  ...{ name: text, units: count(0), withoutOutcome: count(0), metrics: anything },
  ...{ ratio: optional(paired), past: optional(paired) },
});
const readMetric = record({ n: count(1), mean: finite, variance: notNegative, skewness: finite, binary: flag });
const reading = either(
  record({ kind: oneOf("fixed") }),
  either(
    record({ kind: oneOf("always-valid"), tau: positive }),
    record({
      kind: oneOf("fixed", "group-sequential", "always-valid"),
      ...{ shape: oneOf("obrien-fleming", "pocock"), look: count(1), looks: count(1) },
    }),
  ),
);

export const analyzeExperiment = guardedOutcome(
  "analyzeExperiment",
  {
    data: record({
      ...{ arms: list(readArm, 2), metrics: list(text, 1) },
      ...{
        inSeveralArms: count(0),
        withoutArm: optional(count(0)),
        neverAssigned: count(0),
        nearKeys: optional(count(0)),
        loose: optional(record({ assigned: text, outcome: text })),
      },
    }),
    plan: record({
      ...{ control: text, alpha, shares: anything, reading: optional(reading) },
      correction: optional(oneOf(...CORRECTIONS)),
      guardrails: optional(list(record({ metric: text, margin: positive, harmful: oneOf("increase", "decrease") }))),
      ...{ interference, design },
    }),
  },
  uncheckedAnalyzeExperiment,
  ({ arms, metrics }) => {
    for (const arm of arms)
      for (const name of metrics) {
        const complaint = readMetric(arm.metrics.get(name), `${name} of arm ${arm.name}`);
        if (complaint !== undefined) return complaint;
      }
    return undefined;
  },
);
