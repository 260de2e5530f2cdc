/** A small residual network as data: its layers over tensors, its numbers, and what a picture costs. */

import { filterSize, type NetworkLayer, type NetworkShape, outputSize } from "../../../kernels/convolution-layers.ts";

/** Two convolutions of side 3 with a shortcut around them (He et al. 2016). */
export interface ResidualBlock {
  /** Filters of the first convolution: pruning takes whole ones out of it. */
  readonly middle: number;
  readonly filters: number;
  readonly stride: number;
}

export interface ResidualArchitecture {
  /** Height and width of a picture. */
  readonly size: number;
  readonly channels: number;
  readonly stem: { readonly filters: number; readonly stride: number };
  readonly blocks: readonly ResidualBlock[];
  /** Length of the embedding. */
  readonly dimensions: number;
  readonly classes: number;
}

/** Where a layer's numbers lie among all of the network's. */
export interface NumberSlice {
  readonly layer: number;
  readonly what: "weights" | "scale" | "shift" | "mean" | "variance" | "linear" | "bias" | "classes";
  readonly at: number;
  readonly length: number;
}

export interface ResidualNetwork {
  readonly shape: NetworkShape;
  /** The tensor that pooling reads, its channels and places. */
  readonly last: { readonly tensor: number; readonly channels: number; readonly places: number };
  readonly slices: readonly NumberSlice[];
  /** Trained numbers come first, then running means and variances. */
  readonly trained: number;
  readonly numbers: number;
}

/** Width w at the stem, doubling with each halving of the picture. */
export function residualArchitecture(options: {
  readonly size: number;
  readonly channels: number;
  readonly width: number;
  /** Filters of the stem and the first block, where they are not the width. */
  readonly first?: number;
  readonly classes: number;
  readonly dimensions: number;
}): ResidualArchitecture {
  const { size, channels, width, first = width, classes, dimensions } = options;
  const block = (times: number, stride: number): ResidualBlock => ({
    middle: times * width,
    filters: times * width,
    stride,
  });
  // Pictures of 32 and less keep their size in the stem: halving four times would leave four places.
  const stem = { filters: first, stride: size > 32 ? 2 : 1 };
  const blocks = [{ middle: first, filters: first, stride: 1 }, block(2, 2), block(4, 2), block(8, 2)];
  return { size, channels, stem, blocks, dimensions, classes };
}

/** The layers of an architecture. Going back in reverse order meets each gradient once it is whole. */
export function layersOf(architecture: ResidualArchitecture): ResidualNetwork {
  const tensors: number[] = [];
  const layers: NetworkLayer[] = [];
  const tensor = (numbers: number): number => tensors.push(numbers) - 1;
  let map = { tensor: 0, channels: architecture.channels, height: architecture.size, width: architecture.size };
  map.tensor = tensor(map.channels * map.height * map.width);
  type Map = typeof map;
  const convolve = (
    from: Map,
    filters: number,
    side: number,
    stride: number,
    gradient: "none" | "replace" | "add",
  ): Map => {
    const shape = { channels: from.channels, height: from.height, width: from.width, filters, side, stride };
    const out = outputSize(shape);
    const output = tensor(filters * out.height * out.width);
    layers.push({ kind: "convolution", input: from.tensor, output, gradient, ...shape });
    return { tensor: output, channels: filters, ...out };
  };
  const normalize = (from: Map, rectified: boolean, shortcut: number | null): Map => {
    const places = from.height * from.width;
    const output = tensor(from.channels * places);
    layers.push({
      kind: "normalization",
      input: from.tensor,
      output,
      channels: from.channels,
      places,
      rectified,
      shortcut,
    });
    return { ...from, tensor: output };
  };
  map = normalize(convolve(map, architecture.stem.filters, 3, architecture.stem.stride, "none"), true, null);
  for (const { middle, filters, stride } of architecture.blocks) {
    // Back, the shortcut writes the block input's gradient first and the first convolution adds to it.
    const first = normalize(convolve(map, middle, 3, stride, "add"), true, null);
    const second = convolve(first, filters, 3, 1, "replace");
    const straight = stride === 1 && filters === map.channels;
    const shortcut = straight ? map : normalize(convolve(map, filters, 1, stride, "replace"), false, null);
    map = normalize(second, true, shortcut.tensor);
  }
  const last = { tensor: map.tensor, channels: map.channels, places: map.height * map.width };
  return { shape: { tensors, layers }, last, ...placeNumbers(layers, architecture, last.channels) };
}

function placeNumbers(
  layers: readonly NetworkLayer[],
  { dimensions, classes }: ResidualArchitecture,
  channels: number,
) {
  const slices: NumberSlice[] = [];
  let at = 0;
  const place = (layer: number, what: NumberSlice["what"], length: number): void => {
    slices.push({ layer, what, at, length });
    at += length;
  };
  for (const [number, layer] of layers.entries()) {
    if (layer.kind === "convolution") place(number, "weights", filterSize(layer) * layer.filters);
    else for (const what of ["scale", "shift"] as const) place(number, what, layer.channels);
  }
  place(-1, "linear", dimensions * channels);
  place(-1, "bias", dimensions);
  place(-1, "classes", classes * dimensions);
  const trained = at;
  for (const [number, layer] of layers.entries())
    if (layer.kind === "normalization")
      for (const what of ["mean", "variance"] as const) place(number, what, layer.channels);
  return { slices, trained, numbers: at };
}

/** Floating-point operations of one picture's embedding, a multiply and an add counted as two. */
export function operationsOf(architecture: ResidualArchitecture): number {
  const { shape, last } = layersOf(architecture);
  let sum = 2 * last.channels * architecture.dimensions;
  for (const layer of shape.layers) {
    if (layer.kind !== "convolution") continue;
    const out = outputSize(layer);
    sum += 2 * filterSize(layer) * layer.filters * out.height * out.width;
  }
  return sum;
}

/** Numbers that serving needs: all but the classes' vectors. */
export function servedParameters(architecture: ResidualArchitecture): number {
  return layersOf(architecture).trained - architecture.classes * architecture.dimensions;
}
