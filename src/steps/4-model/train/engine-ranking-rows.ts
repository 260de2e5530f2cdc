/** Ranking rows whose declared features an engine elsewhere computes, all sets in one query; some of them are computed here too. */

import type { Random } from "../../../core/random.ts";
import type { Progress, SqlEngine } from "../../../system/environment.ts";
import { buildFeatures } from "../../3-data/features/build-features.ts";
import { engineDiffers } from "../../3-data/features/engine-differs.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { planFeatures } from "../../3-data/features/feature-plan.ts";
import { engineFeatures } from "../../3-data/features/query-features.ts";
import { pairRequests, rankedStream } from "../../3-data/features/ranked-stream.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { askedBy, chooseRows, type RankingRows, type RankingSet, type RowSampling, rowsWith } from "./ranking-rows.ts";

/** A set of requests, and which of its rows are wanted; all where nothing is sampled. */
export interface WantedRows {
  readonly set: RankingSet;
  readonly sampling?: RowSampling;
}

export interface EngineAccess {
  readonly engine: SqlEngine;
  readonly random: Random;
  readonly progress: Progress;
}

/** Rows that are computed here too. */
const SAMPLE = 1000;

/** The rows of each set, as `rankingRows` gives them to the last bit. Throws a `FailureError` where the engine gives anything else. */
export async function engineRankingRows(
  wanted: readonly WantedRows[],
  task: RankedTask,
  declarations: readonly FeatureDeclaration[],
  { engine, random, progress }: EngineAccess,
): Promise<{ readonly rows: readonly RankingRows[]; readonly checked: number }> {
  const chosen = wanted.map(({ set, sampling }) => chooseRows(set, sampling));
  const asked = chosen.map((rows, at) => askedBy(wanted[at].set, rows));
  const count = chosen.reduce((sum, { item }) => sum + item.length, 0);
  const all = { unit: new Int32Array(count), item: new Int32Array(count), moment: new Float64Array(count) };
  const starts: number[] = [];
  let start = 0;
  for (const one of asked) {
    all.unit.set(one.unit, start);
    all.item.set(one.item, start);
    all.moment.set(one.moment, start);
    starts.push(start);
    start += one.item.length;
  }
  const stream = rankedStream(task);
  const requests = pairRequests(all.unit, all.item, all.moment, task);
  const declared = await engineFeatures(engine, declarations, stream, requests, progress);
  const sample = Int32Array.from({ length: Math.min(SAMPLE, count) }, () => random.below(count)).sort();
  const here = buildFeatures(
    planFeatures(declarations, stream),
    stream,
    pairRequests(
      sample.map((row) => all.unit[row]),
      sample.map((row) => all.item[row]),
      Float64Array.from(sample, (row) => all.moment[row]),
      task,
    ),
  );
  for (const [name, column] of here) {
    const there = declared.get(name);
    sample.forEach((row, at) => {
      const [one, other] = [column[at], there?.[row] ?? Number.NaN];
      // 0 and -0 are one value.
      if (one === other || (Number.isNaN(one) && Number.isNaN(other))) return;
      engineDiffers(engine.name, `\`${name}\` of row ${row} is ${other} there and ${one} here`);
    });
  }
  const rows = chosen.map((one, at) => {
    const part = (column: Float64Array): Float64Array => column.slice(starts[at], starts[at] + one.item.length);
    const columns = new Map([...declared].map(([name, column]) => [name, part(column)]));
    return rowsWith(wanted[at].set, task, one, columns);
  });
  return { rows, checked: sample.length };
}
