/** Asks what the stages are, receive, hand on and may take. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { count, facts, list } from "../../../review/words.ts";
import { choosesFromCatalogue } from "../../2-frame/task.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly lacks: readonly string[];
  readonly stages: readonly string[];
  readonly all: number;
}

export const rule = defineRule<Found>({
  code: "HP401",
  name: "missing-stage-facts",
  step: 4,
  reads: [
    "4.stages[].name",
    "4.stages[].in",
    "4.stages[].keep",
    "4.stages[].latency",
    "4.stages[].item-cost",
    "6.serving.budget",
  ],
  severity: "error",
  consequence: "late",
  summary: "no stage is stated, or a stage does not say what it receives, hands on or may take",
  why: "the time of a request and the funnel are sums over the stages; one silent stage leaves both open",
  fix: "one line per stage in the order of serving: `{ name: ranking, model: gbdt, keep: 50, item-cost: 50 us }`, and its time in `serving.budget` of step 6",
  sources: ["Deep Neural Networks for YouTube (2016), §2", "Google Recommendation Systems course (2024), overview"],
  examples: {
    bad: { 2: "task: ranking", 4: "stages:\n  - { name: ranking, model: gbdt, in: 500, keep: 10, item-cost: 50 us }" },
    good: {
      2: "task: ranking",
      4: "stages:\n  - { name: ranking, model: gbdt, in: 500, keep: 10, item-cost: 50 us, latency: 40 ms }",
    },
  },
  check(design) {
    const stages = funnelOf(design);
    if (stages.length === 0) return [{ at: "4.stages", lacks: ["4.stages"], stages: [], all: 0 }];
    const isFunnel = choosesFromCatalogue(design) === true;
    const lacking = stages.map(({ facts: stage, path, kind, latency, ...rest }) => ({
      name: stage.name,
      missing: [
        ...(isFunnel && rest.in === undefined ? [`${path}.in`] : []),
        ...(isFunnel && rest.out === undefined ? [`${path}.keep`] : []),
        ...(latency === undefined ? [`${path}.latency`] : []),
      ],
      wished: isFunnel && kind === "ranking" && stage["item-cost"] === undefined ? [`${path}.item-cost`] : [],
    }));
    const lacks = lacking.flatMap(({ missing, wished }) => [...missing, ...wished]);
    if (lacks.length === 0) return [];
    const severity = lacking.some(({ missing }) => missing.length > 0) ? "warning" : "advice";
    const names = lacking.filter(({ missing, wished }) => missing.length + wished.length > 0).map(({ name }) => name);
    return [{ at: lacks[0], severity, lacks, stages: names, all: stages.length }];
  },
  say: ({ lacks, stages, all }) =>
    all === 0
      ? { message: "the model has no stages", label: "no `stages` here" }
      : {
          message: `${list(stages)} of ${count(all)} ${all === 1 ? "stage" : "stages"} ${stages.length === 1 ? "does" : "do"} not give ${list([...new Set(lacks.map((path) => path.replace(/^.*\./u, "")))])}`,
          label: `no ${facts([lacks[0].replace(/^.*\./u, "")])} here`,
        },
});
