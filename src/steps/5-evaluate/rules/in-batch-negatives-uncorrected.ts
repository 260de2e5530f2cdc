/** Finds candidate models trained on the batch's own items as negatives, without a correction for popularity. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { funnelOf } from "../../4-model/funnel.ts";
import { modelName } from "../../4-model/schema.ts";

interface Found extends Hit {
  readonly stage: string;
  readonly problem: "unsaid" | "in-batch" | "uniform";
}

/** Models whose loss needs sampled negatives. */
const SAMPLING: readonly string[] = ["two-tower", "mlp"];

export const rule = defineRule<Found>({
  code: "HP511",
  name: "in-batch-negatives-uncorrected",
  step: 5,
  reads: ["5.negatives.kind", "5.negatives.correction", "2.negatives", "4.stages[].kind", "4.stages[].model"],
  severity: "warning",
  consequence: "false-figures",
  summary: "negatives come from the batch, and nothing corrects for how often each item is one",
  why: "a popular item is a negative in nearly every batch, so popular items are pushed down and rare ones up",
  fix: "subtract the log of the sampling probability from each logit (`correction: logq`), and mix in hard negatives from the previous index",
  sources: ["Sampling-Bias-Corrected Neural Modeling (2019), §3"],
  examples: {
    bad: {
      4: "stages: [{ name: candidates, model: two-tower, keep: 500 }]",
      5: "negatives: { kind: in-batch, correction: none }",
    },
    good: {
      4: "stages: [{ name: candidates, model: two-tower, keep: 500 }]",
      5: "negatives: { kind: in-batch, correction: logq }",
    },
  },
  check(design) {
    const negatives = design.evaluate.negatives;
    const kind = negatives?.kind ?? (design.frame.negatives === "in-batch" ? "in-batch" : undefined);
    const stage = funnelOf(design).find(
      ({ kind: stageKind, facts }) =>
        stageKind === "retrieval" && (kind !== undefined || SAMPLING.includes(modelName(facts) ?? "")),
    );
    if (stage === undefined) return "not applicable";
    const base = { stage: stage.facts.name };
    if (kind === undefined) return [{ ...base, at: "5.negatives", severity: "advice", problem: "unsaid" }];
    if (kind === "in-batch" && negatives?.correction !== "logq") {
      return [{ ...base, at: "5.negatives.correction", also: [`${stage.path}.name`], problem: "in-batch" }];
    }
    return kind === "uniform" ? [{ ...base, at: "5.negatives.kind", severity: "advice", problem: "uniform" }] : [];
  },
  say({ stage, problem }) {
    if (problem === "unsaid")
      return {
        message: `${code(stage)} is trained against negatives that nothing says the origin of`,
        label: "which negatives?",
        fix: "write `negatives: { kind: mixed, correction: logq }`",
      };
    if (problem === "uniform") {
      return {
        message: `${code(stage)} is trained against random items only, which are soon too easy`,
        label: "too easy",
        why: "once random items are told apart, the loss teaches nothing about the near misses that retrieval is about",
        fix: "write `kind: mixed` and take some hard negatives from the previous index",
      };
    }
    return {
      message: `${code(stage)} takes its negatives from the batch, so an item with 1% of all events is a negative in nearly every batch of 1,024`,
      label: "popular items are pushed down",
      also: ["trained this way"],
    };
  },
});
