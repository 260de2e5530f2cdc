/** The figures of a search by photo: each search for itself, against the baseline, by class, and without siblings. */

import { type Figure, figure } from "../../../core/figure.ts";
import type { Random } from "../../../core/random.ts";
import type { PhotoSubject } from "../../4-model/convolution/photo-vectors-stage.ts";
import { DIFFERENCE_RANGE, REQUEST_RANGE } from "../metrics/metric.ts";
import { bootstrapMean, knownInterval, pairedBootstrap } from "./bootstrap.ts";
import type { SimilarityMeasure } from "./similarity-measures.ts";
import type { SimilaritySearch } from "./similarity-search.ts";

export function withoutSiblings(searches: readonly SimilaritySearch[], { name, measure }: SimilarityMeasure): Figure[] {
  const note =
    "photos of the same item left out of the answers; the network was still trained on siblings of the test photos";
  return [
    figure({
      step: 5,
      name,
      subject: "network, siblings left out",
      value: mean(searches.map(measure)),
      n: searches.length,
      note,
    }),
  ];
}

export interface JudgedSearch {
  readonly searches: ReadonlyMap<PhotoSubject, readonly SimilaritySearch[]>;
  readonly measures: readonly SimilarityMeasure[];
  /** Of each query what is drawn as one: photos of an item are. */
  readonly units: Int32Array;
  readonly baseline: PhotoSubject;
  readonly random: Random;
}

export function valuesOf(
  searches: JudgedSearch["searches"],
  subject: PhotoSubject,
  { measure }: SimilarityMeasure,
): Float64Array {
  return Float64Array.from(searches.get(subject) ?? [], measure);
}

export function ownFigures({ searches, measures, units, random }: JudgedSearch, subject: PhotoSubject): Figure[] {
  return measures.map((one) => {
    const options = { random: random.fork(one.name), units, range: REQUEST_RANGE };
    const level = bootstrapMean(valuesOf(searches, subject, one), options);
    const { mean: value, n } = level;
    return figure({ step: 5, name: one.name, subject, value, interval: knownInterval(level), n, note: one.note });
  });
}

export function differenceFigures(
  { searches, measures, units, random, baseline }: JudgedSearch,
  subject: PhotoSubject,
): Figure[] {
  if (subject === baseline) return [];
  return measures.map((one) => {
    const options = { random: random.fork(one.name), units, range: DIFFERENCE_RANGE };
    const difference = pairedBootstrap(valuesOf(searches, subject, one), valuesOf(searches, baseline, one), options);
    const { mean: value, n, pValue } = difference;
    const interval = knownInterval(difference);
    const note = Number.isNaN(pValue)
      ? "too few items for an interval"
      : `paired by photo, photos of one item drawn together; p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;
    return figure({ step: 5, name: one.name, subject, against: baseline, value, interval, n, note });
  });
}

export function classFigures(
  { searches, measures: [headline], units, random }: JudgedSearch,
  classes: readonly string[],
  label: Int32Array,
): Figure[] {
  const own = searches.get("network") ?? [];
  return classes.flatMap((name, one) => {
    const rows = own.flatMap(({ query }, at) => (label[query] === one ? [at] : []));
    if (rows.length === 0) return [];
    const values = Float64Array.from(rows, (at) => headline.measure(own[at]));
    const options = { random: random.fork(name), units: rows.map((at) => units[at]), range: REQUEST_RANGE };
    const level = bootstrapMean(values, options);
    const [subject, interval] = ["network", knownInterval(level)];
    return [figure({ step: 5, name: headline.name, subject, slice: name, value: level.mean, interval, n: level.n })];
  });
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
