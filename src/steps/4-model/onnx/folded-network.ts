/** A residual network as serving runs it: each normalization folded into its convolution, which gains a bias. */

import { filterSize, NORMALIZATION_EPSILON } from "../../../kernels/convolution-layers.ts";
import type { StoredNetwork } from "../convolution/embedding-stages.ts";
import { layersOf } from "../convolution/residual-network.ts";

export interface FoldedConvolution {
  /** Tensors by name: `photo`, `t3`, …; the shortcut is added before ReLU. */
  readonly input: string;
  readonly output: string;
  readonly shortcut: string | null;
  readonly rectified: boolean;
  readonly channels: number;
  readonly filters: number;
  readonly side: number;
  readonly stride: number;
  /** filters x channels x side x side, as the rest of the world writes it. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface FoldedNetwork {
  readonly channels: number;
  readonly size: number;
  readonly dimensions: number;
  readonly convolutions: readonly FoldedConvolution[];
  /** The tensor that is pooled, its channels, and the linear layer after it (dimensions x channels). */
  readonly last: { readonly tensor: string; readonly channels: number };
  readonly linear: Float32Array;
  readonly bias: Float32Array;
}

/** w (x - mean) / deviation * scale + shift is one convolution with other weights and a bias. */
export function foldNetwork({ architecture, numbers }: StoredNetwork): FoldedNetwork {
  const { shape, slices, last } = layersOf(architecture);
  const take = (layer: number, what: string): Float32Array => {
    const found = slices.find((one) => one.layer === layer && one.what === what);
    if (found === undefined) throw new Error(`layer ${layer} has no ${what}`);
    return numbers.subarray(found.at, found.at + found.length);
  };
  const named = (tensor: number): string => (tensor === 0 ? "photo" : `t${tensor}`);
  const convolutions = shape.layers.flatMap((layer, number): FoldedConvolution[] => {
    if (layer.kind !== "convolution") return [];
    const after = shape.layers.findIndex((one) => one.kind === "normalization" && one.input === layer.output);
    const normalization = shape.layers[after];
    if (normalization?.kind !== "normalization") throw new Error(`convolution ${number} is not normalized`);
    const [scale, shift, mean, variance] = ["scale", "shift", "mean", "variance"].map((what) => take(after, what));
    const factors = scale.map((value, f) => value / Math.sqrt(variance[f] + NORMALIZATION_EPSILON));
    const inner = filterSize(layer);
    const own = take(number, "weights");
    const weights = new Float32Array(inner * layer.filters);
    for (let f = 0; f < layer.filters; f++)
      for (let k = 0; k < inner; k++) weights[f * inner + k] = own[k * layer.filters + f] * factors[f];
    const { channels, filters, side, stride } = layer;
    const { shortcut, rectified, output } = normalization;
    return [
      {
        input: named(layer.input),
        output: named(output),
        shortcut: shortcut === null ? null : named(shortcut),
        rectified,
        channels,
        filters,
        side,
        stride,
        weights,
        bias: shift.map((value, f) => value - mean[f] * factors[f]),
      },
    ];
  });
  const { channels, size, dimensions } = architecture;
  return {
    channels,
    size,
    dimensions,
    convolutions: inOrder(convolutions),
    last: { tensor: named(last.tensor), channels: last.channels },
    linear: take(-1, "linear").slice(),
    bias: take(-1, "bias").slice(),
  };
}

/** A block's second convolution adds the shortcut, so the shortcut's own convolution goes before it. */
function inOrder(convolutions: readonly FoldedConvolution[]): FoldedConvolution[] {
  const done = new Set(["photo"]);
  const left = [...convolutions];
  const result: FoldedConvolution[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ input, shortcut }) => done.has(input) && (shortcut === null || done.has(shortcut)));
    if (at < 0) throw new Error("the network's layers wait for each other");
    const [next] = left.splice(at, 1);
    result.push(next);
    done.add(next.output);
  }
  return result;
}
