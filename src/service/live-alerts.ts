/** The note's alerts held against a live service as it is watched: quiet, fires, not long enough, or no metric tells. Pure. */

import { formatQuantity } from "../core/format-quantity.ts";
import { holds } from "../design/condition.ts";
import { type Alert, alertsOf } from "../steps/7-monitor/alerts.ts";
import { driftTarget } from "../steps/7-monitor/drift-target.ts";
import type { Design } from "../steps/design.ts";
import { impliedAlarms } from "./implied-rules.ts";
import { between, type Look, lookBefore } from "./live-look.ts";
import { total } from "./read-metrics.ts";

export type LiveState = "quiet" | "touched" | "fires" | "waits" | "none";

export interface LiveAlert {
  /** `7.health[0]` */
  readonly path: string;
  readonly metric: string;
  /** As the note writes it. */
  readonly condition: string;
  readonly state: LiveState;
  /** Of the metric's own unit, absent where it is not measured: `s` is at most so many seconds, `age` are seconds, and shares. */
  readonly value?: number;
  readonly unit: "s" | "age" | "share" | "1" | "cores";
  /** Why it is not measured, or what it waits for. */
  readonly why: string;
  readonly action: string;
  readonly owner: string;
  readonly severity: string;
}

/** Where the note names no window, as the rules for Prometheus have it. */
const USUAL_WINDOW = 300;
const HOUR = 3600;

type Reading = { readonly value: number; readonly unit: LiveAlert["unit"]; readonly isWhole: boolean } | string;

/**
 * One line an alert. `since` remembers from which moment on a condition holds, by path; it is brought up to date. An alert fires when its
 * condition has held for its `for:`.
 */
export function liveAlerts(design: Design, looks: readonly Look[], since: Map<string, number>): readonly LiveAlert[] {
  if (looks.length < 2) return [];
  const now = looks[looks.length - 1];
  const judge = (base: Base, read: Reading, isBeyond: (value: number) => boolean, needed: number): LiveAlert => {
    const { path } = base;
    if (typeof read === "string") {
      since.delete(path);
      return { ...base, state: "none", unit: "1", why: read };
    }
    const { value, unit } = read;
    if (Number.isNaN(value)) {
      since.delete(path);
      return { ...base, state: "none", unit, why: "the service has no such number yet" };
    }
    const isHeld = isBeyond(value);
    if (!isHeld) since.delete(path);
    else if (!since.has(path)) since.set(path, now.at);
    const held = now.at - (since.get(path) ?? now.at);
    // Beyond the last bucket there is no number, and none goes over the wire.
    const shown = { ...base, ...(Number.isFinite(value) ? { value } : {}), unit };
    if (isHeld && held >= needed) return { ...shown, state: "fires", why: base.action };
    if (isHeld) return { ...shown, state: "touched", why: `for ${span(held)} of ${span(needed)}` };
    if (!read.isWhole) return { ...shown, state: "waits", why: `watched for less than its window` };
    return { ...shown, state: "quiet", why: "" };
  };
  const written = alertsOf(design).map((alert) => {
    const { facts, path } = alert;
    const limit = limitOf(alert, design);
    const base = {
      path,
      metric: facts.of === undefined ? facts.metric : `${facts.metric} of ${facts.of}`,
      condition: facts.alert?.text ?? (facts["burn-rate"] === undefined ? "" : `burn rate ${facts["burn-rate"].text}`),
      action: facts.action ?? "",
      owner: facts.owner ?? "",
      severity: facts.severity ?? "ticket",
    };
    const read = limit === undefined ? "it states no condition" : readingOf(alert, design, looks);
    return judge(base, read, (value) => limit?.holds(value) ?? false, facts.for?.value ?? 0);
  });
  const owner = written.find((one) => one.owner !== "")?.owner ?? "";
  const implied = impliedAlarms(design).map(({ path, metric, gauge, above, unit, holdsFor, action }) => {
    const found = now.samples.find(({ name }) => name === gauge);
    const read: Reading =
      found === undefined ? "the service has not measured it" : { value: found.value, unit, isWhole: true };
    const base = {
      path,
      metric,
      condition: `> ${unit === "1" ? above : formatQuantity(above, unit === "age" ? "duration" : "share")}`,
      action,
      owner,
      severity: "ticket",
    };
    return judge(base, read, (value) => value > above, holdsFor);
  });
  return [...written, ...implied];
}

type Base = Pick<LiveAlert, "path" | "metric" | "condition" | "action" | "owner" | "severity">;

function limitOf({ facts }: Alert, design: Design): { holds(value: number): boolean } | undefined {
  const burn = facts["burn-rate"];
  if (burn !== undefined) {
    const target = design.clarify.availability?.value;
    return target === undefined ? undefined : { holds: (value) => value > burn.value * (1 - target) };
  }
  if (facts.alert === undefined) return undefined;
  const { alert } = facts;
  return { holds: (value) => holds(alert, value) };
}

function readingOf({ facts, kind }: Alert, design: Design, looks: readonly Look[]): Reading {
  const window = facts.window?.value ?? USUAL_WINDOW;
  const now = looks[looks.length - 1];
  const { look: before, isWhole } = lookBefore(looks, window);
  const seen = between(before, now);
  const share = (part: number): Reading =>
    seen.requests === 0 ? "nothing was asked" : { value: part / seen.requests, unit: "share", isWhole };
  if (facts["burn-rate"] !== undefined) {
    const short = lookBefore(looks, facts["short-window"]?.value ?? window / 12).look;
    const recent = between(short, now);
    if (seen.requests === 0 || recent.requests === 0) return "nothing was asked";
    // Both windows have to burn: the smaller share is the one that decides.
    return { value: Math.min(seen.failed / seen.requests, recent.failed / recent.requests), unit: "share", isWhole };
  }
  const change = facts.alert?.of ?? "value";
  if (kind === "performance") {
    const told = qualityOf(now, facts.metric);
    if (told !== undefined) {
      if (change === "value") return { value: told.value, unit: "1", isWhole: true };
      const grown = told.value / told.judged - 1;
      return Number.isNaN(grown)
        ? "the run judged no such thing"
        : { value: change === "drop" ? -grown : grown, unit: "share", isWhole: true };
    }
  }
  if (change !== "value" && kind !== "traffic") return "it needs labels, which the service has not";
  switch (kind) {
    case "latency": {
      const rank = /p(\d\d(?:\.\d+)?)/u.exec(facts.metric)?.[1] ?? "99";
      const value = seen.latency(Number(rank) / 100);
      return Number.isNaN(value) ? "nothing was asked" : { value, unit: "s", isWhole };
    }
    case "error-rate":
      return share(seen.failed);
    case "fallback-rate":
      return share(seen.degraded);
    case "saturation-cpu":
      return { value: seen.cpu / seen.seconds, unit: "cores", isWhole };
    case "saturation-memory": {
      const memory = design.deploy.serving?.memory?.value;
      if (memory === undefined) return "section 6 does not say how much memory a copy has";
      return { value: total(now.samples, "heptad_memory_bytes") / memory, unit: "share", isWhole: true };
    }
    case "traffic": {
      if (change !== "drop") return "only a drop of the traffic is watched";
      const earlier = lookBefore(looks, HOUR + window);
      if (!earlier.isWhole) return "there is no hour before it to compare with";
      const was = between(earlier.look, before);
      if (was.requests === 0) return "nothing was asked in the hour before";
      return { value: 1 - seen.requests / seen.seconds / (was.requests / was.seconds), unit: "share", isWhole };
    }
    case "drift": {
      if (!/\bpsi\b/iu.test(facts.metric)) return `the service measures psi, not ${facts.metric}`;
      const on = driftTarget(facts);
      if (on === "label") return "drift of labels needs labels, which the service has not";
      const of = on === "prediction" ? "prediction" : facts.of;
      const values = now.samples
        .filter(
          ({ name, labels }) =>
            name === "heptad_drift_psi" && (of === undefined ? labels.of !== "prediction" : labels.of === of),
        )
        .map(({ value }) => value);
      return values.length === 0
        ? "there are not answers enough for a window yet"
        : { value: Math.max(...values), unit: "1", isWhole: true };
    }
    default:
      return "no metric of the service tells";
  }
}

/** What late labels say of a metric, beside what the run judged; undefined until there are labels enough. */
function qualityOf({ samples }: Look, metric: string): { readonly value: number; readonly judged: number } | undefined {
  const read = (name: string): number | undefined =>
    samples.find((one) => one.name === name && one.labels.metric === metric.toLowerCase())?.value;
  const value = read("heptad_quality");
  return value === undefined ? undefined : { value, judged: read("heptad_quality_judged") ?? Number.NaN };
}

function span(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
