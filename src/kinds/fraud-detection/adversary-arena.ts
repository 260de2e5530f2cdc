/** A simulated contest: fraud rings that change their tactic when they are declined, against a model kept up in one of several ways. No part of it was measured on people. */

import { unwrap } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { createTable, type Table } from "../../core/table.ts";
import { trainTrees } from "../../steps/4-model/models/gradient-boosted-trees.ts";
import { createTreesScorer, type TreesScorer } from "../../steps/4-model/models/trees-scorer.ts";
import { averagePrecision } from "../../steps/5-evaluate/metrics/average-precision.ts";
import { quantileOf } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import { createPageHinkley } from "../../steps/7-monitor/drift/page-hinkley.ts";
import { ATTEMPTS_A_DAY, createRings, type Rings, TACTIC } from "./fraud-rings.ts";

/** How the model is kept up. */
export const RETRAINING_POLICIES = ["static", "weekly", "drift-triggered", "champion-challenger"] as const;
export type RetrainingPolicy = (typeof RETRAINING_POLICIES)[number];

export interface ArenaOptions {
  /** Days that the contest lasts after the first model; default 140. */
  readonly days?: number;
  /** Honest payments a day; default 400. */
  readonly payments?: number;
  /** Days until a label is known; default 7. */
  readonly delay?: number;
}

export interface ArenaRun {
  /** Money lost to fraud that got through, each day. */
  readonly lost: Float64Array;
  /** Days from each change of tactic until half of the ring's payments of a day were declined; those never caught last until the end. */
  readonly recover: readonly number[];
  /** Days from each change of tactic to the alarm of the quality watch on labels of that time; only of changes that had one. */
  readonly detect: readonly number[];
  /** Changes of tactic, of all rings. */
  readonly changes: number;
  /** Models that were put in place after the first. */
  readonly deployed: number;
}

/** Training looks at so many days of labels. */
const TRAIN_DAYS = 28;
const WEEK = 7;
/** Share of payments that are declined: the threshold is moved with the scores of the last week. */
const DECLINED = 0.03;
const USUAL_AMOUNT = 50;

/** All payments of the contest in the order of days, each day as long as the next. */
interface Ledger {
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
  readonly amounts: Float64Array;
  /** The ring of each fraud, -1 for an honest payment. */
  readonly ring: Int8Array;
  /** Scores of the model in place: those of the last week follow each new model. */
  readonly scores: Float64Array;
  /** Rows of one day. */
  readonly size: number;
}

/** Plays the contest. The same random gives the same honest payments and the same first tactics under every policy. */
export async function playArena(policy: RetrainingPolicy, options: ArenaOptions, random: Random): Promise<ArenaRun> {
  const { days: length = 140, payments = 400, delay = 7 } = options;
  const rings = createRings(random.fork("rings"));
  const first = TRAIN_DAYS + delay;
  const ledger = openLedger(first + length, payments + ATTEMPTS_A_DAY);
  for (let day = 0; day < first; day++) drawDay(ledger, day, rings, random);
  let model = await learn(ledger, first - delay, random);
  score(ledger, first - WEEK, first, model);
  let deployed = 0;
  const watch = createPageHinkley({ delta: 0.05, threshold: 4, minimum: 10 });
  const missed: boolean[][] = [];
  const lost = new Float64Array(length);
  const alarms: number[] = [];
  for (let day = first; day < first + length; day++) {
    drawDay(ledger, day, rings, random);
    score(ledger, day, day + 1, model);
    const declined = decline(ledger, day);
    const [from, until] = rowsOf(ledger, day, day + 1);
    missed.push(rings.observe(day - first, ledger.ring.subarray(from, until), declined));
    for (let row = from; row < until; row++)
      if (ledger.labels[row] === 1 && declined[row - from] === 0) lost[day - first] += ledger.amounts[row];
    const arriving = missed[day - first - delay] ?? [];
    const alarm = arriving.map((isMissed) => watch.update(Number(isMissed))).some((rang) => rang);
    if (alarm) alarms.push(day - first);
    const isWeek = (day - first + 1) % WEEK === 0;
    const learns = policy === "drift-triggered" ? alarm : policy !== "static" && isWeek;
    if (!learns) continue;
    const known = day + 1 - delay;
    // A challenger leaves out the newest labelled week, on which the two are compared; it is then trained with that week.
    if (policy === "champion-challenger" && !(await wins(ledger, known, model, random))) continue;
    model = await learn(ledger, known, random);
    score(ledger, day + 1 - WEEK, day + 1, model);
    deployed++;
  }
  const { changes, recover } = rings.report(length);
  // Labels of a tactic's days arrive `delay` days after them: an earlier alarm speaks of the tactic before.
  const detect = changes.flatMap(({ from, until }) => {
    const alarm = alarms.find((day) => day >= from + delay && day < until + delay);
    return alarm === undefined ? [] : [alarm - from];
  });
  return { lost, recover, detect, changes: changes.length, deployed };
}

function openLedger(days: number, size: number): Ledger {
  const rows = days * size;
  return {
    columns: TACTIC.map(() => new Float64Array(rows)),
    labels: new Uint8Array(rows),
    amounts: new Float64Array(rows),
    ring: new Int8Array(rows).fill(-1),
    scores: new Float64Array(rows),
    size,
  };
}

/** Rows of the days from one on until another. */
function rowsOf({ size }: Ledger, fromDay: number, untilDay: number): readonly [number, number] {
  return [fromDay * size, untilDay * size];
}

/** Honest payments, then those of the rings. */
function drawDay(ledger: Ledger, day: number, rings: Rings, random: Random): void {
  const { columns, labels, amounts, ring } = ledger;
  const draw = random.fork(`day ${day}`);
  const [from, until] = rowsOf(ledger, day, day + 1);
  const [amount, hour, distance, velocity] = columns;
  let row = from;
  for (; row < until - ATTEMPTS_A_DAY; row++) {
    amount[row] = 0.5 * draw.normal();
    hour[row] = (((13 + 5 * draw.normal()) % 24) + 24) % 24;
    distance[row] = draw.exponential();
    velocity[row] = draw.poisson(1.5);
  }
  for (const attempt of rings.attempts(draw)) {
    for (const [at, column] of columns.entries()) column[row] = attempt.features[at];
    labels[row] = 1;
    ring[row++] = attempt.ring;
  }
  for (row = from; row < until; row++) amounts[row] = USUAL_AMOUNT * Math.exp(amount[row]);
}

async function learn(ledger: Ledger, untilDay: number, random: Random): Promise<TreesScorer> {
  const [from, until] = rowsOf(ledger, Math.max(0, untilDay - TRAIN_DAYS), untilDay);
  const options = { objective: "log-loss", trees: 30, leaves: 8, learningRate: 0.15, l2: 5 } as const;
  const rows = { features: featuresOf(ledger, from, until), labels: ledger.labels.subarray(from, until) };
  const trained = unwrap(await trainTrees(rows, options, { random: random.fork(`fit ${untilDay}`) }));
  return createTreesScorer(trained.model);
}

function featuresOf({ columns }: Ledger, from: number, until: number): Table {
  return createTable(Object.fromEntries(TACTIC.map(({ name }, at) => [name, columns[at].subarray(from, until)])));
}

function score(ledger: Ledger, fromDay: number, untilDay: number, model: TreesScorer): void {
  const [from, until] = rowsOf(ledger, fromDay, untilDay);
  ledger.scores.set(model.margins(featuresOf(ledger, from, until)), from);
}

/** 1 for the day's payments whose score is among the highest of the week before. */
function decline(ledger: Ledger, day: number): Uint8Array {
  const [from, until] = rowsOf(ledger, day, day + 1);
  const threshold = quantileOf(ledger.scores.slice(from - WEEK * ledger.size, from).sort(), 1 - DECLINED);
  return Uint8Array.from(ledger.scores.subarray(from, until), (one) => Number(one > threshold));
}

async function wins(ledger: Ledger, untilDay: number, champion: TreesScorer, random: Random): Promise<boolean> {
  const [from, until] = rowsOf(ledger, untilDay - WEEK, untilDay);
  const week = featuresOf(ledger, from, until);
  const labels = ledger.labels.subarray(from, until);
  const challenger = await learn(ledger, untilDay - WEEK, random.fork("challenger"));
  return averagePrecision(labels, challenger.margins(week)) > averagePrecision(labels, champion.margins(week));
}
