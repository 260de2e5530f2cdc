/** The monitor of a ranked task: drift of what is watched, and the quality of the served lists, window by window after the cut. */

import type { Chart } from "../../../core/chart.ts";
import { DAY } from "../../../core/day.ts";
import { formatBeside, formatValue } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import { type Condition, holds } from "../../../design/condition.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import { EVALUATION_STAGE, evaluationIn } from "../../../system/evaluation.ts";
import type { Json, StageContext, StageResult } from "../../../system/stage.ts";
import { type RankedWords, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { requestsFromStored } from "../../3-data/split/stored-requests.ts";
import { listsFromStored } from "../../4-model/train/ranked-lists.ts";
import { REQUEST_RANGE } from "../../5-evaluate/metrics/metric.ts";
import { type ParsedMetric, parseMetric } from "../../5-evaluate/metrics/parse-metric.ts";
import { bootstrapMean, knownInterval } from "../../5-evaluate/protocols/bootstrap.ts";
import { measureLists, WHOLE } from "../../5-evaluate/protocols/measure-lists.ts";
import {
  type DriftSample,
  type DriftWatch,
  driftVerdict,
  UNKNOWN_DRIFT,
  watchDrift,
  watchKey,
} from "../drift/drift-alert.ts";
import { type ListedSubject, servedScores } from "../drift/served-scores.ts";
import { holdAlerts, USUAL_WINDOW } from "./alerts-stage.ts";
import { type Measured, notMeasured } from "./hold-alert.ts";
import type { Monitor, MonitorAccess, MonitorPlan, MonitorSource, WindowedAlert } from "./monitor-source.ts";
import { changeOf, judgeWindows, openWords, type QualityWindow, type Reference } from "./window-quality.ts";

export interface RankedWatch {
  /** The stage that stored the ranked task. */
  readonly task: string;
  /** What is ranked: the one that the evaluation chose serves production. */
  readonly subjects: readonly ListedSubject[];
}

/** Reads the stages `split`, `evaluation` and `drift` besides those of the subjects. */
export function rankedMonitor(task: string, subjects: readonly ListedSubject[]): MonitorSource<RankedWatch> {
  return {
    inputs: [task, "split", "drift", ...subjects.map((one) => one.stage)],
    watched: { task, subjects: subjects.map(({ subject, stage, role }) => ({ subject, stage, role })) },
    run: watchLists,
  };
}

function watchLists(plan: MonitorPlan<RankedWatch>, context: StageContext): Promise<StageResult> {
  return holdAlerts(plan, context, openRankedMonitor);
}

/** A window with fewer requests says nothing about quality. */
const LEAST_REQUESTS = 10;

async function openRankedMonitor({ task, subjects }: RankedWatch, { input, random }: MonitorAccess): Promise<Monitor> {
  const { words } = rankedTaskFromStored(await input(task));
  const evaluation = evaluationIn((await input(EVALUATION_STAGE)).json);
  const chosen = evaluation?.chosen;
  const served = subjects.find(({ subject }) => subject === chosen) ?? subjects[0];
  const arrays = (await input(served.stage)).arrays;
  const split = await input("split");
  const measurements: Measurements = {
    words,
    drift: (await input("drift")).json,
    predictions: await servedScores(served, subjects, input, {
      reference: requestsFromStored(split, "validation").unit,
      current: requestsFromStored(split, "test").unit,
    }),
    quality: (metric, days) => weeklyQuality(metric, days, split, arrays, random),
  };
  const headline = parseMetric(evaluation?.metric ?? "");
  const weeks = headline.ok ? weeklyQuality(headline.value, USUAL_WINDOW, split, arrays, random) : undefined;
  return {
    measure: (alert, condition) => measureAlert(alert, condition, measurements),
    figures: [],
    more: "",
    remarks: [],
    charts: headline.ok && weeks !== undefined ? qualityChart(headline.value.name, served.subject, weeks) : [],
  };
}

interface Measurements {
  readonly words: RankedWords;
  /** What each watch on features and labels saw. */
  readonly drift: Json;
  readonly predictions: DriftSample | undefined;
  readonly quality: (metric: ParsedMetric, days: number) => WeeklyQuality;
}

function measureAlert(alert: WindowedAlert, condition: Condition, measurements: Measurements): Measured {
  if (alert.drift !== null) return watched(alert.drift, condition, measurements);
  if (alert.kind === "drift") return notMeasured(UNKNOWN_DRIFT);
  const parsed = parseMetric(alert.metric);
  if (parsed.ok && parsed.value.definition.over === "requests")
    return measureQuality(parsed.value, alert, condition, measurements);
  return notMeasured();
}

function watched(watch: DriftWatch, condition: Condition, { words, drift, predictions }: Measurements): Measured {
  if (watch.on === "prediction") {
    if (predictions === undefined)
      return { value: null, unit: "", note: `what is served orders ${words.items} and gives them no scores` };
    const seen = watchDrift({ ...watch, of: "" }, [predictions]);
    const note = `scores of ${seen.note}; test window against validation window`;
    return { value: seen.value, unit: "", note, n: seen.n, verdict: driftVerdict(condition, seen) };
  }
  const kept = isJsonObject(drift) ? drift[watchKey(watch)] : null;
  const seen = {
    value: numberOf(kept, "value"),
    note: textOf(kept, "note"),
    chance: numberOf(kept, "chance"),
    n: numberOf(kept, "n"),
  };
  const reason = seen.note === "" ? "the run watches no such signal" : seen.note;
  const note = seen.value === null ? reason : `${seen.note}; test window against training window`;
  return { value: seen.value, unit: "", note, n: seen.n, verdict: driftVerdict(condition, seen) };
}

interface WeeklyQuality {
  /** On the validation window: what production is compared with. */
  readonly reference: Reference;
  readonly windows: readonly (QualityWindow & { readonly index: number })[];
  /** The whole test window, as one. */
  readonly whole: { readonly mean: number; readonly n: number };
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
    return { requests, units: measured.units, values: measured.values.get(metric.name) ?? new Float64Array(0) };
  };
  const validation = values("validation");
  const before = bootstrapMean(validation.values, {
    random: random.fork("reference"),
    units: validation.units,
    range: REQUEST_RANGE,
  });
  const { requests, units, values: after } = values("test");
  const start = requests.moment.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  const end = requests.moment.reduce((most, moment) => Math.max(most, moment), Number.NEGATIVE_INFINITY);
  const groups = new Map<number, number[]>();
  after.forEach((_, i) => {
    const index = Math.floor((requests.moment[i] - start) / (days * DAY));
    groups.set(index, [...(groups.get(index) ?? []), i]);
  });
  const full = [...groups].filter(([, own]) => own.length >= LEAST_REQUESTS).sort(([a], [b]) => a - b);
  // The worst of many windows is bad by chance alone: their intervals hold for all of them together (Bonferroni).
  const level = 1 - 0.05 / Math.max(1, full.length);
  const windows = full.map(([index, own]) => {
    // A member's requests of one window are alike: they are drawn together.
    const quality = bootstrapMean(
      own.map((i) => after[i]),
      { random: random.fork(`window ${index}`), units: own.map((i) => units[i]), level, range: REQUEST_RANGE },
    );
    const closes = Math.min(end, start + (index + 1) * days * DAY);
    return { index, mean: quality.mean, interval: knownInterval(quality), n: own.length, age: closes - end };
  });
  const interval = knownInterval(before);
  const sum = after.reduce((total, value) => total + value, 0);
  return { reference: { mean: before.mean, interval }, windows, whole: { mean: sum / after.length, n: after.length } };
}

function measureQuality(
  metric: ParsedMetric,
  { windowDays: days, lag, holdsFor }: WindowedAlert,
  condition: Condition,
  { quality }: Measurements,
): Measured {
  const { reference, windows, whole } = quality(metric, days);
  if (windows.length === 0 || !(reference.mean > 0))
    return notMeasured(`no window of ${days} d has ${LEAST_REQUESTS} requests`);
  const judged = judgeWindows(windows, reference, { condition, lag, holdsFor, window: days * DAY });
  const late =
    judged.unripe === 0
      ? ""
      : `; ${judged.unripe === 1 ? "the last window ends" : `${judged.unripe} windows end`} before labels arrive (${formatValue({ value: lag, unit: "s" })}) and are left out`;
  if (judged.window === undefined) return { ...notMeasured(`no window is old enough${late}`), verdict: "not measured" };
  const { mean, n } = judged.window;
  const [own, before, overall] = formatBeside([mean, reference.mean, whole.mean]);
  const against = condition.of === "value" ? "" : ` against ${before} on validation`;
  const sure = openWords(judged);
  // What one window shows and the whole test does not is not yet a fall.
  const change = changeOf({ mean: whole.mean, interval: [whole.mean, whole.mean] }, reference, condition.of);
  const isLone = judged.verdict === "fires" && !holds(condition, change.value);
  const which = judged.judged === 1 ? "the one window" : `${wordOf(condition)} of ${judged.judged} windows`;
  return {
    value: judged.measured,
    unit: condition.of === "value" ? "" : "share",
    interval: judged.interval,
    n,
    verdict: judged.verdict,
    ...(isLone && {
      doubt: `One window of ${judged.judged}, ${n} requests; over the whole test it is ${overall}, against ${before} before.`,
    }),
    note: `${which} of ${days} d (${own}, ${n} requests)${against}; ${overall} over the whole test, ${whole.n} requests${late}${sure}`,
  };
}

/** Which of the windows stands in the row. */
function wordOf({ of, comparison }: Condition): string {
  const wantsLow = comparison === "<" || comparison === "<=";
  return (of === "drop") !== wantsLow ? "lowest" : "highest";
}

function qualityChart(metric: string, subject: string, { reference, windows }: WeeklyQuality): Chart[] {
  if (windows.length < 2) return [];
  return [
    {
      form: "lines",
      title: `${metric} of ${subject}, week by week after the cut`,
      caption:
        "The model is not retrained: this is how it ages. Bands are bootstrap intervals, 95 % for all weeks together; the line across is its value on the validation window.",
      xLabel: "week after the cut",
      yLabel: metric,
      points: windows.map(({ index, mean, interval }) => ({ x: index, y: mean, interval })),
      limit: { value: reference.mean, label: "validation" },
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
