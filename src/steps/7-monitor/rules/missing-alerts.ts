/** Asks for alerts, for a live metric of the model and for the slices that are watched. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, list } from "../../../review/words.ts";
import { tunedMetric } from "../../2-frame/tuned-metric.ts";
import { alertsOf } from "../alerts.ts";

interface Found extends Hit {
  readonly problem: "none" | "quality" | "slices";
  readonly slices: readonly string[];
  readonly metric: string;
}

export const rule = defineRule<Found>({
  code: "HP701",
  name: "missing-alerts",
  step: 7,
  reads: ["7.health", "7.drift", "7.quality", "7.slices", "5.slices"],
  severity: "error",
  consequence: "blind",
  summary: "there are no alerts, no live metric of the model, or nobody watches the slices",
  why: "the first sign of a failure would be a user",
  fix: "begin with p99 latency, error rate, a drop of traffic, the share of nulls, the mean of the prediction and one metric of the business",
  prose: { path: "7.health", about: "alerts", words: /\balert|\balarm|\bpage[sd]?\b/iu },
  sources: ["Rules of ML (2016), rules 8–10", "ML Test Score (2017), Monitor 1–7"],
  examples: {
    bad: { 7: 'health: [{ metric: latency p99, alert: "> 100 ms" }]' },
    good: {
      7: 'health: [{ metric: latency p99, alert: "> 100 ms" }]\nquality: [{ metric: ndcg@10, alert: "drop > 5%" }]',
    },
  },
  check(design) {
    const base = { slices: design.evaluate.slices ?? [], metric: tunedMetric(design) };
    const { slices } = base;
    if (alertsOf(design).length === 0) return [{ at: "7.health", lacks: ["7.health"], problem: "none", ...base }];
    if ((design.monitor.quality?.length ?? 0) === 0)
      return [{ at: "7.quality", lacks: ["7.quality"], severity: "warning", problem: "quality", ...base }];
    const unwatched = slices.length > 0 && design.monitor.slices === undefined;
    return unwatched ? [{ at: "7.slices", also: ["5.slices"], severity: "advice", problem: "slices", ...base }] : [];
  },
  say({ problem, slices, metric }) {
    if (problem === "none") return { message: "no alert is defined", label: "no alerts here" };
    if (problem === "quality") {
      return {
        message: "no metric of the model is watched in production",
        label: "no `quality` here",
        why: "software that is healthy serves a bad model as fast as a good one",
        fix: `write ${code(`quality: [{ metric: ${metric}, alert: "drop > 5%", window: 7 d, lag: <the label's delay> }]`)}`,
      };
    }
    return {
      message: `${list(slices)} are reported apart before the launch, and no slice is watched after it`,
      label: "no `slices` here",
      also: ["measured apart here"],
      why: "a slice can break while the average holds",
      fix: `write \`slices: [${slices.join(", ")}]\``,
    };
  },
});
