/** The protocol of a random quarter: 25 % of each person's ratings are looked for, several times with other seeds; validation is a quarter of the rest. */

import { dirname } from "node:path";
import { rankedTaskOf } from "../../kinds/recommendation/interactions.ts";
import { readMovielens } from "../../kinds/recommendation/movielens.ts";
import { splitStratified } from "../../steps/3-data/split/random.ts";
import { createRequests } from "../../steps/3-data/split/request-time.ts";
import { partCode } from "../../steps/3-data/split/split.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataWithin } from "../../steps/4-model/train/interaction-matrix.ts";
import { openDuckdb } from "../duckdb.ts";
import { createInputFiles } from "../input-files.ts";
import { checksumOfLines } from "./data-checksums.ts";
import { phaseOf } from "./given-split.ts";
import { tryRanked } from "./ranked-trial.ts";
import type { TableResult } from "./result.ts";
import type { PublishedTable } from "./table.ts";
import type { Workbench } from "./workbench.ts";

const TEST = 0.25;
/** Where the honest protocol cuts: a share of all ratings in the order of time. */
const CUT = 0.8;

export async function tryRandomQuarter(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const sql = await openDuckdb();
  const read = await readMovielens({ sql, files: createInputFiles() }, dirname(bench.path(table.data.ratings)));
  sql.close();
  const task = rankedTaskOf(read);
  const { unit, time, count } = task.events;
  bench.counted({ people: task.units, items: task.items.count, events: count });
  bench.summed(
    Object.fromEntries(Object.entries(table.data).map(([key, file]) => [key, checksumOfLines(bench.lines(file))])),
  );
  const cut = time[Math.floor(CUT * count)];
  const later = {
    task,
    training: trainingDataWithin(task, { until: cut }, DEFAULT_SIGNAL_WEIGHTS),
    requests: createRequests(task.events, task.units, {
      from: cut,
      relevant: { kind: "rating", atLeast: Number.NEGATIVE_INFINITY },
    }),
  };
  return tryRanked(name, table, bench, (seed) => {
    const random = bench.random(seed);
    const outer = splitStratified(unit, task.units, { test: TEST }, random.fork("test"));
    const isTrain = (row: number): boolean => outer.part[row] === partCode("train");
    const rest = Int32Array.from({ length: count }, (_, row) => row).filter(isTrain);
    const dealt = splitStratified(
      rest.map((row) => unit[row]),
      task.units,
      { test: TEST },
      random.fork("validation"),
    );
    const part = new Uint8Array(count).fill(partCode("unused"));
    rest.forEach((row, at) => {
      part[row] = dealt.part[at];
    });
    return {
      seed,
      data: { people: task.units, items: task.items.count, events: count },
      choose: phaseOf(task, { description: "a quarter of the training rows", part }),
      test: phaseOf(task, outer),
      claimsTuned: true,
      variants: [
        {
          name: "after a cut in time",
          says: "the same settings, learned before a cut at 80 % of the ratings and asked after it with half of what is new known: what a random split hides",
          isHonest: true,
          phase: later,
        },
      ],
    };
  });
}
