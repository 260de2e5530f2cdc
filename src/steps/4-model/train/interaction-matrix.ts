/** The sparse matrix a recommender learns from, and the history a request folds in: events weighed by what they say. */

import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { EVENT_KINDS, type EventKind, type RankedTask } from "../../3-data/ranked-task.ts";
import { liesIn, type TrainingWindow } from "../../3-data/split/training-window.ts";
import type { History, PassingTrainingData, TrainingData } from "../models/recommender.ts";
import type { Examination } from "./examination.ts";
import { pairsOfUnits, startsByUnit, type UnitPairs } from "./pairs-of-units.ts";
import { createRow } from "./unit-row.ts";

/** Strength of each kind of event; 0 leaves it out. */
export type SignalWeights = { readonly [kind in EventKind]: number };

/** Every deed counts alike, and what was only shown says nothing. */
export const DEFAULT_SIGNAL_WEIGHTS: SignalWeights = { rating: 1, view: 1, click: 1, impression: 0 };

/** The weights of the note over the defaults; kinds it does not name keep theirs. */
export function signalWeights(written: Readonly<Record<string, number>> | undefined): SignalWeights {
  const weight = (kind: EventKind): number => written?.[kind] ?? DEFAULT_SIGNAL_WEIGHTS[kind];
  return { rating: weight("rating"), view: weight("view"), click: weight("click"), impression: weight("impression") };
}

/**
 * All that lies in the window, as it was known at its end. An item that a unit met several times counts once, with its strongest signal
 * and its latest time.
 */
export function trainingDataWithin(
  data: RankedTask,
  window: TrainingWindow,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  return trainingDataOf(data, liesIn(data.events, window), window.until, weights, examination);
}

/** What a model learns from the events that are kept, whenever they happened; `moment` is when it is trained. */
export function trainingDataOf(
  data: RankedTask,
  keeps: (event: number) => boolean,
  moment: number,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  const { units, items } = data;
  const says = saying(data, keeps, weights, examination);
  const interactions = emptyMatrix(units, items.count, says.most);
  const times = new Float64Array(says.most);
  let filled = 0;
  for (const { unit, ...pairs } of says.pairs()) {
    interactions.indices.set(pairs.items, filled);
    interactions.values.set(pairs.strengths, filled);
    times.set(pairs.times, filled);
    filled += pairs.items.length;
    interactions.indptr[unit + 1] = filled;
  }
  return {
    interactions: {
      ...interactions,
      indices: firstOf(interactions.indices, filled),
      values: firstOf(interactions.values, filled),
    },
    times: firstOf(times, filled),
    now: moment,
    attributes: items.vectors,
  };
}

/** The pairs of `trainingDataWithin` as they are put together. */
export function passingDataWithin(
  data: RankedTask,
  window: TrainingWindow,
  weights: SignalWeights,
  examination: Examination = null,
): PassingTrainingData {
  const { most, pairs } = saying(data, liesIn(data.events, window), weights, examination);
  return { units: data.units, items: data.items.count, most, now: window.until, pairs };
}

/** From so many on, the places that pairs of several events leave free cost less than a copy of all that are taken. */
const MANY = 2 ** 24;

function firstOf<T extends Int32Array | Float32Array | Float64Array>(column: T, count: number): T;
function firstOf(column: Int32Array | Float32Array | Float64Array, count: number) {
  return column.length < MANY ? column.slice(0, count) : column.subarray(0, count);
}

/** The kept events that say something, put together unit after unit. */
export interface SayingEvents {
  /** How many there are: no less than the pairs that they make. */
  readonly most: number;
  /** How many of them each item has, by the item's number plus one; the first is 0. */
  itemCounts(): Int32Array;
  /** Every unit once, in order. */
  pairs(): Generator<UnitPairs>;
}

export function saying(
  { events, units, items }: Pick<RankedTask, "events" | "units" | "items">,
  keeps: (event: number) => boolean,
  weights: SignalWeights,
  examination: Examination = null,
): SayingEvents {
  const strengthOf = eventStrength({ events }, weights, examination);
  const says = (event: number): boolean => (events.judged?.[event] === -1 || strengthOf(event) > 0) && keeps(event);
  const of = { events, units, says, strengthOf };
  const starts = startsByUnit(of);
  return {
    most: starts[units],
    itemCounts() {
      const counts = new Int32Array(items.count + 1);
      for (let event = 0; event < events.count; event++) if (says(event)) counts[events.item[event] + 1]++;
      return counts;
    },
    pairs: () => pairsOfUnits(of, starts),
  };
}

function emptyMatrix(rows: number, columns: number, entries: number): SparseMatrix {
  const indptr = new Int32Array(rows + 1);
  return { rows, columns, indptr, indices: new Int32Array(entries), values: new Float32Array(entries) };
}

/** A click at a place that few look at stands for many that were never made; beyond this factor its variance costs more than its bias. */
const MOST_WEIGHT = 10;

/** Strength of an event by row; clicks are weighed by the inverse propensity of being seen (Joachims et al. 2017). */
export function eventStrength(
  { events }: Pick<RankedTask, "events">,
  weights: SignalWeights,
  examination: Examination,
): (event: number) => number {
  const strengthOf = plainStrength(events, weights);
  const { position } = events;
  if (examination === null || position === undefined) return strengthOf;
  const click = EVENT_KINDS.indexOf("click");
  const inverse = Array.from(examination, (probability) => Math.min(MOST_WEIGHT, 1 / probability));
  return (event) => {
    const weight = strengthOf(event);
    const place = position[event];
    if (events.kind[event] !== click || place === 0) return weight;
    return weight * (place <= inverse.length ? inverse[place - 1] : MOST_WEIGHT);
  };
}

/** As the note has judged the event; by its kind alone where events were not judged. */
function plainStrength({ kind, strength }: RankedTask["events"], weights: SignalWeights): (event: number) => number {
  if (strength !== undefined) return (event) => strength[event];
  const byKind = EVENT_KINDS.map((one) => weights[one]);
  return (event) => byKind[kind[event]] ?? 1;
}

/**
 * The history of a request from the rows of its events: each item once with its strongest signal and its latest time; what was unwanted later
 * is out. Made once for many requests.
 */
export function createHistories(
  { events, items }: Pick<RankedTask, "events" | "items">,
  weights: SignalWeights,
): (rows: ArrayLike<number>) => History {
  const strengthOf = plainStrength(events, weights);
  const row = createRow(items.count);
  return (rows) => {
    for (let at = 0; at < rows.length; at++) {
      const event = rows[at];
      const item = events.item[event];
      if (events.judged?.[event] === -1) row.remove(item);
      const strength = strengthOf(event);
      if (strength > 0) row.add(item, strength, events.time[event]);
    }
    const indices = row.items().slice();
    const values = new Float32Array(indices.length);
    const times = new Float64Array(indices.length);
    for (let at = 0; at < indices.length; at++) {
      values[at] = row.strength(indices[at]);
      times[at] = row.time(indices[at]);
    }
    row.clear();
    return { indices, values, times };
  };
}
