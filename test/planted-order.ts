/** Histories with an order planted in them: every item has one successor, and units walk along from random starts. */

import { createRandom } from "../src/core/random.ts";
import { sparseFromEntries } from "../src/core/sparse-matrix.ts";
import type { History, TrainingData } from "../src/steps/4-model/models/recommender.ts";

export const PLANTED_ITEMS = 24;

/** The items are numbered so that neighbours in the walk are not neighbours by number. */
const placeOf = (item: number): number => (item * 7) % PLANTED_ITEMS;
const itemAt = (place: number): number =>
  Array.from({ length: PLANTED_ITEMS }, (_, item) => item).find((item) => placeOf(item) === place % PLANTED_ITEMS) ?? 0;

/** What comes after an item in the walk. */
export function successor(item: number): number {
  return itemAt(placeOf(item) + 1);
}

/** 120 walks of six items, at moments that `momentOf` makes of the place in the walk. */
export function plantedOrder(momentOf: (place: number, unit: number) => number): TrainingData {
  const random = createRandom(3);
  const [rows, columns, moments]: [number[], number[], number[]] = [[], [], []];
  for (let unit = 0; unit < 120; unit++) {
    let item = random.below(PLANTED_ITEMS);
    for (let place = 0; place < 6; place++) {
      rows.push(unit);
      columns.push(item);
      moments.push(momentOf(place, unit));
      item = successor(item);
    }
  }
  const interactions = sparseFromEntries(120, PLANTED_ITEMS, rows, columns, new Array(rows.length).fill(1));
  const times = sparseFromEntries(
    120,
    PLANTED_ITEMS,
    rows,
    columns,
    moments.map((moment) => moment + 1),
  );
  return { interactions, times: Float64Array.from(times.values, (value) => value - 1) };
}

/** A history of three steps of the walk up to `item`, in their order of time or all at one moment. */
export function walkTo(item: number, inOrder = true): History {
  const walked = Array.from({ length: PLANTED_ITEMS }, (_, one) => one).flatMap((one) => {
    if (one === item) return [{ one, time: 3 }];
    if (successor(one) === item) return [{ one, time: 2 }];
    return successor(successor(one)) === item ? [{ one, time: 1 }] : [];
  });
  return {
    indices: Int32Array.from(walked, ({ one }) => one),
    values: new Float32Array(walked.length).fill(1),
    times: Float64Array.from(walked, ({ time }) => (inOrder ? time : 1)),
  };
}

/** The share of items for which the best unseen item after a walk to them is the one that comes next. */
export function shareFound(score: (history: History) => Float32Array, inOrder = true): number {
  let found = 0;
  for (let item = 0; item < PLANTED_ITEMS; item++) {
    const history = walkTo(item, inOrder);
    const scores = score(history);
    for (const seen of history.indices) scores[seen] = Number.NEGATIVE_INFINITY;
    if (scores.indexOf(Math.max(...scores)) === successor(item)) found++;
  }
  return found / PLANTED_ITEMS;
}
