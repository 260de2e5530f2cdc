/** How often the class whose vector lies nearest to a photo's is the photo's own: what a classifier made of the same network would get right. */

import { type Figure, figure } from "../../../core/figure.ts";
import type { Random } from "../../../core/random.ts";
import { unitRows } from "../../4-model/convolution/cosine-softmax.ts";
import type { StoredNetwork } from "../../4-model/convolution/embedding-stages.ts";
import { layersOf } from "../../4-model/convolution/residual-network.ts";
import { bootstrapMean, knownInterval } from "./bootstrap.ts";

/** Vectors that training learned, one a class. */
export interface ClassVectors {
  readonly dimensions: number;
  readonly classes: Float32Array;
}

export function classVectorsOf({ architecture, numbers }: StoredNetwork): ClassVectors {
  const found = layersOf(architecture).slices.find(({ what }) => what === "classes");
  if (found === undefined) throw new Error("the network has no vectors of classes");
  const { dimensions } = architecture;
  return { dimensions, classes: numbers.subarray(found.at, found.at + found.length) };
}

/** The class of the largest cosine for each row, the first of equals; `vectors` are of unit length, a row a photo. */
export function nearestClasses(
  { dimensions, classes }: ClassVectors,
  vectors: Float32Array,
  rows: Int32Array,
): Int32Array {
  const centres = unitRows(classes, dimensions).rows;
  const total = centres.length / dimensions;
  return rows.map((row) => {
    let [best, most] = [0, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < total; k++) {
      let cosine = 0;
      for (let d = 0; d < dimensions; d++) cosine += vectors[row * dimensions + d] * centres[k * dimensions + d];
      if (cosine > most) [best, most] = [k, cosine];
    }
    return best;
  });
}

export interface ClassifiedPhotos {
  readonly label: Int32Array;
  /** Photos of one group are drawn together. */
  readonly group: Int32Array;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** The share of test photos whose class is found, and what the most frequent class of training would get right. */
export function accuracyFigures(
  network: ClassVectors,
  vectors: Float32Array,
  { label, group, train, test }: ClassifiedPhotos,
  random: Random,
): Figure[] {
  if (test.length === 0) return [];
  const found = nearestClasses(network, vectors, test);
  const frequent = mostFrequent(train.map((row) => label[row]));
  const units = test.map((row) => group[row]);
  const of = (subject: string, right: (at: number) => boolean, note: string): Figure => {
    const share = bootstrapMean(
      Float64Array.from(test, (_, at) => (right(at) ? 1 : 0)),
      { random: random.fork(subject), units, range: [0, 1] },
    );
    const { mean: value, n } = share;
    return figure({
      step: 5,
      name: "accuracy",
      subject,
      value,
      interval: knownInterval(share),
      n,
      unit: "share",
      note,
    });
  };
  return [
    of("most frequent class", (at) => label[test[at]] === frequent, "of the training photos"),
    of("network", (at) => found[at] === label[test[at]], "the class whose vector lies nearest, on all test photos"),
  ];
}

function mostFrequent(labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const one of labels) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).at(0)?.[0] ?? -1;
}
