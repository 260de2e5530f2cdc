/** The stage that lays out the rounds: earlier weeks on which settings are chosen, and the test days that nothing is chosen on. */

import { DAY, dayNumber, dayText } from "../../../core/day.ts";
import { figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { isJsonObject, plainJson } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { DataFacts } from "../schema.ts";
import { type Dealt, type ScoredTask, scoredTaskFromStored } from "../scored-task.ts";
import { ALL } from "../sources/deal-rows.ts";
import { firstEventAt } from "../time-order.ts";
import { type LateLabelPeriods, lateLabelRound, type Round, trainingRows } from "./late-label-split.ts";
import { partMoments } from "./part-moments.ts";

export const ROUNDS_STAGE = "rounds";

/** Periods in days, and what they are counted back from. */
export type LateLabelPlan = LateLabelPeriods & {
  /** Seconds since 1970 of the first test day; null for the last days of the data. */
  readonly testStart: number | null;
  /** Earlier rounds that settings are chosen on. */
  readonly earlier: number;
};

type SplitPlan = LateLabelPlan & {
  /** The stage that stored the scored task. */
  readonly task: string;
};

const WEEK = 7;
const DEFAULT_EARLIER = 4;

type SplitPeriod = { readonly value: number; readonly dimension: { readonly second?: number } } | undefined;

/** The stage that lays out rounds as `lateLabelPlan` reads them from the note. */
export function lateLabelSplitStage(task: string, facts: DataFacts): Stage {
  return stage({
    name: ROUNDS_STAGE,
    step: 3,
    title: "laying out weeks of training and judging",
    inputs: [task],
    data: NO_FILES,
    plan: { task, ...lateLabelPlan(facts) },
    run: layOut,
  });
}

/** Periods are durations: a week each where the note gives a share or nothing. `validation` is the time that the earlier rounds judge, together. */
export function lateLabelPlan({ split }: DataFacts): LateLabelPlan {
  const days = (written: SplitPeriod): number =>
    written?.dimension.second !== 1 ? WEEK : Math.max(1, Math.round(written.value / DAY));
  const start = split?.["test-start"];
  return {
    train: days(split?.train),
    delay: split?.gap === undefined ? WEEK : Math.round(split.gap.value / DAY),
    test: days(split?.test),
    testStart: start === undefined ? null : Date.parse(start) / 1000,
    earlier:
      split?.validation?.dimension.second !== 1
        ? DEFAULT_EARLIER
        : Math.max(1, Math.round(days(split.validation) / days(split.test))),
  };
}

async function layOut(
  { task: name, testStart, earlier, ...periods }: SplitPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(name));
  if (task.dealt !== undefined) return layOutDealt(task, task.dealt);
  const { time, label, leaves, words } = task;
  const last = dayNumber(time[time.length - 1]);
  const testDay = testStart === null ? last - periods.test + 1 : dayNumber(testStart);
  const final = lateLabelRound(task, testDay, periods);
  // A label of the last earlier round must have arrived when the test begins.
  const first = dayNumber(time[0]) + periods.train + periods.delay;
  const starts = Array.from({ length: earlier }, (_, back) => testDay - periods.delay - periods.test * (back + 1));
  const rounds = starts
    .filter((day) => day >= first)
    .reverse()
    .map((day) => lateLabelRound(task, day, periods));
  const positives = (rows: Int32Array): number => rows.reduce((sum, row) => sum + label[row], 0);
  const trainRows = trainingRows(task, final);
  const add = (what: string, value: number) =>
    figure({ step: 3, name: what, subject: "split", value, unit: words.rows });
  return stageResult({
    json: plainJson([...rounds, final].map(({ test: _, ...round }) => round)),
    arrays: Object.fromEntries([...rounds, final].map(({ testDay: day, test }) => [`test.${day}`, test])),
    figures: [
      ...partMoments([
        ["data", time[0], time.at(-1)],
        ["train", time[final.trainFrom], time[final.trainUntil - 1]],
        ["validation", time[rounds.at(0)?.test[0] ?? -1], time[rounds.at(-1)?.test.at(-1) ?? -1]],
        ["test", time[final.test[0]], time[final.test[final.test.length - 1]]],
      ]),
      add(`training ${words.rows}`, trainRows.length),
      add(`training ${words.positives}`, positives(trainRows)),
      ...(rounds.length === 0
        ? []
        : [
            add(
              `validation ${words.rows}`,
              rounds.reduce((sum, round) => sum + round.test.length, 0),
            ),
          ]),
      { ...add(`test ${words.rows}`, final.test.length), role: "size" },
      { ...add(`test ${words.positives}`, positives(final.test)), role: "size" },
    ],
    remarks: [
      {
        kind: "answer",
        text: `Trained on ${counted(periods.train, "days")}, then ${counted(periods.delay, "days")} of waiting for labels, then judged from ${dayText(testDay)} on for ${counted(periods.test, "days")}: ${counted(final.test.length, words.cases)} with ${counted(positives(final.test), words.positives)}${leaves === "" ? "" : `, ${leaves}`}. Settings are chosen on ${counted(rounds.length, "earlier rounds")} whose labels had arrived, never on the test days. ${accountOf(task, [...rounds, final], periods)}`,
      },
    ],
  });
}

/** Where every row that was read went, so that none is missing without a word: first what is used, then the others by reason. */
export function accountOf(
  task: ScoredTask,
  rounds: readonly Round[],
  { test }: Pick<LateLabelPeriods, "test">,
): string {
  const { time, words } = task;
  const final = rounds[rounds.length - 1];
  const rowAt = (day: number): number => firstEventAt(time, day * DAY);
  const [from, until] = [rowAt(final.testDay), rowAt(final.testDay + test)];
  const earliest = rounds.reduce((least, { trainFrom }) => Math.min(least, trainFrom), final.trainFrom);
  const trained = trainingRows(task, final).length;
  const others: readonly (readonly [count: number, why: string])[] = [
    [final.trainUntil - final.trainFrom - trained, "with a label too late to train on"],
    [from - final.trainUntil, "in the wait for labels"],
    [until - from - final.test.length, "of the test days left out of the judging"],
    [final.trainFrom - earliest, "in earlier rounds alone"],
    [earliest, "before the first round"],
    [time.length - until, "after the test days"],
  ];
  const said = others.filter(([count]) => count > 0).map(([count, why]) => `${formatNumber(count)} ${why}`);
  const used = `Of ${counted(time.length, words.rows)} ${formatNumber(trained + final.test.length)} are trained on or judged.`;
  return said.length === 0 ? used : `${used} The others: ${said.join(", ")}.`;
}

/** Without time: what was dealt first is trained on, the next part is what settings are chosen on, the last one the test. */
function layOutDealt(task: ScoredTask, { group, validation, test }: Dealt): StageResult {
  const { label, words } = task;
  const part = (until: number, judged: number): Round =>
    lateLabelRound(task, until - judged, { train: until - judged, delay: 0, test: judged });
  const [earlier, final] = [part(ALL - test, validation), part(ALL, test)];
  const positives = (rows: Int32Array): number => rows.reduce((sum, row) => sum + label[row], 0);
  const training = trainingRows(task, final);
  const add = (what: string, value: number) =>
    figure({ step: 3, name: what, subject: "split", value, unit: words.rows });
  return stageResult({
    json: plainJson([earlier, final].map(({ test: _, ...round }) => round)),
    arrays: Object.fromEntries([earlier, final].map(({ testDay: day, test: rows }) => [`test.${day}`, rows])),
    figures: [
      add(`training ${words.rows}`, training.length),
      add(`training ${words.positives}`, positives(training)),
      add(`validation ${words.rows}`, earlier.test.length),
      { ...add(`test ${words.rows}`, final.test.length), role: "size" },
      { ...add(`test ${words.positives}`, positives(final.test)), role: "size" },
    ],
    remarks: [
      {
        kind: "answer",
        text: `Dealt ${group === null ? "row by row at random" : `by whole values of \`${group}\``}: trained on ${counted(training.length, words.rows)}, of which settings were chosen on the last ${counted(earlier.test.length, words.rows)}, then judged on ${counted(final.test.length, words.cases)} with ${counted(positives(final.test), words.positives)} that nothing was chosen on.`,
      },
      {
        kind: "warning",
        text: "The data has no time: nothing is said about later days, late labels or drift, and live figures will be worse by what changes.",
      },
    ],
  });
}

/** `1 day`, `3 days`. */
function counted(value: number, unit: string): string {
  return formatValue({ value, unit });
}

/** The rounds as later stages read them: earlier ones in the order of time, and the final one. */
export interface Rounds {
  readonly earlier: readonly Round[];
  readonly final: Round;
}

export function roundsFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): Rounds {
  const rounds = (Array.isArray(json) ? json : []).map((one): Round => {
    if (!isJsonObject(one)) throw new Error("a stored round is no object");
    const test = arrays[`test.${String(one.testDay)}`];
    if (!(test instanceof Int32Array)) throw new Error("a stored round has no test rows");
    const { testDay, trainFrom, trainUntil } = one;
    return { testDay: Number(testDay), trainFrom: Number(trainFrom), trainUntil: Number(trainUntil), test };
  });
  const final = rounds.at(-1);
  if (final === undefined) throw new Error("there are no stored rounds");
  return { earlier: rounds.slice(0, -1), final };
}
