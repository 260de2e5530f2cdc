/** The sparse matrix a recommender learns from, and the history a request folds in: events weighed by what they say. */

import type { SparseMatrix } from "../../../core/sparse-matrix.ts";
import { EVENT_KINDS, type EventKind, type RankedTask } from "../../3-data/ranked-task.ts";
import type { History, TrainingData } from "../models/recommender.ts";
import type { Examination } from "./examination.ts";

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
 * All that was known strictly before `moment`. An item that a unit met several times counts once, with its strongest signal
 * and its latest time.
 */
export function trainingDataBefore(
  data: RankedTask,
  moment: number,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  return trainingDataOf(data, (event) => data.events.time[event] < moment, moment, weights, examination);
}

/** What a model learns from the events that are kept, whenever they happened; `moment` is when it is trained. */
export function trainingDataOf(
  data: RankedTask,
  keeps: (event: number) => boolean,
  moment: number,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  const { events, units, items } = data;
  const strengthOf = eventStrength(data, weights, examination);
  const rows: Map<number, { strength: number; time: number }>[] = Array.from({ length: units }, () => new Map());
  for (let i = 0; i < events.count; i++) {
    const isUnwanted = events.judged?.[i] === -1;
    const weight = strengthOf(i);
    if ((weight <= 0 && !isUnwanted) || !keeps(i)) continue;
    const row = rows[events.unit[i]];
    if (isUnwanted) {
      row.delete(events.item[i]);
      continue;
    }
    const known = row.get(events.item[i]);
    row.set(events.item[i], { strength: Math.max(weight, known?.strength ?? 0), time: events.time[i] });
  }
  const { interactions, times } = fromRows(rows, items.count);
  return { interactions, times, now: moment, attributes: items.vectors };
}

/** A click at a place that few look at stands for many that were never made; beyond this factor its variance costs more than its bias. */
const MOST_WEIGHT = 10;

/** Strength of an event by row; clicks are weighed by the inverse propensity of being seen (Joachims et al. 2017). */
function eventStrength(
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

function fromRows(
  rows: readonly ReadonlyMap<number, { readonly strength: number; readonly time: number }>[],
  columns: number,
): { interactions: SparseMatrix; times: Float64Array } {
  const indptr = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = indptr[i] + row.size;
  });
  const count = indptr[rows.length];
  const indices = new Int32Array(count);
  const values = new Float32Array(count);
  const times = new Float64Array(count);
  rows.forEach((row, i) => {
    const entries = [...row].sort(([a], [b]) => a - b);
    entries.forEach(([item, { strength, time }], j) => {
      indices[indptr[i] + j] = item;
      values[indptr[i] + j] = strength;
      times[indptr[i] + j] = time;
    });
  });
  return { interactions: { rows: rows.length, columns, indptr, indices, values }, times };
}

/** The history of a request: the items of these event rows, each once with its strongest signal and its latest time; what was unwanted later is out. */
export function historyOf(
  { events }: Pick<RankedTask, "events">,
  rows: ArrayLike<number>,
  weights: SignalWeights,
): History {
  const known = new Map<number, { strength: number; time: number }>();
  const strengthOf = plainStrength(events, weights);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const weight = strengthOf(row);
    if (events.judged?.[row] === -1) known.delete(events.item[row]);
    if (weight <= 0) continue;
    const strength = Math.max(weight, known.get(events.item[row])?.strength ?? 0);
    known.set(events.item[row], { strength, time: events.time[row] });
  }
  const entries = [...known].sort(([a], [b]) => a - b);
  return {
    indices: Int32Array.from(entries, ([item]) => item),
    values: Float32Array.from(entries, ([, { strength }]) => strength),
    times: Float64Array.from(entries, ([, { time }]) => time),
  };
}
