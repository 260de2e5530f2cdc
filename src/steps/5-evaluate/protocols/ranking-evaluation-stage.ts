/** The stage that compares every ranking with the baseline: whole, by slice, and at first events, on requests after the cut. */

import { type Figure, figure } from "../../../core/figure.ts";
import { bestMeasured, meanOfMeasured } from "../../../core/mean-of-measured.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { EVALUATION_STAGE, type Evaluation } from "../../../system/evaluation.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { kindCode, type RankedTask, type RankedWords, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import { whenAsked } from "../../3-data/split/request-sets.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../3-data/split/stored-requests.ts";
import { listsFromStored, rankedItems } from "../../4-model/train/ranked-lists.ts";
import { type ParsedMetric, parseMetric } from "../metrics/parse-metric.ts";
import { type Contender, type HandsOn, handedOn } from "./handed-on-recall.ts";
import { differenceFigures, type MeasuredLists, meanFigures, measureLists, WHOLE } from "./measure-lists.ts";
import { keepRequests } from "./pair-evaluations.ts";
import { COLD, candidateRemarks, evaluationCharts, leakRemark, NO_HISTORY, verdictRemarks } from "./ranking-report.ts";
import { requestSlice, type SlicedTraffic } from "./request-slices.ts";

/** A ranking to judge: what figures call it, and the stage that left its lists. */
export type RankedSubject = {
  readonly subject: string;
  readonly stage: string;
  /** A first-stage model alone, the system made of them, or a system that cheats and is shown beside the honest one. */
  readonly role: "single" | "system" | "cheat";
};

interface EvaluationPlan {
  /** The stage that stored the ranked task. */
  readonly task: string;
  /** The first is the baseline. */
  readonly subjects: readonly RankedSubject[];
  /** Canonical names; the first one decides. */
  readonly metrics: readonly string[];
  readonly slices: readonly string[];
  /** Which items the note ranks; empty where it does not say. */
  readonly candidates: string;
  /** Whether units come back: then they are asked once more at their first event, and lists are held against one catalogue. */
  readonly comeBack: boolean;
  /** What hands on candidates, and how many of all items: its recall is held against that of as many of the baseline's. Null where nothing does. */
  readonly handsOn: HandsOn | null;
}

/** Reported beside whatever the note asks for. */
const STANDARD_METRICS = [
  "ndcg@10",
  "map@10",
  "recall@10",
  "recall@100",
  "precision@10",
  "mrr",
  "hit rate@10",
  "catalogue coverage@10",
  "novelty@10",
];

/** `subjects` begins with the baseline; `metrics` and `slices` have been checked. */
export function rankingEvaluationStage(
  task: string,
  subjects: readonly RankedSubject[],
  metrics: readonly string[],
  slices: readonly string[],
  candidates = "",
  { comeBack = true, handsOn = null }: { readonly comeBack?: boolean; readonly handsOn?: HandsOn | null } = {},
): Stage {
  return stage({
    name: EVALUATION_STAGE,
    step: 5,
    title: "evaluating on requests after the cut",
    inputs: [task, "split", ...subjects.map((subject) => subject.stage)],
    data: NO_FILES,
    plan: {
      task,
      subjects,
      metrics: [...new Set([...metrics, ...STANDARD_METRICS])],
      slices,
      candidates,
      comeBack,
      handsOn,
    },
    run: compareRankings,
  });
}

async function compareRankings(
  plan: EvaluationPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const split = await input("split");
  const task = rankedTaskFromStored(await input(plan.task));
  const parsed = plan.metrics
    .map((name) => unwrap(parseMetric(name)))
    .filter(({ definition }) => plan.comeBack || definition.over === "requests");
  const stored = await Promise.all(
    plan.subjects.map(async (one) => ({ subject: one.subject, arrays: (await input(one.stage)).arrays })),
  );
  const test = requestsFromStored(split, "test");
  const cold = plan.comeBack ? requestsFromStored(split, "test-cold") : undefined;
  const validation = requestsFromStored(split, "validation");
  const itemEvents = countItemEvents(task, cutsFromStored(split).testStart);
  const competition = {
    metrics: parsed,
    random,
    test: stored.map(({ subject, arrays }) => ({ subject, lists: listsFromStored(arrays, "test") })),
    cold:
      cold === undefined
        ? []
        : stored.map(({ subject, arrays }) => ({ subject, lists: listsFromStored(arrays, "test-cold") })),
    validation: stored.map(({ subject, arrays }) => ({ subject, lists: listsFromStored(arrays, "validation") })),
  };
  const roles = new Map(plan.subjects.map((one) => [one.subject, one.role]));
  const traffic = { requests: test, itemEvents, words: task.words };
  const result = evaluate(competition, { test, cold, validation }, traffic, plan.slices, roles);
  const handed = handedOn(plan.handsOn, competition, test, task.items.count, result.figures);
  const hasImpressions = task.events.kind.includes(kindCode("impression"));
  const asked: Remark[] = plan.comeBack ? [{ kind: "assumption", text: whenAsked(task.words, hasImpressions) }] : [];
  return {
    ...result,
    figures: [...result.figures, ...handed],
    remarks: [...result.remarks, ...asked, ...candidateRemarks(plan.candidates)],
  };
}

type Traffic = SlicedTraffic & { readonly words: RankedWords };

interface Competition {
  readonly metrics: readonly ParsedMetric[];
  readonly random: Random;
  readonly test: readonly Contender[];
  readonly cold: readonly Contender[];
  readonly validation: readonly Contender[];
}

interface Measured {
  readonly subject: string;
  readonly measured: MeasuredLists;
}

function evaluate(
  { metrics, random, test, cold, validation }: Competition,
  sets: {
    readonly test: StoredRequests;
    readonly cold: StoredRequests | undefined;
    readonly validation: StoredRequests;
  },
  traffic: Traffic,
  slices: readonly string[],
  roles: ReadonlyMap<string, RankedSubject["role"]>,
): StageResult {
  const headline = metrics.filter(({ definition }) => definition.over === "requests")[0];
  const measure = (
    contenders: readonly Contender[],
    requests: StoredRequests,
    which = metrics,
    slice = WHOLE,
  ): Measured[] =>
    contenders.map(({ subject, lists }) => ({ subject, measured: measureLists(requests, lists, which, slice) }));
  const whole = measure(test, sets.test);
  const validated = measure(validation, sets.validation, [headline]);
  const ofRole = (...wanted: readonly RankedSubject["role"][]): Measured[] =>
    validated.filter(({ subject }) => wanted.includes(roles.get(subject) ?? "system"));
  const roleOf = (subject: string): RankedSubject["role"] => roles.get(subject) ?? "system";
  const best = bestOf(ofRole("single", "system"), headline.name);
  const chosen = best ?? test[0].subject;
  const rival = bestOf(ofRole("single"), headline.name) ?? test[0].subject;
  const requestMetrics = metrics.filter(({ definition }) => definition.over === "requests").map(({ name }) => name);
  const figures: Figure[] = [
    ...whole.flatMap(({ subject, measured }) => meanFigures(subject, "all", measured, random)),
    ...test.flatMap((contender) => listFigures(contender, metrics, traffic)),
    ...against(whole, "all", [headline.name], random),
    ...versus(whole, test[0].subject, chosen, "all", requestMetrics.slice(1), random),
    ...(rival === chosen || rival === test[0].subject
      ? []
      : versus(whole, rival, chosen, "all", [headline.name], random)),
  ];
  const addSlice = (name: string, measured: readonly Measured[]): void => {
    figures.push(...measured.flatMap((one) => meanFigures(one.subject, name, one.measured, random)));
    figures.push(...versus(measured, test[0].subject, chosen, name, [headline.name], random));
  };
  if (sets.cold !== undefined) {
    addSlice(COLD, measure(cold, sets.cold, [headline]));
    const { history } = sets.cold;
    const withoutHistory = { ...WHOLE, keepsRequest: (request: number) => sharedLength(history, request) === 0 };
    addSlice(NO_HISTORY, measure(cold, sets.cold, [headline], withoutHistory));
  }
  const remarks: Remark[] = [];
  for (const name of slices) {
    const { definition, cut } = unwrap(requestSlice(name, traffic.words));
    const measured = measure(test, sets.test, [headline], cut(traffic));
    if (measured[0].measured.units.length === 0)
      remarks.push({ kind: "warning", text: `no test request falls into the slice “${name}” (${definition})` });
    else remarks.push({ kind: "assumption", text: `“${name}” means ${definition}` });
    addSlice(name, measured);
  }
  for (const { subject } of test.filter((one) => roles.get(one.subject) === "cheat")) {
    figures.push(...versus(whole, chosen, subject, "all", [headline.name], random));
    remarks.push(leakRemark(figures, chosen, subject, headline.name, traffic.words));
  }
  const verdicts = verdictRemarks(
    figures,
    test[0].subject,
    chosen,
    headline.name,
    rival,
    traffic.words,
    best === undefined,
  );
  return stageResult({
    json: {
      metric: headline.name,
      baseline: test[0].subject,
      chosen,
      ...(best === undefined ? { unchosen: true as const } : {}),
      rival: rival === chosen || rival === test[0].subject ? null : rival,
      served: test.findLast(({ subject }) => roles.get(subject) === "system")?.subject ?? chosen,
      contenders: test.map(({ subject }, at) => ({ subject, role: at === 0 ? "baseline" : roleOf(subject) })),
    } satisfies Evaluation,
    arrays: keepRequests(
      whole[0].measured.units,
      new Map(whole.map((one) => [one.subject, perRequest(one, headline.name)])),
      new Map(whole.map(({ subject, measured }) => [subject, measured.prints ?? new Float64Array(0)])),
    ),
    figures: figures.map((one) => (roleOf(one.subject) === "cheat" ? { ...one, role: "cheat" } : one)),
    remarks: [...verdicts, ...remarks],
    charts: evaluationCharts(figures, headline.name, [test[0].subject, rival, chosen], traffic.words),
  });
}

function against(
  [baseline, ...others]: readonly Measured[],
  slice: string,
  names: readonly string[],
  random: Random,
): Figure[] {
  return others.flatMap((other) => differenceFigures(baseline, other, slice, names, random));
}

/** Values of a metric request by request. */
function perRequest({ measured }: Measured, metric: string): Float64Array {
  return measured.values.get(metric) ?? new Float64Array(0);
}

/** The paired difference of two subjects by name. */
function versus(
  measured: readonly Measured[],
  before: string,
  after: string,
  slice: string,
  names: readonly string[],
  random: Random,
): Figure[] {
  const find = (subject: string): Measured | undefined => measured.find((one) => one.subject === subject);
  const [a, b] = [find(before), find(after)];
  return a === undefined || b === undefined || before === after ? [] : differenceFigures(a, b, slice, names, random);
}

/** The subject with the highest mean on the validation window: the test window decides nothing. Undefined where it holds nothing to measure. */
function bestOf(measured: readonly Measured[], metric: string): string | undefined {
  return bestMeasured(measured, ({ measured: { values } }) => meanOfMeasured(values.get(metric) ?? []))?.subject;
}

function listFigures(
  { subject, lists }: Contender,
  metrics: readonly ParsedMetric[],
  { requests, itemEvents }: SlicedTraffic,
): Figure[] {
  const shown = Array.from({ length: requests.count }, (_, request) => rankedItems(lists, request));
  return metrics.flatMap(({ name, definition, k, variant }) => {
    if (definition.over !== "lists") return [];
    const value = definition.measure(
      { lists: shown, catalogue: itemEvents.length, popularity: itemEvents },
      k,
      variant,
    );
    return Number.isFinite(value) ? [figure({ step: 5, name, subject, value, n: requests.count })] : [];
  });
}

function countItemEvents({ events, items }: RankedTask, moment: number): Int32Array {
  const counts = new Int32Array(items.count);
  const impression = kindCode("impression");
  for (let i = 0; i < events.count && events.time[i] < moment; i++)
    if (events.kind[i] !== impression) counts[events.item[i]]++;
  return counts;
}
