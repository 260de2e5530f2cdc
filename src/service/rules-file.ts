/** The rules of a note's alerts as Prometheus reads them, and tests of those rules: a fault rings its alarm after its `for:`, quiet data none. */

import { stringify } from "yaml";
import { type AlertRule, DRIFT, QUIET_STEPS } from "./alert-rule.ts";
import type { AlertRules } from "./alert-rules.ts";
import { NOTE_LABEL, seriesOfNote } from "./note-label.ts";

/** Seconds between two samples of the tests, as Prometheus scrapes by default. */
const STEP = 60;

/** Stands for as many steps as the longest rule needs. */
const REST = "REST";

/** Series of a quiet service: name to values in promtool's notation. */
const QUIET: Readonly<Record<string, string>> = {
  'heptad_requests_total{path="/x",status="200"}': "0+600xREST",
  'heptad_requests_total{path="/x",status="500"}': "0+0xREST",
  'heptad_request_seconds_bucket{path="/x",le="0.0005"}': "0+600xREST",
  'heptad_request_seconds_bucket{path="/x",le="2.5"}': "0+600xREST",
  'heptad_request_seconds_bucket{path="/x",le="+Inf"}': "0+600xREST",
  'heptad_degraded_total{path="/x",why="late"}': "0+0xREST",
  heptad_cpu_seconds_total: "0+6xREST",
  heptad_memory_bytes: "100000000+0xREST",
  heptad_newest_event_age_seconds: "1+0xREST",
  heptad_sample_ratio_alarm: "0+0xREST",
  'heptad_skew_share{model="m"}': "0+0xREST",
};

/** An empty label is none: Prometheus leaves it out. */
function labelsOf({ severity, owner }: AlertRule, note: string): Record<string, string> {
  return { severity, ...(owner !== "" && { owner }), [NOTE_LABEL]: note };
}

/** Drift of any feature is watched beside that of each. */
function ringsWith(signal: string, broken: string): boolean {
  const isOfAny = (one: string, other: string): boolean =>
    one === DRIFT && other.startsWith(DRIFT) && other !== `${DRIFT} of prediction`;
  return signal === broken || isOfAny(signal, broken) || isOfAny(broken, signal);
}

/** The rules as Prometheus reads them. */
export function rulesFile({ note, rules, left }: AlertRules): string {
  const written = rules.map((rule) => ({
    alert: rule.name,
    expr: rule.expression,
    ...(rule.holdsFor === 0 ? {} : { for: `${rule.holdsFor}s` }),
    labels: labelsOf(rule, note),
    annotations: { summary: `${rule.path} of ${note}`, action: rule.action },
  }));
  const notes = left.map(({ path, metric, why }) => `# not watched: ${metric} (${path}): ${why}\n`);
  return `${notes.join("")}${stringify({ groups: [{ name: `heptad ${note}`, rules: written }] }, { lineWidth: 0 })}`;
}

/** Tests of the rules for `promtool test rules`. `rulesName` is the rules file beside it. */
export function rulesTests({ note, rules }: AlertRules, rulesName: string): string {
  const start = QUIET_STEPS * STEP;
  const last = Math.max(0, ...rules.map(({ window, holdsFor }) => window + 2 * holdsFor));
  const rest = String(QUIET_STEPS + Math.ceil(last / STEP) + 10);
  const series = (fault: AlertRule["fault"]) =>
    Object.entries({ ...seriesOfNote(QUIET, note), ...quietOf(rules), ...fault }).map(([name, values]) => ({
      series: name,
      values: values.replaceAll(REST, rest),
    }));
  const expected = (rule: AlertRule) => ({
    exp_labels: labelsOf(rule, note),
    exp_annotations: { summary: `${rule.path} of ${note}`, action: rule.action },
  });
  const quiet = {
    name: "a quiet service",
    interval: `${STEP}s`,
    input_series: series({}),
    alert_rule_test: rules.map((rule) => ({ eval_time: `${start}s`, alertname: rule.name, exp_alerts: [] })),
  };
  const faults = rules.map((rule) => {
    // By then the longest window holds nothing but the fault, and the alert has held for its `for:` once more.
    const late = start + rule.window + 2 * rule.holdsFor + 2 * STEP;
    return {
      name: `a fault of ${rule.name}`,
      interval: `${STEP}s`,
      input_series: series(rule.fault),
      alert_rule_test: [
        { eval_time: `${start}s`, alertname: rule.name, exp_alerts: [] },
        ...(rule.holdsFor < 2 * STEP
          ? []
          : [{ eval_time: `${start + rule.holdsFor - STEP}s`, alertname: rule.name, exp_alerts: [] }]),
        { eval_time: `${late}s`, alertname: rule.name, exp_alerts: [expected(rule)] },
        ...rules
          .filter(({ signal }) => !ringsWith(signal, rule.signal))
          .map((other) => ({ eval_time: `${late}s`, alertname: other.name, exp_alerts: [] })),
      ],
    };
  });
  return stringify(
    { rule_files: [rulesName], evaluation_interval: `${STEP}s`, tests: [quiet, ...faults] },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** What rules need besides the series that every service has. */
function quietOf(rules: readonly AlertRule[]): Record<string, string> {
  const names = rules.flatMap(({ fault }) => Object.keys(fault)).filter((name) => name.startsWith("heptad_drift_psi"));
  const drift = Object.fromEntries(names.map((name) => [name, "0.01+0xREST"]));
  return Object.assign(drift, ...rules.map(({ quiet }) => quiet ?? {}));
}
