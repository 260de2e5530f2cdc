/** The triplet loss with semi-hard negatives: a picture nearer to its own class than to another by a margin. */

import { throughUnit, unitRows } from "./cosine-softmax.ts";

export interface TripletLoss {
  readonly loss: number;
  /** Triplets that still cost something. */
  readonly active: number;
  readonly vectors: Float64Array;
}

/**
 * For each pair of one class, the nearest negative that is farther than the positive, or the nearest of all where there is none
 * (Schroff et al. 2015, FaceNet). Squared distances of unit vectors; the mean over all pairs.
 */
export function tripletLoss(
  vectors: Float64Array,
  labels: ArrayLike<number>,
  dimensions: number,
  margin: number,
): TripletLoss {
  const count = vectors.length / dimensions;
  const unit = unitRows(vectors, dimensions);
  const gradient = new Float64Array(vectors.length);
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) distances[a * count + b] = squared(a, b);
  let pairs = 0;
  let active = 0;
  let sum = 0;
  const moves: (readonly [number, number, number])[] = [];
  for (let a = 0; a < count; a++) {
    for (let p = 0; p < count; p++) {
      if (a === p || labels[a] !== labels[p]) continue;
      const negative = semiHard(a, distances[a * count + p]);
      if (negative < 0) continue;
      pairs++;
      const cost = distances[a * count + p] - distances[a * count + negative] + margin;
      if (cost <= 0) continue;
      active++;
      sum += cost;
      moves.push([a, p, negative]);
    }
  }
  for (const [a, p, n] of moves) {
    for (let d = 0; d < dimensions; d++) {
      const [x, y, z] = [a, p, n].map((row) => unit.rows[row * dimensions + d]);
      gradient[a * dimensions + d] += (2 * (z - y)) / pairs;
      gradient[p * dimensions + d] += (2 * (y - x)) / pairs;
      gradient[n * dimensions + d] += (2 * (x - z)) / pairs;
    }
  }
  return { loss: pairs === 0 ? 0 : sum / pairs, active, vectors: throughUnit(gradient, unit, dimensions) };

  function semiHard(anchor: number, positive: number): number {
    let [beyond, nearest] = [-1, -1];
    for (let n = 0; n < count; n++) {
      if (labels[n] === labels[anchor]) continue;
      const distance = distances[anchor * count + n];
      if (nearest < 0 || distance < distances[anchor * count + nearest]) nearest = n;
      if (distance > positive && (beyond < 0 || distance < distances[anchor * count + beyond])) beyond = n;
    }
    return beyond < 0 ? nearest : beyond;
  }

  function squared(a: number, b: number): number {
    let total = 0;
    for (let d = 0; d < dimensions; d++) total += (unit.rows[a * dimensions + d] - unit.rows[b * dimensions + d]) ** 2;
    return total;
  }
}
