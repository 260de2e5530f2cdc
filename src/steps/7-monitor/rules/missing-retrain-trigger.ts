/** Asks when the model is trained again. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { readMetricName } from "../../2-frame/metric-name.ts";
import { tunedMetric } from "../../2-frame/tuned-metric.ts";

interface Found extends Hit {
  /** A trigger on a metric that no alert watches. */
  readonly unwatched?: string;
  readonly metric?: string;
}

export const rule = defineRule<Found>({
  code: "HP702",
  name: "missing-retrain-trigger",
  step: 7,
  reads: ["7.retrain.every", "7.retrain.when", "7.retrain.skip", "7.drift[].metric", "7.quality[].metric"],
  severity: "warning",
  consequence: "blind",
  summary: "nothing says when the model is trained again, or its trigger is watched nowhere",
  why: "training again when needed means after a complaint",
  fix: "measure how quality falls with the model's age (train once, test on later weeks), then write `retrain: { every: 7 d, when: [ndcg@10 drop > 5%] }`; `skip:` with a reason where it never is",
  prose: {
    path: "7.retrain",
    about: "training again",
    words:
      /re-?train|trained? (?:again|every|daily|weekly|nightly|monthly)|(?:daily|weekly|nightly|monthly) training/iu,
  },
  sources: [
    "ML Test Score (2017), Model 4 and Monitor 4",
    "Rules of ML (2016), rule 8",
    "Designing Machine Learning Systems (2022), ch. 9",
  ],
  examples: {
    bad: { 7: "retrain: { gate: shadow }" },
    good: { 7: "retrain: { every: 7 d, gate: shadow }" },
  },
  check(design) {
    const { retrain, drift = [], quality = [] } = design.monitor;
    const metric = tunedMetric(design);
    if (retrain === undefined) return [{ at: "7.retrain", lacks: ["7.retrain", "7.retrain.every"], metric }];
    if (retrain.skip?.trim()) return [];
    const triggers = retrain.when ?? [];
    if (retrain.every === undefined && triggers.length === 0)
      return [{ at: "7.retrain", lacks: ["7.retrain.every"], metric }];
    const watched = [...drift, ...quality].map(({ metric }) => readMetricName(metric).name);
    const i = triggers.findIndex(({ metric }) => metric !== "" && !watched.includes(readMetricName(metric).name));
    return i === -1 ? [] : [{ at: `7.retrain.when[${i}]`, unwatched: triggers[i].metric }];
  },
  say: ({ unwatched, metric = "" }) =>
    unwatched === undefined
      ? {
          message: "no number says when the model is trained again",
          label: "when?",
          fix: `measure how quality falls with the model's age (train once, test on later weeks), then write ${code(`retrain: { every: 7 d, when: [${metric} drop > 5%] }`)}; \`skip:\` with a reason where it never is`,
        }
      : {
          message: `training is triggered by ${code(unwatched)}, which no alert on drift or quality watches`,
          label: "watched nowhere",
          why: "a trigger that nothing computes never fires",
          fix: "add an entry with that metric to `drift` or `quality`",
        },
});
