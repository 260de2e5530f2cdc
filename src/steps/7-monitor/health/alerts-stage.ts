/** The stage that holds every alert of section 7 against what this run measured, and says which it could not measure. */

import { DAY } from "../../../core/day.ts";
import { type Condition, parseCondition } from "../../../design/condition.ts";
import { EVALUATION_STAGE } from "../../../system/evaluation.ts";
import type { Plain } from "../../../system/plain-data.ts";
import {
  type AlertOutcome,
  NO_FILES,
  type Remark,
  type Stage,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { Alert } from "../alerts.ts";
import { featureWatch } from "../drift/drift-alert.ts";
import { alertFacts, holdAlert } from "./hold-alert.ts";
import { type Load, measureServing } from "./measure-serving.ts";
import type { Monitor, MonitorAccess, MonitorPlan, MonitorSource, WindowedAlert } from "./monitor-source.ts";

/** Days of a window where an alert names none. */
export const USUAL_WINDOW = 7;

/** `triggers` are the conditions that start a retraining: they are held like alerts. */
export function alertsStage<Watched>(
  alerts: readonly Alert[],
  triggers: readonly Condition[],
  source: MonitorSource<Watched> & { readonly watched: Plain<Watched> },
  { peak, replicas }: Load,
): Stage {
  return stage<MonitorPlan<Watched>>({
    name: "alerts",
    step: 7,
    title: "holding the alerts against what was measured",
    inputs: [EVALUATION_STAGE, "serving", ...source.inputs],
    data: NO_FILES,
    plan: {
      watched: source.watched,
      alerts: alerts.map((alert) => ({
        ...alertFacts(alert),
        windowDays: (alert.facts.window?.value ?? USUAL_WINDOW * DAY) / DAY,
      })),
      triggers: triggers.map(({ text }) => text),
      load: { peak, replicas },
    },
    run: source.run,
  });
}

/** Opens the monitor, and asks the serving stage first and then the monitor about each alert. */
export async function holdAlerts<Watched>(
  { watched, alerts, triggers, load }: MonitorPlan<Watched>,
  access: MonitorAccess,
  open: (watched: Watched, access: MonitorAccess) => Promise<Monitor>,
): Promise<StageResult> {
  const serving = (await access.input("serving")).json;
  const monitor = await open(watched, access);
  const hold = (one: WindowedAlert): AlertOutcome =>
    holdAlert(one, (alert, condition) => measureServing(alert, serving, load) ?? monitor.measure(alert, condition));
  const outcomes = alerts.map(hold);
  const fired = triggers.map((text) => hold(triggerAlert(text, alerts)));
  return stageResult({
    figures: monitor.figures,
    alerts: [...outcomes, ...fired],
    remarks: [...alertRemarks(outcomes, fired, monitor.more), ...monitor.remarks],
    charts: monitor.charts,
  });
}

/** `psi > 0.2` as a trigger speaks of any feature. A trigger waits for labels as the alert on the same metric does. */
function triggerAlert(text: string, alerts: readonly WindowedAlert[]): WindowedAlert {
  const parsed = parseCondition(text);
  const metric = parsed.ok ? parsed.value.metric : text;
  const bare = text.slice(metric.length).trim();
  const drift = featureWatch(metric) ?? null;
  const alike = alerts.find((one) => one.metric === metric && one.drift === null);
  const about = { metric, of: "", kind: "", condition: bare, burnRate: "", drift, holdsFor: 0, lag: alike?.lag ?? 0 };
  return { ...about, owner: "retraining", action: "retrain", windowDays: alike?.windowDays ?? USUAL_WINDOW };
}

/** One count of everything that the note watches: alerts, and what would trigger a retraining. */
function alertRemarks(alerts: readonly AlertOutcome[], triggers: readonly AlertOutcome[], more: string): Remark[] {
  const all = [...alerts, ...triggers];
  const fired = all.filter(({ verdict }) => verdict === "fires");
  const open = all.filter(({ verdict }) => verdict === "not settled");
  const unknown = all.filter(({ verdict }) => verdict === "not measured");
  const named = (some: readonly AlertOutcome[]): string =>
    some.length === 0 ? "" : ` (${[...new Set(some.map(({ metric }) => metric))].join(", ")})`;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text:
        all.length === 0
          ? `The note states no condition.${more === "" ? "" : ` ${more}`}`
          : `Of ${all.length} ${all.length === 1 ? "condition" : "conditions"}, ${fired.length} would fire on what this run measured${named(fired)}, ${open.length} ${open.length === 1 ? "is" : "are"} not settled${named(open)}, ${unknown.length} cannot be measured offline.${more === "" ? "" : ` ${more}`}`,
    },
  ];
  const retrain = triggers.filter(({ verdict }) => verdict === "fires");
  if (retrain.length > 0)
    remarks.push({
      kind: "next",
      rank: 30,
      short: "Try the retraining before automating it",
      text: `${retrain.map(({ metric, condition }) => `\`${metric} ${condition}\``).join(" and ")} would trigger it: see whether the retrained model recovers.`,
    });
  return remarks;
}
