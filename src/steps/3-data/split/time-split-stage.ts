/** The stage that divides the events, and forms the requests that validation and test are made of. */

import { dayNumber, dayText } from "../../../core/day.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { EVENT_KINDS, type RankedEvents, rankedTaskFromStored } from "../ranked-task.ts";
import type { DataFacts } from "../schema.ts";
import { splitByTime, type TimeSplitOptions } from "./by-time.ts";
import { drawOfUnits, drawRequests } from "./drawn-requests.ts";
import { type PartMoments, partMoments } from "./part-moments.ts";
import { repeatFigures, repeatRemarks } from "./repeat-figures.ts";
import { foldPeriods, requestSets, shareBeforeFold, TEST_PERIOD, VALIDATION_PERIOD } from "./request-sets.ts";
import { createRequests, deedsByUnit, type RelevanceFacts, type Requests } from "./request-time.ts";
import { countParts, partCode, rowsOf, type Split } from "./split.ts";
import { accountOf, drawnRemarks, splitRemarks, timelessRemarks } from "./split-remarks.ts";
import { type RequestSetPlan, requestsToStored } from "./stored-requests.ts";
import { liesIn } from "./training-window.ts";
import { splitOptions, type WrittenPeriods, writtenPeriods } from "./written-periods.ts";

type SplitPlan = WrittenPeriods & {
  /** The stage that stored the ranked task. */
  readonly task: string;
  readonly relevant: RelevanceFacts;
  /** Windows before validation whose requests a second stage learns from. */
  readonly folds: number;
  readonly timeless: boolean;
  /** How many requests of each set are asked at most; absent where all are. */
  readonly asked?: number;
};

/**
 * `folds` windows of the training part yield requests for a second stage; 0 where there is none. `timeless`: times are an order only. `asked`:
 * of each set's requests so many are kept, by one draw of units for all sets.
 */
export function timeSplitStage(
  task: string,
  { split }: DataFacts,
  relevant: RelevanceFacts,
  {
    folds,
    timeless = false,
    asked,
  }: { readonly folds: number; readonly timeless?: boolean; readonly asked?: number | undefined },
): Stage {
  return stage({
    name: "split",
    step: 3,
    title: "splitting by time",
    inputs: [task],
    data: NO_FILES,
    plan: {
      task,
      ...writtenPeriods(split),
      relevant,
      folds,
      timeless,
      ...(asked !== undefined && { asked: Math.round(asked) }),
    },
    run: divide,
  });
}

async function divide(
  { task, relevant, folds, timeless, asked, ...written }: SplitPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const { events, units, words } = rankedTaskFromStored(await input(task));
  const { gap } = written;
  const split = timeless ? orderedParts(events.time) : splitAsHappened(events, splitOptions(written));
  const end = events.count === 0 ? 0 : lastMoment(events) + 1;
  const testStart = split.testStart ?? end;
  const validationStart = split.validationStart ?? testStart;
  const sets: RequestSetPlan[] = [];
  const made: Record<string, Requests> = {};
  const deeds = deedsByUnit(events, units);
  const trainingEvents = folds === 0 ? new Int32Array(0) : rowsOf(split, "train");
  const foldStart = (fold: number): number =>
    foldBoundary(events.time, trainingEvents, fold, folds, validationStart - gap);
  const periods = new Map<string, readonly [from: number, until: number]>([
    [TEST_PERIOD, [testStart, Number.POSITIVE_INFINITY]],
    [VALIDATION_PERIOD, [validationStart, testStart - gap]],
    ...foldPeriods(folds).map((name, fold) => [name, [foldStart(fold), foldStart(fold + 1)]] as const),
  ]);
  const draw = asked === undefined ? undefined : drawOfUnits(units, random);
  let whole: Requests | undefined;
  let isCut = false;
  for (const { name, period, foldIn } of requestSets(folds)) {
    const [from, until] = periods.get(period) ?? [end, end];
    const requests = createRequests(events, units, { from, until, foldIn, relevant, deeds });
    made[name] = asked === undefined || draw === undefined ? requests : drawRequests(requests, asked, draw);
    if (name === TEST_PERIOD) whole = requests;
    isCut ||= made[name].count < requests.count;
    sets.push({ name, cut: from - gap });
  }
  const { test: folded, validation: validated } = made;
  const all = whole ?? folded;
  const parts = countParts(split);
  const learned = countLearned(events, { from: split.trainStart, until: testStart - gap });
  const figures: Figure[] = [
    ...(["train", "validation", "test"] as const).map((part) =>
      figure({ step: 3, name: `${part} events`, subject: "split", value: parts[part], unit: "events" }),
    ),
    figure({
      step: 3,
      name: "events learned from before the test",
      subject: "split",
      value: learned,
      unit: "events",
      note: "a model is trained on the training part before validation, and anew on all of them before the test",
    }),
    ...(events.count === 0 || timeless ? [] : momentsOfParts(events, split)),
    figure({
      step: 3,
      name: `${words.units} active in test`,
      subject: "split",
      value: folded.units.active,
      unit: words.units,
    }),
    figure({
      step: 3,
      name: "of them seen before",
      subject: "split",
      value: folded.units.seenBefore,
      unit: words.units,
    }),
    ...repeatFigures("test", folded, words),
    ...repeatFigures("validation", validated, words),
    figure({
      step: 3,
      name: "test requests",
      role: "size",
      subject: "split",
      value: folded.count,
      unit: "requests",
      note:
        events.judged === undefined
          ? `${words.units} with a later ${relevant.kind} of ${relevant.atLeast} or more on ${article(words.item)} that they had not had before`
          : `${words.units} with a later event that the note calls wanted, on ${article(words.item)} that they had not had before`,
    }),
  ];
  return stageResult({
    json: { trainStart: split.trainStart ?? null, validationStart, testStart, sets },
    arrays: { part: split.part, ...requestsToStored(made) },
    figures,
    remarks: timeless
      ? [
          ...timelessRemarks(split.description, all, words),
          ...drawnRemarks({ all: all.count, asked: folded.count, isCut }, words),
          ...repeatRemarks(all, words),
        ]
      : [
          ...splitRemarks(split.description, folded, words, `${accountOf(parts)} ${learnedFrom(learned, split)}`),
          ...drawnRemarks({ all: all.count, asked: folded.count, isCut }, words),
          ...repeatRemarks(all, words),
        ],
  });
}

function article(noun: string): string {
  return `${/^[aeiou]/iu.test(noun) ? "an" : "a"} ${noun}`;
}

/** Parts by when events happened; a training event that was not known when validation began is in no part. */
function splitAsHappened({ time, happened }: RankedEvents, options: TimeSplitOptions): Split {
  if (happened === undefined) return splitByTime(time, options);
  const order = Int32Array.from(happened.keys()).sort((one, other) => happened[one] - happened[other] || one - other);
  const split = splitByTime(
    Float64Array.from(order, (row) => happened[row]),
    options,
  );
  const until = (split.validationStart ?? split.testStart ?? Number.POSITIVE_INFINITY) - (options.gap ?? 0);
  const part = new Uint8Array(time.length);
  for (const [at, row] of order.entries())
    part[row] = split.part[at] === partCode("train") && time[row] >= until ? partCode("unused") : split.part[at];
  return { ...split, part };
}

function lastMoment({ time, happened = time }: RankedEvents): number {
  return happened.reduce((last, one) => Math.max(last, one), Number.NEGATIVE_INFINITY);
}

/** When the first and the last event of all, and of each part, happened. */
function momentsOfParts({ time, happened = time }: RankedEvents, { part }: Split): Figure[] {
  const among = (name: string, code?: number): PartMoments => {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = 0; row < happened.length; row++) {
      if (code !== undefined && part[row] !== code) continue;
      if (happened[row] < first) first = happened[row];
      if (happened[row] > last) last = happened[row];
    }
    return [name, first, last];
  };
  return partMoments([
    among("data"),
    ...(["train", "validation", "test"] as const).map((name) => among(name, partCode(name))),
  ]);
}

/** Data without time: the order that was made for the split holds training in [0, 1), validation in [1, 2) and test from 2 on. */
function orderedParts(time: Float64Array): Split {
  const part = Uint8Array.from(time, (place) => partCode(place >= 2 ? "test" : place >= 1 ? "validation" : "train"));
  return {
    description: "as the note says, without any time: places in an order made for the split stand for moments",
    part,
    validationStart: 1,
    testStart: 2,
  };
}

/** The moment at which a fold begins; after the last one, the start of validation. */
function foldBoundary(time: Float64Array, rows: Int32Array, fold: number, folds: number, end: number): number {
  const at = Math.floor(rows.length * shareBeforeFold(fold, folds));
  return at >= rows.length ? end : time[rows[at]];
}

function countLearned(
  events: RankedEvents,
  { from, until }: { readonly from?: number; readonly until: number },
): number {
  const isLearned = liesIn(events, from === undefined ? { until } : { from, until });
  let count = 0;
  for (let event = 0; event < events.count; event++) if (isLearned(event)) count++;
  return count;
}

/** What the models that the test judges were trained on: more than the training part, which ends where validation begins. */
function learnedFrom(learned: number, { trainStart }: Split): string {
  const since =
    trainStart === undefined
      ? ""
      : ` from ${dayText(dayNumber(trainStart))} on, where the note's training begins; earlier ones count only in a history or a feature`;
  return `What the test judges learned from the ${formatNumber(learned)} before it${since}.`;
}

/** The label of the note as relevance for events that were not judged; ratings of 4 or more where it does not say. */
export function relevanceOf(
  label:
    | { event?: string; positive?: { limit: { value: number }; comparison: string } | readonly string[] }
    | undefined,
): RelevanceFacts {
  const kind = EVENT_KINDS.find((one) => one === label?.event) ?? "rating";
  const positive = label?.positive;
  const { limit, comparison } = positive === undefined || !("limit" in positive) ? {} : positive;
  const bound = limit?.value ?? (kind === "rating" ? 4 : 1);
  // Values are whole or half steps: just above the bound excludes it.
  return { kind, atLeast: comparison === ">" ? bound + 1e-6 : bound };
}
