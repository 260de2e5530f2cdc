import { expect, it, vi } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { topK } from "../../../core/top-k.ts";
import { asShared } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import type { History, Recommender } from "../models/recommender.ts";
import { DEFAULT_SIGNAL_WEIGHTS } from "./interaction-matrix.ts";
import { rankedItems } from "./ranked-lists.ts";
import { rankRequests } from "./recommender-stage.ts";

const task = plantRanked(
  [0, 1, 1, 2].map((unit, time) => ({ time, unit, item: [3, 0, 4, 2][time] })),
  { items: 6 },
);
/** Each asks with what it did, and the last of them with nothing. */
const histories = [[0], [1, 2], [3], []];
const requests: StoredRequests = {
  count: 4,
  unit: Int32Array.of(0, 1, 2, 0),
  moment: new Float64Array(4).fill(9),
  history: asShared({ offsets: Int32Array.of(0, 1, 3, 4, 4), items: Int32Array.of(0, 1, 2, 3) }),
  relevant: { offsets: new Int32Array(5), items: new Int32Array(0) },
  seenBefore: new Uint8Array(4),
};

function model(score: (history: History) => Float32Array, isAlike: boolean): Recommender {
  const artefact = { model: "planted", meta: {}, arrays: {} };
  return { model: "planted", items: 6, score, ...(isAlike && { alike: true }), toArtefact: () => artefact };
}

it.each([
  ["once for all where it scores alike for everybody", true, () => Float32Array.of(1, 5, 2, 6, 3, 4), 1],
  [
    "for each by what it did where it does not",
    false,
    ({ indices }: History) => Float32Array.from({ length: 6 }, (_, item) => item * (indices.length - 1.5)),
    4,
  ],
])("asks the model %s, and lists what is not in the history", (_, isAlike, scoreOf, times) => {
  const score = vi.fn(scoreOf);
  const lists = rankRequests(model(score, isAlike), task, requests, DEFAULT_SIGNAL_WEIGHTS);
  expect(score).toHaveBeenCalledTimes(times);
  for (const [request, rows] of histories.entries()) {
    const indices = Int32Array.from(rows, (row) => task.events.item[row]).sort();
    const scores = scoreOf({ indices, values: new Float32Array(indices.length) });
    const expected = topK(scores, 6, indices);
    expect([...rankedItems(lists, request)]).toEqual([...expected]);
    expect([...lists.scores.subarray(lists.offsets[request], lists.offsets[request + 1])]).toEqual(
      [...expected].map((item) => scores[item]),
    );
  }
});
