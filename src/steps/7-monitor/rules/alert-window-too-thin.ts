/** Finds error alerts that a handful of errors sets off, and pages that ring too late. */

import { exceeds } from "../../../core/comparison.ts";
import { wholeAbove } from "../../../core/whole.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count, duration, number } from "../../../review/words.ts";
import { trafficOf } from "../../1-clarify/traffic.ts";
import { alertsOf } from "../alerts.ts";

interface Found extends Hit {
  readonly metric: string;
  readonly window: number;
  readonly limit?: string;
  readonly rate?: number;
  readonly errors?: number;
  readonly fewest: number;
}

export const rule = defineRule<Found, { fewestErrors: number; slowPageHours: number }>({
  code: "HP711",
  name: "alert-window-too-thin",
  step: 7,
  reads: [
    "7.health[].kind",
    "7.health[].alert",
    "7.health[].for",
    "7.health[].window",
    "7.health[].severity",
    "1.requests.average",
  ],
  severity: "warning",
  consequence: "blind",
  summary: "a handful of errors sets the alert off, or a page rings only after an hour",
  why: "an alert that one bad minute of one client sets off is soon ignored",
  fix: "lengthen the window, or require a short and a long window at once (`short-window`)",
  sources: ["The Site Reliability Workbook (2018), ch. 5"],
  settings: { fewestErrors: 10, slowPageHours: 1 },
  examples: {
    bad: { 1: "requests: { average: 5/s }", 7: 'health: [{ metric: error rate, alert: "> 1%", for: 60 s }]' },
    good: { 1: "requests: { average: 5/s }", 7: 'health: [{ metric: error rate, alert: "> 1%", for: 10 m }]' },
  },
  check(design, { fewestErrors, slowPageHours }) {
    const { average } = trafficOf(design);
    const watched = alertsOf(design).filter(({ kind }) => kind === "error-rate" || kind === "latency");
    if (watched.length === 0) return "not applicable";
    let waits = false;
    const hits = watched.flatMap(({ facts, path, kind }): Found[] => {
      const held = facts.for ?? facts.window;
      if (held === undefined) return [];
      const at = `${path}.${facts.for === undefined ? "window" : "for"}`;
      const base = { at, metric: facts.metric, window: held.value, fewest: fewestErrors };
      if (facts.severity === "page" && exceeds(held.value, slowPageHours * 3600))
        return [{ ...base, severity: "advice" }];
      const limit = facts.alert?.limit;
      if (kind !== "error-rate" || limit === undefined || facts.alert?.of !== "value") return [];
      if (average === undefined) waits = true;
      const errors = average === undefined ? Number.POSITIVE_INFINITY : average * held.value * limit.value;
      return exceeds(fewestErrors, errors)
        ? [{ ...base, also: ["1.requests.average"], limit: limit.text, rate: average, errors }]
        : [];
    });
    return hits.length === 0 && waits ? unknown("1.requests.average") : hits;
  },
  say({ metric, window, limit, rate = 0, errors, fewest }) {
    if (errors === undefined) {
      return {
        message: `${code(metric)} pages only after ${duration(window)}`,
        label: "slow for a page",
        why: "a page is for what cannot wait, and this one does",
        fix: "shorten it, or make it a ticket",
      };
    }
    return {
      message: `${number(rate)} requests/s × ${duration(window)} × ${limit} = ${count(errors)} errors set the alert off`,
      label: "a handful of errors",
      also: ["so little traffic"],
      fix:
        errors > 0
          ? `write \`for: ${duration(wholeAbove((window * fewest) / errors / 60) * 60)}\` or longer`
          : "set the alert off by a share of errors above 0",
    };
  },
});
