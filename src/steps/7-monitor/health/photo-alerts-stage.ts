/** The stage that holds the note's alerts against what a search by photo measured. */

import type { Condition } from "../../../design/condition.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import {
  type Json,
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { Alert } from "../alerts.ts";
import { driftVerdict, watchKey } from "../drift/drift-alert.ts";
import { type AlertFacts, alertFacts, holdAlert, type Measured, notMeasured } from "./hold-alert.ts";
import { type Load, measureServing } from "./measure-serving.ts";

interface PhotoAlertPlan extends Load {
  readonly alerts: readonly AlertFacts[];
}

export function photoAlertsStage(alerts: readonly Alert[], { peak, replicas }: Load): Stage {
  return stage<PhotoAlertPlan>({
    name: "alerts",
    step: 7,
    title: "holding the alerts against what was measured",
    inputs: ["serving", "drift"],
    data: NO_FILES,
    plan: { alerts: alerts.map(alertFacts), peak, replicas },
    run: hold,
  });
}

async function hold({ alerts, peak, replicas }: PhotoAlertPlan, { input }: StageContext): Promise<StageResult> {
  const serving = (await input("serving")).json;
  const drift = (await input("drift")).json;
  const measure = (alert: AlertFacts, condition: Condition): Measured => {
    const served = measureServing(alert, serving, { peak, replicas });
    if (served !== undefined) return served;
    if (alert.drift !== null) return watchedIn(alert, condition, drift);
    return notMeasured(
      alert.kind === "performance" ? "a run has one test set and no weeks: production compares them" : undefined,
    );
  };
  const outcomes = alerts.map((alert) => holdAlert(alert, measure));
  const measured = outcomes.filter(({ measured: value }) => value !== null).length;
  return stageResult({
    alerts: outcomes,
    remarks: [
      {
        kind: "answer",
        text:
          outcomes.length === 0
            ? "The note states no alert, so none was held against this run."
            : `${measured} of ${outcomes.length} alerts could be measured in this run; ${outcomes.filter(({ fires }) => fires === true).length} of them would fire.`,
      },
    ],
  });
}

function watchedIn({ drift }: AlertFacts, condition: Condition, kept: Json): Measured {
  if (drift === null) return notMeasured();
  const found: Json = isJsonObject(kept) ? (kept[watchKey(drift)] ?? null) : null;
  if (!isJsonObject(found) || typeof found.value !== "number") return notMeasured("no signal of this name was watched");
  const { value, note } = found;
  const [chance, n] = [found.chance, found.n].map((one) => (typeof one === "number" ? one : null));
  const seen = { value, note: String(note), chance, n };
  return {
    value,
    unit: "",
    note: `${seen.note}; test photos against validation photos`,
    n,
    verdict: driftVerdict(condition, seen),
  };
}
