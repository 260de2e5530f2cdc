/** What a setting is worth on some requests of a window: the model is trained on all that was known at the cut, and the values are kept. */

import { createHash } from "node:crypto";
import { createRandom } from "../../core/random.ts";
import { joinLists, listAt, sharedListAt } from "../../steps/3-data/row-lists.ts";
import type { StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { storedFloat64, storedInt32 } from "../../steps/3-data/stored-columns.ts";
import { openRecommender, type RecommenderChoice } from "../../steps/4-model/models/recommenders.ts";
import { createHistories, trainingDataWithin } from "../../steps/4-model/train/interaction-matrix.ts";
import { rankAll } from "../../steps/4-model/train/ranked-lists.ts";
import { LIST_DEPTH } from "../../steps/4-model/train/recommender-stage.ts";
import { type MeasuredLists, measureLists, WHOLE } from "../../steps/5-evaluate/protocols/measure-lists.ts";
import { stageResult } from "../../system/stage.ts";
import { resultVersion } from "../code-version.ts";
import type { Data, Tools, Window } from "./tuned-data.ts";

/** Values of some requests of a window, kept: by the model that learned from what was known at the window's cut. */
export async function measured(
  choice: RecommenderChoice,
  { name, from, cut, requests }: Window,
  chosen: Int32Array,
  { task, weights, examination, metric, key, environment, store, seed }: Data & Tools,
): Promise<MeasuredLists> {
  const asked = JSON.stringify([
    "tune",
    key,
    choice.name,
    choice.settings,
    name,
    [...chosen],
    metric.name,
    seed,
    resultVersion(),
  ]);
  const id = createHash("sha256").update(asked).digest("hex");
  const known = await store.read(id);
  if (known !== undefined)
    return {
      units: storedInt32(known.arrays, "units"),
      values: new Map([[metric.name, storedFloat64(known.arrays, "values")]]),
    };
  const model = await openRecommender(choice).fit(
    trainingDataWithin(task, { from, until: cut }, weights, examination),
    {
      random: createRandom(seed).fork(`at ${cut}`),
      pool: environment.pool,
    },
  );
  const some = pick(requests, chosen);
  const historyOf = createHistories(task, weights);
  const histories = Array.from({ length: some.count }, (_, at) => historyOf(sharedListAt(some.history, at)));
  const depth = Number.isFinite(metric.k) ? metric.k : LIST_DEPTH;
  const lists = rankAll(
    some.count,
    depth,
    (at) => model.score(histories[at]),
    (at) => histories[at].indices,
  );
  const result = measureLists(some, lists, [metric], WHOLE);
  const values = result.values.get(metric.name) ?? new Float64Array(0);
  await store.write(id, stageResult({ arrays: { units: result.units, values } }));
  return result;
}

function pick(requests: StoredRequests, chosen: Int32Array): StoredRequests {
  const { grades, relevant, history } = requests;
  const gradesOf = (at: number): readonly number[] => [
    ...(grades?.subarray(relevant.offsets[at], relevant.offsets[at + 1]) ?? []),
  ];
  return {
    count: chosen.length,
    unit: chosen.map((at) => requests.unit[at]),
    moment: Float64Array.from(chosen, (at) => requests.moment[at]),
    history: {
      from: chosen.map((at) => history.from[at]),
      until: chosen.map((at) => history.until[at]),
      items: history.items,
    },
    relevant: joinLists(Array.from(chosen, (at) => listAt(relevant, at))),
    ...(grades === undefined ? {} : { grades: Float64Array.from([...chosen].flatMap(gradesOf)) }),
    seenBefore: Uint8Array.from(chosen, (at) => requests.seenBefore[at]),
  };
}
