/** A simulated contest: fraud rings that change their tactic when they are declined, against a model kept up in one of several ways. No part of it was measured on people. */

import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { createTable, type Table } from "../../../core/table.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { createTreesScorer, type TreesScorer } from "../../4-model/models/trees-scorer.ts";
import { averagePrecision } from "../../5-evaluate/metrics/average-precision.ts";
import { quantileOf } from "../../5-evaluate/protocols/bootstrap.ts";
import { createPageHinkley } from "../drift/page-hinkley.ts";
import { createRings, type Rings, TACTIC } from "./fraud-rings.ts";

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
  /** Days from each change of tactic to the next alarm of the quality watch; only those that an alarm followed. */
  readonly detect: readonly number[];
  /** Models that were put in place after the first. */
  readonly deployed: number;
}

/** Training looks at so many days of labels. */
const TRAIN_DAYS = 28;
const WEEK = 7;
/** Share of payments that are declined: the threshold is moved with the scores of the last week. */
const DECLINED = 0.03;
const USUAL_AMOUNT = 50;

/** One day of payments. */
interface Day {
  readonly features: Table;
  readonly labels: Uint8Array;
  readonly amounts: Float64Array;
  /** The ring of each fraud, -1 for an honest payment. */
  readonly ring: Int8Array;
}

/** Plays the contest. The same random gives the same honest payments and the same first tactics under every policy. */
export async function playArena(policy: RetrainingPolicy, options: ArenaOptions, random: Random): Promise<ArenaRun> {
  const { days: length = 140, payments = 400, delay = 7 } = options;
  const rings = createRings(random.fork("rings"));
  const history: Day[] = [];
  const first = TRAIN_DAYS + delay;
  for (let day = 0; day < first; day++) history.push(drawDay(day, payments, rings, random));
  let model = await learn(history, first - delay, random);
  let week = history.slice(-WEEK).map(({ features }) => model.margins(features));
  let deployed = 0;
  const watch = createPageHinkley({ delta: 0.05, threshold: 4, minimum: 10 });
  const missed: boolean[][] = [];
  const lost = new Float64Array(length);
  const alarms: number[] = [];
  for (let day = first; day < first + length; day++) {
    const today = drawDay(day, payments, rings, random);
    const scores = model.margins(today.features);
    const declined = decline(week, scores);
    week = [...week.slice(1), scores];
    const outcome = rings.observe(day - first, today.ring, declined);
    for (let row = 0; row < declined.length; row++)
      if (today.labels[row] === 1 && declined[row] === 0) lost[day - first] += today.amounts[row];
    history.push(today);
    missed.push(outcome);
    const arriving = missed[day - first - delay] ?? [];
    const alarm = arriving.map((isMissed) => watch.update(Number(isMissed))).some((rang) => rang);
    if (alarm) alarms.push(day - first);
    const isWeek = (day - first + 1) % WEEK === 0;
    const learns = policy === "drift-triggered" ? alarm : policy !== "static" && isWeek;
    if (!learns) continue;
    const until = history.length - delay;
    // A challenger leaves out the newest labelled week, on which the two are compared; it is then trained with that week.
    if (policy === "champion-challenger" && !(await wins(history, until, model, random))) continue;
    model = await learn(history, until, random);
    week = history.slice(-WEEK).map(({ features }) => model.margins(features));
    deployed++;
  }
  const { changes, recover } = rings.report(length);
  const detect = changes.flatMap((change) => {
    const alarm = alarms.find((day) => day >= change);
    return alarm === undefined ? [] : [alarm - change];
  });
  return { lost, recover, detect, deployed };
}

/** Honest payments and those of the rings, features in the order of `TACTIC`. */
function drawDay(day: number, payments: number, rings: Rings, random: Random): Day {
  const draw = random.fork(`day ${day}`);
  const rows: { readonly features: readonly number[]; readonly ring: number }[] = [];
  for (let i = 0; i < payments; i++) {
    const [amount, hour] = [0.5 * draw.normal(), (((13 + 5 * draw.normal()) % 24) + 24) % 24];
    rows.push({ features: [amount, hour, draw.exponential(), draw.poisson(1.5)], ring: -1 });
  }
  for (const { ring, features } of rings.attempts(draw)) rows.push({ features, ring });
  return {
    features: createTable(
      Object.fromEntries(TACTIC.map(({ name }, at) => [name, Float64Array.from(rows, ({ features }) => features[at])])),
    ),
    labels: Uint8Array.from(rows, ({ ring }) => Number(ring >= 0)),
    amounts: Float64Array.from(rows, ({ features }) => USUAL_AMOUNT * Math.exp(features[0])),
    ring: Int8Array.from(rows, ({ ring }) => ring),
  };
}

async function learn(history: readonly Day[], until: number, random: Random): Promise<TreesScorer> {
  const days = history.slice(Math.max(0, until - TRAIN_DAYS), until);
  const labels = Uint8Array.from(days.flatMap((day) => [...day.labels]));
  const options = { objective: "log-loss", trees: 30, leaves: 8, learningRate: 0.15, l2: 5 } as const;
  const trained = unwrap(
    await trainTrees({ features: stack(days), labels }, options, { random: random.fork(`fit ${until}`) }),
  );
  return createTreesScorer(trained.model);
}

function stack(days: readonly Day[]): Table {
  const columns = TACTIC.map(({ name }) => {
    const parts = days.flatMap(({ features }) => Array.from(features.columns.get(name) ?? [], Number));
    return [name, Float64Array.from(parts)] as const;
  });
  return createTable(Object.fromEntries(columns));
}

/** 1 for the payments whose score is among the highest of the last week's. */
function decline(week: readonly Float64Array[], scores: Float64Array): Uint8Array {
  const sorted = Float64Array.from(week.flatMap((day) => [...day])).sort();
  const threshold = quantileOf(sorted, 1 - DECLINED);
  return Uint8Array.from(scores, (score) => Number(score > threshold));
}

async function wins(history: readonly Day[], until: number, champion: TreesScorer, random: Random): Promise<boolean> {
  const week = history.slice(until - WEEK, until);
  const labels = Uint8Array.from(week.flatMap((day) => [...day.labels]));
  const challenger = await learn(history, until - WEEK, random.fork("challenger"));
  const value = (model: TreesScorer): number => averagePrecision(labels, model.margins(stack(week)));
  return value(challenger) > value(champion);
}
