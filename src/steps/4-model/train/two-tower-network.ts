/** The two towers over one batch: who is asked for, what competes, the loss, its derivatives, and a step of Adam. */

import type { Random } from "../../../core/random.ts";
import { createMatrixSpace } from "../../../kernels/matrix-product.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";
import { inBatchSoftmax } from "../losses/in-batch-softmax.ts";
import { createItemInputs, type ItemInputs } from "./item-inputs.ts";
import { createTower, drawWeights, type Tower, towerLengths, transposeInto } from "./tower.ts";

/** A unit's chosen items to be found from a part of the rest of their history. */
export interface TowerExample {
  readonly targets: Int32Array;
  /** Weight of each target. */
  readonly strengths: Float32Array;
  readonly history: Int32Array;
  /** Weight of each item of the history. */
  readonly weights: Float32Array;
  /** All that the unit has ever chosen: none of it competes with the targets. */
  readonly known: Int32Array;
}

export interface TowerShape {
  readonly items: number;
  readonly factors: number;
  /** Widths of the hidden layers, the same in both towers. */
  readonly hidden: readonly number[];
  readonly attributes?: ItemVectors;
  /** The most examples of a batch, and the most targets and items of history of an example. */
  readonly mostExamples: number;
  readonly mostTargets: number;
  readonly mostHistory: number;
}

export interface TwoTowerNetwork {
  /** What items bring into both towers. */
  readonly inputs: ItemInputs;
  readonly item: Tower;
  readonly user: Tower;
  /**
   * The loss of a batch. Its derivatives are added to `slopes` of the towers and to those of the projection, and set for the embeddings of
   * `touched`, row after row.
   */
  derive(batch: readonly TowerExample[], logChance: Float32Array): number;
  /** The items of the last batch, and the derivatives by their embeddings. */
  touched(): { readonly items: Int32Array; readonly slopes: Float32Array };
}

export function createTwoTowerNetwork(shape: TowerShape, random: Random): TwoTowerNetwork {
  const { items, factors, hidden, attributes, mostExamples } = shape;
  const mostColumns = Math.min(items, mostExamples * shape.mostTargets);
  const mostTouched = Math.min(items, mostExamples * (shape.mostTargets + shape.mostHistory));
  const widths = [factors, ...hidden, factors];
  const [itemLengths, userLengths] = [towerLengths(widths, mostColumns), towerLengths(widths, mostExamples)];
  const more = [mostExamples * mostColumns, mostExamples * factors, mostColumns * factors];
  const space = createMatrixSpace([...itemLengths, ...userLengths, ...more]);
  const item = createTower(widths, space, space.arrays.slice(0, itemLengths.length));
  const user = createTower(widths, space, space.arrays.slice(itemLengths.length, -more.length));
  const [logits, userSlopes, itemSlopes] = space.arrays.slice(-more.length);
  const inputsOf = createItemInputs(items, factors, attributes, random);
  drawWeights(item, random);
  drawWeights(user, random);

  const place = new Int32Array(items).fill(-1);
  const touched = new Int32Array(mostTouched);
  const inputs = new Float32Array(mostTouched * factors);
  const slopes = new Float32Array(mostTouched * factors);
  const wanted = new Float32Array(mostExamples * mostColumns);
  const columnChance = new Float32Array(mostColumns);
  let count = 0;

  function touch(item: number): void {
    if (place[item] >= 0) return;
    place[item] = count;
    touched[count++] = item;
  }

  function derive(batch: readonly TowerExample[], logChance: Float32Array): number {
    for (let i = 0; i < count; i++) place[touched[i]] = -1;
    count = 0;
    for (const { targets } of batch) for (const item of targets) touch(item);
    const columns = count;
    for (const { history } of batch) for (const item of history) touch(item);
    for (let i = 0; i < count; i++) inputsOf.bring(touched[i], inputs, i * factors);

    item.input.set(inputs.subarray(0, columns * factors));
    for (const [row, example] of batch.entries())
      meanInto(example, user.input.subarray(row * factors, (row + 1) * factors));
    item.forward(columns);
    user.forward(batch.length);
    // Until there are slopes, their place holds the transpose.
    const turned = itemSlopes;
    transposeInto(item.output, columns, factors, turned);
    space.multiply({ a: user.output, b: turned, c: logits, rows: batch.length, inner: factors, columns });

    for (let column = 0; column < columns; column++) columnChance[column] = logChance[touched[column]];
    for (const [row, example] of batch.entries()) markWanted(example, columns, wanted, row * columns);
    const loss = inBatchSoftmax({ logits, rows: batch.length, columns, logChance: columnChance, wanted });

    // Both products before either output is overwritten with its derivatives.
    space.multiply({
      a: logits,
      b: user.output,
      c: itemSlopes,
      rows: columns,
      inner: batch.length,
      columns: factors,
      transposed: true,
    });
    space.multiply({
      a: logits,
      b: item.output,
      c: userSlopes,
      rows: batch.length,
      inner: columns,
      columns: factors,
    });
    item.output.set(itemSlopes.subarray(0, columns * factors));
    user.output.set(userSlopes.subarray(0, batch.length * factors));
    item.backward(columns);
    user.backward(batch.length);

    slopes.set(item.input.subarray(0, columns * factors));
    slopes.fill(0, columns * factors, count * factors);
    for (const [row, example] of batch.entries())
      spreadMean(example, user.input.subarray(row * factors, (row + 1) * factors));
    for (let i = 0; i < count; i++) inputsOf.addProjectionSlopes(touched[i], slopes, i * factors);
    return loss;
  }

  function meanInto({ history, weights }: TowerExample, to: Float32Array): void {
    to.fill(0);
    const scale = 1 / sumOf(weights);
    for (let entry = 0; entry < history.length; entry++) {
      const from = place[history[entry]] * factors;
      const share = weights[entry] * scale;
      for (let d = 0; d < factors; d++) to[d] += share * inputs[from + d];
    }
  }

  function spreadMean({ history, weights }: TowerExample, from: Float32Array): void {
    const scale = 1 / sumOf(weights);
    for (let entry = 0; entry < history.length; entry++) {
      const to = place[history[entry]] * factors;
      const share = weights[entry] * scale;
      for (let d = 0; d < factors; d++) slopes[to + d] += share * from[d];
    }
  }

  function markWanted(
    { known, targets, strengths }: TowerExample,
    columns: number,
    to: Float32Array,
    at: number,
  ): void {
    to.fill(0, at, at + columns);
    for (let i = 0; i < known.length; i++) {
      const column = place[known[i]];
      if (column >= 0 && column < columns) to[at + column] = -1;
    }
    for (let i = 0; i < targets.length; i++) to[at + place[targets[i]]] = strengths[i];
  }

  return {
    inputs: inputsOf,
    item,
    user,
    derive,
    touched: () => ({ items: touched.subarray(0, count), slopes: slopes.subarray(0, count * factors) }),
  };
}

function sumOf(weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  return sum;
}
