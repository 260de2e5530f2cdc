/** Rules that a note asks for in other words than an alert: a feed of events that is stuck, an experiment whose arms are not as planned, and features that are served otherwise than they were judged. */

import { alertsOf } from "../steps/7-monitor/alerts.ts";
import type { Design } from "../steps/design.ts";
import { type AlertRule, QUIET_STEPS } from "./alert-rule.ts";

/** Scrapes that agree before a stuck feed rings: one look may fall between two batches. */
const FEED_HOLDS = 300;

/** A gauge of the service and the value above which it is an alarm, as the note asks for it. */
export interface ImpliedAlarm {
  readonly name: string;
  readonly path: string;
  /** What a person calls it. */
  readonly metric: string;
  readonly gauge: string;
  readonly above: number;
  readonly unit: "age" | "share" | "1";
  /** Seconds. */
  readonly holdsFor: number;
  readonly action: string;
}

export function impliedAlarms({ clarify, deploy, monitor }: Design): readonly ImpliedAlarm[] {
  const alarms: ImpliedAlarm[] = [];
  const freshness = clarify.freshness?.value;
  if (freshness !== undefined && monitor["data-quality"]?.includes("freshness") === true)
    alarms.push({
      name: "EventsAreOld",
      path: "7.data-quality",
      metric: "time without a new event",
      gauge: "heptad_newest_event_age_seconds",
      above: freshness,
      unit: "age",
      holdsFor: FEED_HOLDS,
      action: "look whether the feed of events is stuck: features stand still meanwhile",
    });
  const skew = monitor["skew-check"];
  if (skew !== undefined)
    alarms.push({
      name: "FeatureSkew",
      path: "7.skew-check",
      metric: "values of the test window that differ",
      gauge: "heptad_skew_share",
      above: skew.limit?.value ?? 0,
      unit: "share",
      holdsFor: 0,
      action: "go back to the model before, and find what reads the feature otherwise than the run",
    });
  const { experiment } = deploy;
  if (experiment !== undefined && experiment.skip === undefined && experiment["srm-check"] !== false)
    alarms.push({
      name: "SampleRatio",
      path: "6.experiment",
      metric: "sample ratio",
      gauge: "heptad_sample_ratio_alarm",
      above: 0,
      unit: "1",
      holdsFor: 0,
      action: "find where units are lost before arms are compared; the experiment is stopped",
    });
  return alarms;
}

/** Values of the gauge once it is beyond `above`, in promtool's notation. */
const FAULTS: Readonly<Record<ImpliedAlarm["unit"], (above: number) => string>> = {
  age: (above) => `1+0x${QUIET_STEPS} ${Math.ceil(above) + 1}+60xREST`,
  share: (above) => `0+0x${QUIET_STEPS} ${(1 + above) / 2}+0xREST`,
  "1": (above) => `0+0x${QUIET_STEPS} ${above + 1}+0xREST`,
};

/** Which model it is of, an alert does not say: the gauge is of the one that serves. */
const OF_A_MODEL: ReadonlySet<string> = new Set(["heptad_skew_share"]);

function withoutModel(gauge: string): string {
  return OF_A_MODEL.has(gauge) ? `max without (model) (${gauge})` : gauge;
}

/** The series as promtool has it. */
function seriesOf(gauge: string): string {
  return OF_A_MODEL.has(gauge) ? `${gauge}{model="m"}` : gauge;
}

export function impliedRules(design: Design): readonly AlertRule[] {
  // Whoever the note calls for its other alerts; it names nobody for these.
  const owner = alertsOf(design).find(({ facts }) => facts.owner !== undefined)?.facts.owner ?? "";
  return impliedAlarms(design).map(({ name, path, metric, gauge, above, unit, holdsFor, action }) => ({
    ...{ name, path, holdsFor, owner, action },
    expression: `${withoutModel(gauge)} > ${above}`,
    window: 0,
    severity: "ticket",
    signal: metric,
    fault: { [seriesOf(gauge)]: FAULTS[unit](above) },
  }));
}
