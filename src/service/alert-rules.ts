/** The note's alerts as rules of Prometheus over the service's metrics. */

import { findKind } from "../kinds/registry.ts";
import { type Alert, alertsOf } from "../steps/7-monitor/alerts.ts";
import { driftTarget } from "../steps/7-monitor/drift-target.ts";
import type { Design } from "../steps/design.ts";
import { type AlertRule, DRIFT, QUIET_STEPS } from "./alert-rule.ts";
import { impliedRules } from "./implied-rules.ts";
import { ofNote, seriesOfNote } from "./note-label.ts";

export interface AlertRules {
  /** Whose they are: the file name of the note. */
  readonly note: string;
  readonly rules: readonly AlertRule[];
  /** Alerts of the note that no metric of the service can ring, with the reason. */
  readonly left: readonly { readonly path: string; readonly metric: string; readonly why: string }[];
}

const MINUTE = 60;
const HOUR = 3600;
/** Over which a rate is taken where the alert names no window. */
const USUAL_WINDOW = 5 * MINUTE;
/** The rules of a design's section 7, of the service of this note alone. */
export function alertRulesOf(design: Design, note: string): AlertRules {
  const rules: AlertRule[] = [];
  const left: AlertRules["left"][number][] = [];
  for (const alert of alertsOf(design)) {
    const made = ruleOf(alert, design);
    if (typeof made === "string") left.push({ path: alert.path, metric: alert.facts.metric, why: made });
    else rules.push({ ...made, name: uniqueName(made.name, rules) });
  }
  for (const rule of impliedRules(design)) rules.push({ ...rule, name: uniqueName(rule.name, rules) });
  return { note, rules: rules.map((rule) => ofThisNote(rule, note)), left };
}

function ofThisNote(rule: AlertRule, note: string): AlertRule {
  const { expression, fault, quiet } = rule;
  return {
    ...rule,
    expression: ofNote(expression, note),
    fault: seriesOfNote(fault, note),
    ...(quiet !== undefined && { quiet: seriesOfNote(quiet, note) }),
  };
}

function ruleOf(alert: Alert, design: Design): AlertRule | string {
  const { facts, kind, path } = alert;
  const window = facts.window?.value ?? USUAL_WINDOW;
  const base = {
    path,
    holdsFor: facts.for?.value ?? 0,
    window,
    owner: facts.owner ?? "",
    action: facts.action ?? "",
    severity: facts.severity ?? "ticket",
    signal: kind,
  };
  const name = words(
    facts["burn-rate"] === undefined ? `${facts.metric} ${facts.of ?? facts.on ?? ""}` : `${facts.metric} burn`,
  );
  if (facts["burn-rate"] !== undefined) {
    const target = design.clarify.availability?.value;
    if (target === undefined) return "section 1 states no availability, so there is no error budget to burn";
    const limit = facts["burn-rate"].value * (1 - target);
    if (limit >= 1) return `a burn rate of ${facts["burn-rate"].text} of this budget is more than all requests`;
    const short = facts["short-window"]?.value ?? window / 12;
    return {
      ...base,
      name,
      window,
      expression: `${errorShare(window)} > ${number(limit)} and ${errorShare(short)} > ${number(limit)}`,
      fault: failing(1),
    };
  }
  const condition = facts.alert;
  if (condition === undefined) return "it states no condition";
  const limit = condition.limit.value;
  const compare = condition.comparison === "=" ? "==" : condition.comparison;
  if (kind === "performance" && liveMetricsOf(design).includes(facts.metric.toLowerCase()))
    return { ...base, name, window: 0, signal: facts.metric, ...qualityRule(facts.metric.toLowerCase(), condition) };
  const against = (expression: string): string => `${expression} ${compare} ${number(limit)}`;
  if (condition.of !== "value" && kind !== "traffic")
    return `a ${condition.of} of ${facts.metric} needs labels, which the service has not`;
  switch (kind) {
    case "latency": {
      const rank = /p(\d\d(?:\.\d+)?)/u.exec(facts.metric)?.[1] ?? "99";
      const expression = `histogram_quantile(${number(Number(rank) / 100)}, sum by (le) (rate(heptad_request_seconds_bucket[${window}s])))`;
      return {
        ...base,
        name,
        expression: against(expression),
        fault: { 'heptad_request_seconds_bucket{path="/x",le="0.0005"}': planted("0+600", "+0") },
      };
    }
    case "error-rate":
      return { ...base, name, expression: against(errorShare(window)), fault: failing(Math.min(1, limit * 1.5)) };
    case "fallback-rate":
      return {
        ...base,
        name,
        expression: against(
          `sum(rate(heptad_degraded_total[${window}s])) / sum(rate(heptad_requests_total[${window}s]))`,
        ),
        fault: {
          'heptad_degraded_total{path="/x",why="late"}': planted(
            "0+0",
            `+${Math.ceil(600 * Math.min(1, limit * 1.5))}`,
          ),
        },
      };
    case "saturation-cpu":
      return {
        ...base,
        name,
        expression: against(`rate(heptad_cpu_seconds_total[${window}s])`),
        fault: { heptad_cpu_seconds_total: planted("0+6", "+60") },
      };
    case "saturation-memory": {
      const memory = design.deploy.serving?.memory?.value;
      if (memory === undefined) return "section 6 does not say how much memory a copy has";
      return {
        ...base,
        window: 0,
        name,
        expression: against(`heptad_memory_bytes / ${number(memory)}`),
        fault: { heptad_memory_bytes: `100000000+0x${QUIET_STEPS} ${Math.ceil(memory)}+0xREST` },
      };
    }
    case "traffic": {
      if (condition.of !== "drop") return "only a drop of the traffic is watched";
      const rate = `sum(rate(heptad_requests_total[${window}s]))`;
      const before = `sum(rate(heptad_requests_total[${HOUR}s] offset ${window}s))`;
      return {
        ...base,
        name,
        expression: `1 - ${rate} / ${before} ${compare} ${number(limit)}`,
        fault: {
          'heptad_requests_total{path="/x",status="200"}': planted("0+600", "+0"),
          'heptad_request_seconds_bucket{path="/x",le="0.0005"}': planted("0+600", "+0"),
          'heptad_request_seconds_bucket{path="/x",le="2.5"}': planted("0+600", "+0"),
          'heptad_request_seconds_bucket{path="/x",le="+Inf"}': planted("0+600", "+0"),
        },
      };
    }
    case "drift": {
      if (!/\bpsi\b/iu.test(facts.metric)) return `the service measures psi, not ${facts.metric}`;
      const on = driftTarget(facts);
      if (on === "label") return "drift of labels needs labels, which the service has not";
      const of = on === "prediction" ? "prediction" : facts.of;
      const signal = of === undefined ? DRIFT : `${DRIFT} of ${of}`;
      const series = of === undefined ? 'max(heptad_drift_psi{of!="prediction"})' : `max(heptad_drift_psi{of="${of}"})`;
      return {
        ...base,
        window: 0,
        name,
        signal,
        expression: against(series),
        fault: {
          [`heptad_drift_psi{of="${of ?? "some_feature"}"}`]: `0.01+0x${QUIET_STEPS} ${number(2 * limit)}+0xREST`,
        },
      };
    }
    default:
      return "no metric of the service tells";
  }
}

/** Metrics that the service of this kind reads from labels that arrive late. */
function liveMetricsOf(design: Design): readonly string[] {
  const kind = findKind(design.front.system);
  return kind.ok ? (kind.value.liveMetrics ?? []) : [];
}

function qualityRule(
  metric: string,
  { of, comparison, limit: { value: limit } }: NonNullable<Alert["facts"]["alert"]>,
): Pick<AlertRule, "expression" | "fault" | "quiet"> {
  const [now, judged] = [`heptad_quality{metric="${metric}"}`, `heptad_quality_judged{metric="${metric}"}`];
  // Which metric it is, the rule's name says: an alert has the rule's labels, and those of the place that it is of.
  const [nowAlone, judgedAlone] = [now, judged].map((one) => `max without (metric) (${one})`);
  const compare = comparison === "=" ? "==" : comparison;
  const isLow = comparison.startsWith("<");
  const held = (quiet: number, broken: number) => ({
    quiet: { [now]: `${number(quiet)}+0xREST`, [judged]: "0.5+0xREST" },
    fault: { [now]: `${number(quiet)}+0x${QUIET_STEPS} ${number(broken)}+0xREST`, [judged]: "0.5+0xREST" },
  });
  if (of === "value")
    return {
      expression: `${nowAlone} ${compare} ${number(limit)}`,
      ...held(limit * (isLow ? 2 : 0.5), limit * (isLow ? 0.5 : 2)),
    };
  const broken = 0.5 * (1 + (of === "drop" ? -1 : 1) * 2 * limit);
  const [more, less] = of === "drop" ? [judgedAlone, nowAlone] : [nowAlone, judgedAlone];
  return { expression: `(${more} - ${less}) / ${judgedAlone} ${compare} ${number(limit)}`, ...held(0.5, broken) };
}

function errorShare(window: number): string {
  const all = `sum(rate(heptad_requests_total[${window}s]))`;
  return `sum(rate(heptad_requests_total{status=~"5.."}[${window}s])) / ${all}`;
}

/** A share of the requests fails. */
function failing(share: number): Readonly<Record<string, string>> {
  const failed = Math.ceil(600 * share);
  return {
    'heptad_requests_total{path="/x",status="200"}': planted("0+600", `+${600 - failed}`),
    'heptad_requests_total{path="/x",status="500"}': planted("0+0", `+${failed}`),
  };
}

/** A counter that goes on from where it was at another pace. */
function planted(quiet: string, pace: string): string {
  const step = Number(quiet.split("+")[1]);
  return `${quiet}x${QUIET_STEPS} ${step * QUIET_STEPS}${pace}xREST`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function words(text: string): string {
  const parts = text.match(/[\p{L}\p{N}]+/gu) ?? ["alert"];
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("");
}

function uniqueName(name: string, others: readonly { readonly name: string }[]): string {
  const taken = others.filter((one) => one.name === name || one.name.startsWith(`${name}_`)).length;
  return taken === 0 ? name : `${name}_${taken + 1}`;
}
