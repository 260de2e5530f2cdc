/** The sparse matrix a recommender learns from, and the history a request folds in: events weighed by what they say. */

import { DAY } from "../../../core/day.ts";
import type { SparseMatrix, SparseRow } from "../../../core/sparse-matrix.ts";
import { EVENT_KINDS, type EventKind, type Interactions } from "../../../kinds/recommendation/interactions.ts";
import type { TitleAttributes, TrainingData } from "../models/recommender.ts";

/** Strength of each kind of event; 0 leaves it out. */
export type SignalWeights = { readonly [kind in EventKind]: number };

/** Every deed counts alike, and what was only shown says nothing. */
export const DEFAULT_SIGNAL_WEIGHTS: SignalWeights = { rating: 1, view: 1, click: 1, impression: 0 };

/** The weights of the note over the defaults; kinds it does not name keep theirs. */
export function signalWeights(written: Readonly<Record<string, number>> | undefined): SignalWeights {
  const weight = (kind: EventKind): number => written?.[kind] ?? DEFAULT_SIGNAL_WEIGHTS[kind];
  return { rating: weight("rating"), view: weight("view"), click: weight("click"), impression: weight("impression") };
}

/** Examination by place, from place 1: what the strength of a click is divided by. Null leaves clicks as they are. */
export type Examination = Float64Array | null;

/**
 * All that was known strictly before `moment`. A title that a member met several times counts once, with its strongest signal
 * and its latest time.
 */
export function trainingDataBefore(
  data: Interactions,
  moment: number,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  return trainingDataOf(data, (event) => data.events.time[event] < moment, moment, weights, examination);
}

/** What a model learns from the events that are kept, whenever they happened; `moment` is when it is trained. */
export function trainingDataOf(
  data: Interactions,
  keeps: (event: number) => boolean,
  moment: number,
  weights: SignalWeights,
  examination: Examination = null,
): TrainingData {
  const { events, members, titles } = data;
  const strengthOf = eventStrength(data, weights, examination);
  const rows: Map<number, { strength: number; time: number }>[] = Array.from(
    { length: members.count },
    () => new Map(),
  );
  for (let i = 0; i < events.count; i++) {
    const isUnwanted = events.judged?.[i] === -1;
    const weight = strengthOf(i);
    if ((weight <= 0 && !isUnwanted) || !keeps(i)) continue;
    const row = rows[events.member[i]];
    if (isUnwanted) {
      row.delete(events.title[i]);
      continue;
    }
    const known = row.get(events.title[i]);
    row.set(events.title[i], { strength: Math.max(weight, known?.strength ?? 0), time: events.time[i] });
  }
  const { interactions, times } = fromRows(rows, titles.count);
  return { interactions, times, now: moment, attributes: titleAttributes(data) };
}

/** A click at a place that few look at stands for many that were never made; beyond this factor its variance costs more than its bias. */
const MOST_WEIGHT = 10;

/** Strength of an event by row; clicks are weighed by the inverse propensity of being seen (Joachims et al. 2017). */
function eventStrength(
  { events }: Interactions,
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
function plainStrength({ kind, strength }: Interactions["events"], weights: SignalWeights): (event: number) => number {
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
    entries.forEach(([title, { strength, time }], j) => {
      indices[indptr[i] + j] = title;
      values[indptr[i] + j] = strength;
      times[indptr[i] + j] = time;
    });
  });
  return { interactions: { rows: rows.length, columns, indptr, indices, values }, times };
}

/** The history of a request: the titles of these event rows, each once with its strongest signal; what was unwanted later is out. */
export function historyOf({ events }: Interactions, rows: ArrayLike<number>, weights: SignalWeights): SparseRow {
  const strongest = new Map<number, number>();
  const strengthOf = plainStrength(events, weights);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const weight = strengthOf(row);
    if (events.judged?.[row] === -1) strongest.delete(events.title[row]);
    if (weight > 0) strongest.set(events.title[row], Math.max(weight, strongest.get(events.title[row]) ?? 0));
  }
  const entries = [...strongest].sort(([a], [b]) => a - b);
  return {
    indices: Int32Array.from(entries, ([title]) => title),
    values: Float32Array.from(entries, ([, weight]) => weight),
  };
}

const SECONDS_PER_DECADE = 10 * 365.25 * DAY;

/** Genre flags of unit length, and the decade of release where it is known: what content-based scoring compares. */
export function titleAttributes({ titles }: Interactions): TitleAttributes {
  const { genres, released, count } = titles;
  const decades = Array.from(released, (time) =>
    Number.isNaN(time) ? undefined : Math.floor(time / SECONDS_PER_DECADE),
  );
  const known = [...new Set(decades.filter((decade) => decade !== undefined))].sort((a, b) => a - b);
  const width = genres.names.length + known.length;
  const values = new Float32Array(count * width);
  for (let title = 0; title < count; title++) {
    const start = genres.offsets[title];
    const end = genres.offsets[title + 1];
    for (let i = start; i < end; i++) values[title * width + genres.indices[i]] = 1 / Math.sqrt(end - start);
    const decade = decades[title];
    // Half the weight of the genres: two films of one decade share less than two westerns do.
    if (decade !== undefined) values[title * width + genres.names.length + known.indexOf(decade)] = 0.5;
  }
  return { width, values };
}
