/** A tower: dense layers with rectified linear units over many rows at once, added to what goes in. */

import type { Random } from "../../../core/random.ts";
import type { MatrixSpace } from "../../../kernels/matrix-product.ts";

/** Weights lie input after input. */
export interface TowerLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** A tower that ends as wide as it begins: y = x + layers(x), as in He et al. (2016). */
export interface Tower {
  readonly layers: readonly TowerLayer[];
  /** The loss's derivatives by the layers' numbers: `backward` adds to them. */
  readonly slopes: readonly TowerLayer[];
  /** Rows x width: to be filled before `forward`; holds the loss's derivatives by the input after `backward`. */
  readonly input: Float32Array;
  /** Rows x width: filled by `forward`; to be overwritten with the loss's derivatives by it before `backward`. */
  readonly output: Float32Array;
  forward(rows: number): void;
  backward(rows: number): void;
}

/** The lengths of the arrays that a tower of these widths for up to `mostRows` rows takes from its space. */
export function towerLengths(widths: readonly number[], mostRows: number): number[] {
  const layers = widths.slice(1).flatMap((outputs, index) => {
    const weights = widths[index] * outputs;
    return [weights, outputs, weights, outputs, weights];
  });
  const rows = widths.map((units) => units * mostRows);
  return [...layers, ...rows, ...rows];
}

/** The tower over arrays of these lengths, all 0. */
export function createTower(
  widths: readonly number[],
  { multiply }: Pick<MatrixSpace, "multiply">,
  arrays: readonly Float32Array[],
): Tower {
  const [width] = widths;
  const shapes = widths.slice(1).map((outputs, index) => ({ inputs: widths[index], outputs }));
  const ofLayer = (index: number, part: number) => arrays[5 * index + part];
  const layers = shapes.map((shape, index) => ({ ...shape, weights: ofLayer(index, 0), biases: ofLayer(index, 1) }));
  const slopes = shapes.map((shape, index) => ({ ...shape, weights: ofLayer(index, 2), biases: ofLayer(index, 3) }));
  const values = widths.map((_, index) => arrays[5 * shapes.length + index]);
  const derivatives = widths.map((_, index) => arrays[5 * shapes.length + widths.length + index]);
  const last = shapes.length;
  const input = values[0];
  const output = derivatives[last];
  return {
    layers,
    slopes,
    input,
    output,
    forward(rows) {
      for (const [index, { inputs, outputs, weights, biases }] of layers.entries()) {
        const to = values[index + 1];
        for (let row = 0; row < rows; row++) to.set(biases, row * outputs);
        multiply({ a: values[index], b: weights, c: to, rows, inner: inputs, columns: outputs, add: true });
        if (index < last - 1) for (let at = 0; at < rows * outputs; at++) if (to[at] < 0) to[at] = 0;
      }
      for (let at = 0; at < rows * width; at++) output[at] = input[at] + values[last][at];
    },
    backward(rows) {
      for (let index = last - 1; index >= 0; index--) {
        const { inputs, outputs, weights } = layers[index];
        const [before, after] = [derivatives[index], derivatives[index + 1]];
        const sums = slopes[index];
        for (let row = 0, at = 0; row < rows; row++)
          for (let o = 0; o < outputs; o++, at++) sums.biases[o] += after[at];
        const a = values[index];
        multiply({
          a,
          b: after,
          c: sums.weights,
          rows: inputs,
          inner: rows,
          columns: outputs,
          transposed: true,
          add: true,
        });
        const turned = ofLayer(index, 4);
        transposeInto(weights, inputs, outputs, turned);
        multiply({ a: after, b: turned, c: before, rows, inner: outputs, columns: inputs });
        // A unit at 0 passes nothing on.
        if (index > 0) for (let at = 0; at < rows * inputs; at++) if (a[at] === 0) before[at] = 0;
      }
      for (let at = 0; at < rows * width; at++) input[at] = derivatives[0][at] + output[at];
    },
  };
}

/** Weights normal with variance 2 / inputs (He et al. 2015) but for the last layer, which begins at a tenth of that spread; biases 0. */
export function drawWeights({ layers }: Tower, random: Random): void {
  for (const [index, { inputs, weights }] of layers.entries()) {
    const spread = (index === layers.length - 1 ? 0.1 : 1) * Math.sqrt(2 / inputs);
    for (let at = 0; at < weights.length; at++) weights[at] = spread * random.normal();
  }
}

/** The transpose of a rows x columns matrix. */
export function transposeInto(from: Float32Array, rows: number, columns: number, to: Float32Array): void {
  for (let row = 0; row < rows; row++) for (let c = 0; c < columns; c++) to[c * rows + row] = from[row * columns + c];
}
