/** What a setting is worth on some requests of a window: the model is trained on all that was known at the cut, and the values are kept. */

import { createHash } from "node:crypto";
import { joinLists, listAt } from "../../steps/3-data/row-lists.ts";
import type { StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { storedFloat64, storedInt32 } from "../../steps/3-data/stored-columns.ts";
import { rankAsked, trainerOf, trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import type { TrainedSubject } from "../../steps/4-model/train/two-stage-plan.ts";
import { type MeasuredLists, measureLists, WHOLE } from "../../steps/5-evaluate/protocols/measure-lists.ts";
import { chanceOf } from "../../system/pipeline.ts";
import { stageResult } from "../../system/stage.ts";
import { resultVersion } from "../code-version.ts";
import type { Data, Tools, Window } from "./tuned-data.ts";

/**
 * Values of some requests of a window, kept: by the model that learned from what was known at the window's cut, which is the one that a run of
 * the note with this subject and choice trains, to the bit.
 */
export async function measured(
  { subject, choice }: TrainedSubject,
  { name, from, cut, requests }: Window,
  chosen: Int32Array,
  { task, weights, examination, metric, key, environment, store, seed }: Data & Tools,
): Promise<MeasuredLists> {
  const asked = JSON.stringify([
    "tune",
    key,
    subject,
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
  const random = chanceOf(seed, trainingStageName(subject));
  const train = trainerOf(choice, { task, weights, examination }, { environment, random });
  const model = await train({ from, until: cut });
  const some = pick(requests, chosen);
  const lists = await rankAsked(model, { task, weights }, some, environment);
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
