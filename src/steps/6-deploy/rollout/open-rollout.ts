/** Opens what earlier stages stored as a rollout to replay: the cases after the test days, and what both models decide about them. */

import { DAY, dayNumber } from "../../../core/day.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createTable, type NumericColumn, numbers, pickRows, type Table } from "../../../core/table.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { scoredFeatures } from "../../3-data/features/scored-features.ts";
import { labelsOf, type ScoredTask, stakesOf, unitOf } from "../../3-data/scored-task.ts";
import { lateLabelRound } from "../../3-data/split/late-label-split.ts";
import { scoreRows } from "../../4-model/models/classifier.ts";
import { openRules, type RuleList } from "../../4-model/models/rule-list.ts";
import type { TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer, type TreesScorer } from "../../4-model/models/trees-scorer.ts";
import { probabilityOf } from "../../5-evaluate/optimize/calibrate-scores.ts";
import type { DecidingModel } from "../../5-evaluate/protocols/deciding-model.ts";
import type { JudgedRounds } from "../../5-evaluate/protocols/judged-classifier.ts";
import type { InjectedFault } from "./injected-fault.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";

/** What a rollout is replayed from. */
export interface RolloutSources {
  readonly rounds: JudgedRounds;
  readonly declarations: readonly FeatureDeclaration[];
  readonly candidate: DecidingModel;
  /** What runs today. */
  readonly champion: RuleList;
}

export interface OpenRollout {
  readonly cases: RolloutCases;
  /** Log-odds of the candidate, one a case. */
  readonly scores: Float64Array;
  /** The candidate's decisions; with a fault, on spoiled features. Undefined where the fault reaches no feature of the model. */
  decide(): CandidateDecisions;
  decide(fault: InjectedFault): CandidateDecisions | undefined;
  /** One decision about a case whose features are there, for timing. */
  serveCandidate(call: number): boolean;
  serveChampion(call: number): boolean;
}

/** Whole days, as the rounds were laid out. */
export interface RoundDays {
  readonly train: number;
  readonly delay: number;
  readonly test: number;
}

export function roundDays({ task: { time }, final }: JudgedRounds): RoundDays {
  const { trainFrom, trainUntil, testDay, test } = final;
  const learned = [dayNumber(time[trainFrom]), dayNumber(time[trainUntil - 1]) + 1];
  return {
    train: learned[1] - learned[0],
    delay: testDay - learned[1],
    test: dayNumber(time[test[test.length - 1]]) + 1 - testDay,
  };
}

/**
 * The day of the first step: the day after the test days, or so much later that nobody is served by the candidate before the last label
 * of the test days has arrived. `quiet` is how many seconds of shadow come first.
 */
export function startDay(testDay: number, { delay, test }: RoundDays, quiet: number): number {
  return testDay + test + Math.max(0, delay - Math.floor(quiet / DAY));
}

/** The cases from `start` to `until`, in seconds. Undefined where there are none. */
export function openRollout(sources: RolloutSources, start: number, until: number): OpenRollout | undefined {
  const { rounds, declarations, candidate, champion } = sources;
  const { task } = rounds;
  const days = roundDays(rounds);
  const rows = judgedRows(task, days, start, until);
  if (rows.length === 0) return undefined;
  const built = scoredFeatures(declarations, task, rows);
  const features = createTable(Object.fromEntries(built));
  const scorer = createTreesScorer(candidate.trees);
  const [unit, stakes] = [unitOf(task), stakesOf(task)];
  const declined = scoreRows({ model: "rules", rules: champion }, features);
  const cases: RolloutCases = {
    time: pickRows(task.time, rows),
    unit: rows.map((row) => unit.rows[row]),
    amount: stakes === null ? new Float64Array(rows.length) : pickRows(stakes, rows),
    positive: labelsOf(task, rows),
    declined: Uint8Array.from(declined, (score) => Number(score > 0)),
    units: unit.count,
    delay: days.delay * DAY,
  };
  const scores = scorer.margins(features);
  function decide(): CandidateDecisions;
  function decide(fault: InjectedFault): CandidateDecisions | undefined;
  function decide(fault?: InjectedFault): CandidateDecisions | undefined {
    if (fault === undefined) return decisionsOf(candidate, scores, cases.declined);
    const spoiled = spoil(features, declarations, candidate.trees, fault);
    return spoiled === undefined ? undefined : decisionsOf(candidate, scorer.margins(spoiled), cases.declined);
  }
  return { cases, scores, decide, ...openServing(candidate, champion, features, scorer) };
}

/** Cases from day to day whose unit had not left, by the protocol of the test days: each block of days like a round. */
function judgedRows(task: ScoredTask, days: RoundDays, start: number, until: number): Int32Array {
  const { time } = task;
  const last = Math.min(dayNumber(until - 1), dayNumber(time[time.length - 1]));
  const rows: number[] = [];
  for (let day = dayNumber(start); day <= last; day += days.test) {
    const round = lateLabelRound(task, day, { ...days, test: Math.min(days.test, last - day + 1) });
    for (const row of round.test) if (time[row] >= start && time[row] < until) rows.push(row);
  }
  return Int32Array.from(rows);
}

function decisionsOf(
  { calibration, threshold }: DecidingModel,
  scores: Float64Array,
  champion: Uint8Array,
): CandidateDecisions {
  const declined = new Uint8Array(scores.length);
  const failed = new Uint8Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    const probability = probabilityOf(calibration, scores[row]);
    failed[row] = Number(!Number.isFinite(probability));
    declined[row] = failed[row] === 1 ? champion[row] : Number(probability >= threshold);
  }
  return { declined, failed };
}

function spoil(
  features: Table,
  declarations: readonly FeatureDeclaration[],
  trees: TreesModel,
  fault: InjectedFault,
): Table | undefined {
  const changes = new Map(declarations.map((declaration) => [declaration.name, fault.spoil(declaration)]));
  if (!trees.features.some(({ name }) => changes.get(name) !== undefined)) return undefined;
  const column = (name: string): NumericColumn => {
    const change = changes.get(name);
    const values = numbers(features, name);
    return change === undefined ? values : Float64Array.from(values).map(change);
  };
  return createTable(Object.fromEntries([...features.columns.keys()].map((name) => [name, column(name)])));
}

/** Cases that are timed, over and over. */
const TIMED = 512;

function openServing(
  { trees, calibration, threshold }: DecidingModel,
  champion: RuleList,
  features: Table,
  scorer: TreesScorer,
): Pick<OpenRollout, "serveCandidate" | "serveChampion"> {
  const count = Math.min(TIMED, features.rows);
  const columns = trees.features.map(({ name }) => numbers(features, name));
  const rows = Array.from({ length: count }, (_, row) => Float64Array.from(columns, (column) => column[row]));
  const rules = unwrap(openRules(champion, [...features.columns.keys()]));
  const read = new Map(rules.features.map((name) => [name, numbers(features, name)]));
  return {
    serveCandidate: (call) => probabilityOf(calibration, scorer.margin(rows[call % count])) >= threshold,
    serveChampion: (call) => rules.score((name) => read.get(name)?.[call % count] ?? Number.NaN) > 0,
  };
}
