/** Finds drift that is watched on one side only, or that leads to no action. */

import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, duration } from "../../../review/words.ts";
import { driftTarget } from "../drift-target.ts";

interface Found extends Hit {
  readonly problem: "none" | "prediction" | "features" | "open" | "blind";
  readonly delay?: number;
  readonly metric?: string;
  readonly lacking?: string;
}

export const rule = defineRule<Found>({
  code: "HP705",
  name: "drift-coverage-gap",
  step: 7,
  reads: ["7.drift[].on", "7.drift[].of", "7.drift[].alert", "7.drift[].action", "1.labels.delay"],
  severity: "warning",
  consequence: "blind",
  summary: "drift is not watched on the features, not on the prediction, or leads to no diagnosis",
  why: "the distribution of the score is the earliest sign there is, and a broken source drifts like a changed world",
  fix: "watch the mean and quantiles of the score and the 10 to 20 most important features; action: check the data first, then retrain",
  sources: [
    "Designing Machine Learning Systems (2022), ch. 8",
    "Hidden Technical Debt (2015), §7",
    "ML Test Score (2017), Monitor 3 and 7",
  ],
  examples: {
    bad: { 7: 'drift: [{ metric: psi, of: basket_30d, alert: "> 0.2", action: "check the source, then retrain" }]' },
    good: {
      7: `drift:
  - { metric: psi, of: basket_30d, alert: "> 0.2", action: "check the source, then retrain" }
  - { metric: psi, on: prediction, alert: "> 0.2", action: "check the source, then retrain" }`,
    },
  },
  check({ clarify: { labels }, monitor: { drift = [] } }) {
    const delay = labels?.delay?.value;
    const severity = delay !== undefined && delay < DAY ? "advice" : "warning";
    if (drift.length === 0) return [{ at: "7.drift", severity, problem: "none", delay }];
    const targets = drift.map(driftTarget);
    if (!targets.includes("prediction")) return [{ at: "7.drift", severity, problem: "prediction", delay }];
    if (!targets.includes("features")) return [{ at: "7.drift", severity, problem: "features", delay }];
    return drift.flatMap((entry, i): Found[] => {
      const { metric, alert, action, runbook } = entry;
      const open =
        alert === undefined && entry["p-value"] === undefined
          ? "alert"
          : action === undefined && runbook === undefined
            ? "action"
            : undefined;
      if (open !== undefined)
        return [{ at: `7.drift[${i}].${open}`, severity, problem: "open", metric, lacking: open }];
      const isBlind = targets[i] === "features" && /^retrain(?:ing)?\.?$/iu.test((action ?? "").trim());
      return isBlind ? [{ at: `7.drift[${i}].action`, severity, problem: "blind", metric }] : [];
    });
  },
  say({ problem, delay, metric = "", lacking = "" }) {
    const late =
      delay === undefined || delay < DAY ? "" : `; labels take ${duration(delay)}, so the score is the earliest sign`;
    switch (problem) {
      case "none":
        return {
          message: `drift is watched neither on the features nor on the prediction${late}`,
          label: "no `drift` here",
        };
      case "prediction":
        return {
          message: `drift is watched on features, but not on the prediction${late}`,
          label: "nothing on the score",
          fix: 'add `{ metric: psi, on: prediction, alert: "> 0.2", owner: …, action: check the data, then retrain }`',
        };
      case "features":
        return {
          message: "drift is watched on the prediction, but not on the features that would say why",
          label: "nothing on features",
          fix: 'add `{ metric: psi, of: <feature>, alert: "> 0.2", … }` for the most important ones',
        };
      case "open":
        return {
          message: `the drift alert on ${code(metric)} has no ${code(lacking)}`,
          label: `no \`${lacking}\` here`,
          why: "a chart without a limit or an action is looked at for a week and then no more",
          fix: lacking === "alert" ? 'write `alert: "> 0.2"`' : "write `action: check the data, then retrain`",
        };
      case "blind":
        return {
          message: `drift of ${code(metric)} on a feature leads straight to training again`,
          label: "without a look?",
          why: "a broken source drifts too, and training on it makes the fault permanent",
          fix: "write `action: check the source, then retrain`",
        };
      default:
        return problem satisfies never;
    }
  },
});
