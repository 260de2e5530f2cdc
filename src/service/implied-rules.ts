/** Rules that a note asks for in other words than an alert: a feed of events that is stuck, and an experiment whose arms are not as planned. */

import { alertsOf } from "../steps/7-monitor/alerts.ts";
import type { Design } from "../steps/design.ts";
import { type AlertRule, QUIET_STEPS } from "./alert-rule.ts";

/** Scrapes that agree before a stuck feed rings: one look may fall between two batches. */
const FEED_HOLDS = 300;

export function impliedRules(design: Design): readonly AlertRule[] {
  const { clarify, deploy, monitor } = design;
  // Whoever the note calls for its other alerts; it names nobody for these.
  const owner = alertsOf(design).find(({ facts }) => facts.owner !== undefined)?.facts.owner ?? "";
  const rules: AlertRule[] = [];
  const freshness = clarify.freshness?.value;
  if (freshness !== undefined && monitor["data-quality"]?.includes("freshness") === true)
    rules.push({
      name: "EventsAreOld",
      path: "7.data-quality",
      expression: `heptad_newest_event_age_seconds > ${freshness}`,
      holdsFor: FEED_HOLDS,
      window: 0,
      owner,
      action: "look whether the feed of events is stuck: features stand still meanwhile",
      severity: "ticket",
      signal: "freshness",
      fault: { heptad_newest_event_age_seconds: `1+0x${QUIET_STEPS} ${Math.ceil(freshness) + 1}+60xREST` },
    });
  const { experiment } = deploy;
  if (experiment !== undefined && experiment.skip === undefined && experiment["srm-check"] !== false)
    rules.push({
      name: "SampleRatio",
      path: "6.experiment",
      expression: "heptad_sample_ratio_alarm > 0",
      holdsFor: 0,
      window: 0,
      owner,
      action: "find where units are lost before arms are compared; the experiment is stopped",
      severity: "ticket",
      signal: "sample ratio",
      fault: { heptad_sample_ratio_alarm: `0+0x${QUIET_STEPS} 1+0xREST` },
    });
  return rules;
}
