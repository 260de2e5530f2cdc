/** What a run can say about alerts, whatever its form of task is: drift, quality and scores, opened from what earlier stages stored. */

import type { Chart } from "../../../core/chart.ts";
import type { Figure } from "../../../core/figure.ts";
import type { Condition } from "../../../design/condition.ts";
import type { Remark, StageContext, StageRun } from "../../../system/stage.ts";
import type { AlertFacts, Measured } from "./hold-alert.ts";
import type { Load } from "./measure-serving.ts";

/** A monitor that can be opened in a run; `Watched` is what of the design decides about it. */
export interface MonitorSource<Watched> {
  readonly inputs: readonly string[];
  readonly watched: Watched;
  /** `holdAlerts` with what opens the monitor. */
  readonly run: StageRun<MonitorPlan<Watched>>;
}

/** An alert with the days over which its metric is taken. */
export type WindowedAlert = AlertFacts & { readonly windowDays: number };

export interface MonitorPlan<Watched> {
  readonly watched: Watched;
  readonly alerts: readonly WindowedAlert[];
  /** Conditions that would start a retraining, as the note writes them. */
  readonly triggers: readonly string[];
  readonly load: Load;
}

export interface Monitor {
  /** Asked for everything that the serving stage says nothing about, in the terms of the condition. */
  measure(alert: WindowedAlert, condition: Condition): Measured;
  readonly figures: readonly Figure[];
  /** Goes on where the sentence about the alerts ends; empty where there is no more to say. */
  readonly more: string;
  readonly remarks: readonly Remark[];
  readonly charts: readonly Chart[];
}

/** What a monitor may read. */
export type MonitorAccess = Pick<StageContext, "input" | "random">;
