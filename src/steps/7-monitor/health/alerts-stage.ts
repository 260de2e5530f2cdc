/** The stage that holds every alert of section 7 against what this run measured, and says which it could not measure. */

import type { Chart } from "../../../core/chart.ts";
import { DAY } from "../../../core/day.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import { type Condition, parseCondition } from "../../../design/condition.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import { EVALUATION_STAGE, evaluationIn } from "../../../system/evaluation.ts";
import {
  type AlertOutcome,
  type Json,
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { requestsFromStored } from "../../3-data/split/time-split-stage.ts";
import { listsFromStored } from "../../4-model/train/ranked-lists.ts";
import { type ParsedMetric, parseMetric } from "../../5-evaluate/metrics/parse-metric.ts";
import { bootstrapMean } from "../../5-evaluate/protocols/bootstrap.ts";
import { measureLists, WHOLE } from "../../5-evaluate/protocols/measure-lists.ts";
import type { Alert } from "../alerts.ts";
import {
  type DriftSample,
  type DriftWatch,
  featureWatch,
  UNKNOWN_DRIFT,
  watchDrift,
  watchKey,
} from "../drift/drift-alert.ts";
import { type ListedSubject, servedScores } from "../drift/served-scores.ts";
import { type AlertFacts, alertFacts, holdAlert, type Measured, notMeasured } from "./hold-alert.ts";
import { type Load, measureServing } from "./measure-serving.ts";

type WindowedAlert = AlertFacts & { readonly windowDays: number };

interface MonitorPlan {
  /** What is ranked: the one that the evaluation chose serves production. */
  readonly subjects: readonly ListedSubject[];
  readonly alerts: readonly WindowedAlert[];
  readonly triggers: readonly string[];
  readonly peak: number | null;
  readonly replicas: number | null;
}

const DEFAULT_WINDOW = 7;
/** A window with fewer requests says nothing about quality. */
const LEAST_REQUESTS = 10;

/** `trained` is the stage whose lists serve production: the subject that the evaluation chose is looked up among them. */
export function alertsStage(
  alerts: readonly Alert[],
  triggers: readonly Condition[],
  subjects: readonly ListedSubject[],
  { peak, replicas }: { readonly peak: number | null; readonly replicas: number | null },
): Stage {
  return stage({
    name: "alerts",
    step: 7,
    title: "holding the alerts against what was measured",
    inputs: ["split", EVALUATION_STAGE, "serving", "drift", ...subjects.map((one) => one.stage)],
    data: NO_FILES,
    plan: {
      subjects: subjects.map(({ subject, stage: name, role }) => ({ subject, stage: name, role })),
      alerts: alerts.map((alert) => ({
        ...alertFacts(alert),
        windowDays: (alert.facts.window?.value ?? DEFAULT_WINDOW * DAY) / DAY,
      })),
      triggers: triggers.map(({ text }) => text),
      peak,
      replicas,
    },
    run: holdAlerts,
  });
}

async function holdAlerts(
  { subjects, alerts, triggers, peak, replicas }: MonitorPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const evaluation = evaluationIn((await input(EVALUATION_STAGE)).json);
  const chosen = evaluation?.chosen;
  const served = subjects.find(({ subject }) => subject === chosen) ?? subjects[0];
  const arrays = (await input(served.stage)).arrays;
  const split = await input("split");
  const measurements: Measurements = {
    serving: (await input("serving")).json,
    drift: (await input("drift")).json,
    predictions: await servedScores(served, subjects, input),
    load: { peak, replicas },
    quality: (metric, days) => weeklyQuality(metric, days, split, arrays, random),
  };
  const hold = (one: WindowedAlert): AlertOutcome =>
    holdAlert(one, (alert, change) => measureAlert(alert, change, measurements));
  const outcomes = alerts.map(hold);
  const fired = triggers.map((text) => hold(triggerAlert(text)));
  const headline = parseMetric(evaluation?.metric ?? "");
  const weeks = headline.ok ? weeklyQuality(headline.value, DEFAULT_WINDOW, split, arrays, random) : undefined;
  return stageResult({
    alerts: [...outcomes, ...fired],
    remarks: alertRemarks(outcomes, fired),
    charts: headline.ok && weeks !== undefined ? qualityChart(headline.value.name, served.subject, weeks) : [],
  });
}

interface Measurements {
  readonly serving: Json;
  /** What each watch on features and labels saw. */
  readonly drift: Json;
  readonly predictions: DriftSample | undefined;
  readonly load: Load;
  readonly quality: (metric: ParsedMetric, days: number) => WeeklyQuality;
}

/** `psi > 0.2` as a trigger speaks of any feature. */
function triggerAlert(text: string): WindowedAlert {
  const parsed = parseCondition(text);
  const metric = parsed.ok ? parsed.value.metric : text;
  const bare = text.slice(metric.length).trim();
  const drift = featureWatch(metric) ?? null;
  const about = { metric, of: "", kind: "", condition: bare, burnRate: "", drift };
  return { ...about, owner: "retraining", action: "retrain", windowDays: DEFAULT_WINDOW };
}

function measureAlert(alert: WindowedAlert, change: "value" | "drop" | "rise", measurements: Measurements): Measured {
  const served = measureServing(alert, measurements.serving, measurements.load);
  if (served !== undefined) return served;
  if (alert.drift !== null) return watched(alert.drift, measurements);
  if (alert.kind === "drift") return notMeasured(UNKNOWN_DRIFT);
  const parsed = parseMetric(alert.metric);
  if (parsed.ok && parsed.value.definition.over === "requests")
    return measureQuality(parsed.value, alert.windowDays, change, measurements);
  return notMeasured();
}

function watched(watch: DriftWatch, { drift, predictions }: Measurements): Measured {
  if (watch.on === "prediction") {
    if (predictions === undefined)
      return { value: null, unit: "", note: "what is served orders titles and gives them no scores" };
    const { value, note } = watchDrift({ ...watch, of: "" }, [predictions]);
    return { value, unit: "", note: `scores of ${note}; test window against validation window` };
  }
  const seen = isJsonObject(drift) ? drift[watchKey(watch)] : null;
  const value = numberOf(seen, "value");
  const note = textOf(seen, "note");
  return { value, unit: "", note: value === null ? note : `${note}; test window against training window` };
}

interface WeeklyQuality {
  /** Mean on the validation window: what production is compared with. */
  readonly reference: number;
  readonly windows: readonly {
    readonly index: number;
    readonly mean: number;
    readonly interval: readonly [number, number];
    readonly n: number;
  }[];
}

function weeklyQuality(
  metric: ParsedMetric,
  days: number,
  split: Parameters<typeof requestsFromStored>[0],
  arrays: Parameters<typeof listsFromStored>[0],
  random: Random,
): WeeklyQuality {
  const values = (set: "validation" | "test") => {
    const requests = requestsFromStored(split, set);
    const measured = measureLists(requests, listsFromStored(arrays, set), [metric], WHOLE);
    return { requests, values: measured.values.get(metric.name) ?? new Float64Array(0) };
  };
  const before = values("validation").values;
  const { requests, values: after } = values("test");
  const start = requests.moment.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  const groups = new Map<number, number[]>();
  after.forEach((value, i) => {
    const index = Math.floor((requests.moment[i] - start) / (days * DAY));
    groups.set(index, [...(groups.get(index) ?? []), value]);
  });
  const windows = [...groups]
    .filter(([, members]) => members.length >= LEAST_REQUESTS)
    .sort(([a], [b]) => a - b)
    .map(([index, members]) => {
      const { mean, interval } = bootstrapMean(members, { random: random.fork(`window ${index}`) });
      return { index, mean, interval, n: members.length };
    });
  return { reference: before.reduce((sum, value) => sum + value, 0) / before.length, windows };
}

function measureQuality(
  metric: ParsedMetric,
  days: number,
  of: "value" | "drop" | "rise",
  { quality }: Measurements,
): Measured {
  const { reference, windows } = quality(metric, days);
  if (windows.length === 0 || !(reference > 0))
    return notMeasured(`no window of ${days} d has ${LEAST_REQUESTS} requests`);
  const lowest = windows.reduce((least, one) => (one.mean < least.mean ? one : least));
  if (of === "value") return { value: lowest.mean, unit: "", note: `lowest window of ${days} d, ${lowest.n} requests` };
  const change = of === "drop" ? (reference - lowest.mean) / reference : (lowest.mean - reference) / reference;
  const isNoise = lowest.interval[1] >= reference;
  const doubt = isNoise ? "; its interval still holds the validation's value, so this may be noise" : "";
  return {
    value: change,
    unit: "share",
    note: `lowest window of ${days} d (${formatNumber(lowest.mean, 3)}, ${lowest.n} requests) against ${formatNumber(reference, 3)} on validation${doubt}`,
  };
}

function alertRemarks(alerts: readonly AlertOutcome[], triggers: readonly AlertOutcome[]): Remark[] {
  const fired = alerts.filter(({ fires }) => fires === true);
  const open = alerts.filter(({ fires }) => fires === null);
  const retrain = triggers.filter(({ fires }) => fires === true);
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `Of ${alerts.length} alerts, ${fired.length} would fire on what this run measured${fired.length === 0 ? "" : ` (${fired.map(({ metric }) => metric).join(", ")})`}, ${open.length} cannot be measured offline.`,
    },
  ];
  if (retrain.length > 0)
    remarks.push({
      kind: "next",
      text: `a retraining would be triggered by ${retrain.map(({ metric, condition }) => `\`${metric} ${condition}\``).join(" and ")}; see whether the retrained model recovers before making the trigger automatic.`,
    });
  return remarks;
}

function qualityChart(metric: string, subject: string, { reference, windows }: WeeklyQuality): Chart[] {
  if (windows.length < 2) return [];
  return [
    {
      form: "lines",
      title: `${metric} of ${subject}, week by week after the cut`,
      caption:
        "The model is not retrained: this is how it ages. Bands are 95 % bootstrap intervals; the line across is its value on the validation window.",
      xLabel: "week after the cut",
      yLabel: metric,
      points: windows.map(({ index, mean, interval }) => ({ x: index, y: mean, interval })),
      limit: { value: reference, label: "validation" },
    },
  ];
}

function numberOf(json: Json, key: string): number | null {
  const value = isJsonObject(json) ? json[key] : null;
  return typeof value === "number" ? value : null;
}

function textOf(json: Json, key: string): string {
  const value = isJsonObject(json) ? json[key] : null;
  return typeof value === "string" ? value : "";
}
