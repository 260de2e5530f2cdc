/** A convolutional network's layers over one memory, forward and back, on one thread or many with the same bits. */

import {
  type ConvolutionWeights,
  convolveBackScalar,
  convolveScalar,
  momentsScalar,
  type NormalizationNumbers,
  normalizeBackScalar,
  normalizeScalar,
  type Tensor,
} from "./convolution.scalar.ts";
import {
  type ConvolutionLayer,
  filterSize,
  type NetworkShape,
  type NormalizationLayer,
  outputSize,
} from "./convolution-layers.ts";
import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { convolutionKernel } from "./generated/convolution.wasm.gen.ts";
import { createLayout, type Layout, type Region } from "./layout.ts";
import type { KernelPool } from "./pool.ts";
import { evenBlocks } from "./row-blocks.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface ConvolutionSpace {
  readonly path: KernelPath;
  /** Most pictures a call. */
  readonly batch: number;
  readonly tensors: readonly Tensor[];
  /** By the layer's number; throws for a layer of the other kind. */
  weightsOf(layer: number): ConvolutionWeights;
  numbersOf(layer: number): NormalizationNumbers;
  /** To be called after weights were written and before the next layer runs. */
  weightsChanged(): Promise<void>;
  /** One layer's output for the first `count` pictures. `learning`: normalization takes the batch's own moments, and keeps them. */
  forward(layer: number, count: number, learning: boolean): Promise<void>;
  /** One layer's gradients: of its weights, its input, its shortcut. */
  backward(layer: number, count: number): Promise<void>;
  close(): void;
}

export interface ConvolutionOptions {
  /** Most pictures at once. */
  readonly batch: number;
  /** Whether there is room for gradients. */
  readonly learning: boolean;
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
}

/** Pictures a task: the parts of a gradient are summed in the order of tasks, so this decides about the bits and threads do not. */
const GROUP = 8;
/** Bytes of column panels that stay in the second-level cache while their gradient is summed. */
const CHUNK_BYTES = 384 * 1024;
const CONVOLUTION_FIELDS = 32;
const NORMALIZATION_FIELDS = 16;

/** A memory with the network's tensors and numbers, all zeros. */
export function openConvolutionSpace(shape: NetworkShape, options: ConvolutionOptions): ConvolutionSpace {
  const { path = probeKernelPath() } = options;
  return path === "scalar" ? openScalar(shape, options) : openSimd(shape, options);
}

function openSimd({ tensors, layers }: NetworkShape, { batch, learning, pool }: ConvolutionOptions): ConvolutionSpace {
  const layout = createLayout();
  const groups = Math.ceil(batch / GROUP);
  const values = tensors.map((size) => layout.float32(size * batch));
  const gradients = tensors.map((size) => layout.float32(learning ? size * batch : 0));
  const convolutions = layers.filter((layer) => layer.kind === "convolution");
  const most = Math.max(0, ...convolutions.map((layer) => filterSize(layer) * layer.filters));
  const parts = layout.float32(learning ? most * groups : 0);
  const scratchBytes = Math.ceil(Math.max(128, ...convolutions.map(scratchOf)) / 64) * 64;
  const scratch = layout.int8(scratchBytes * (pool?.threads ?? 1));
  const places = layers.map((layer) =>
    layer.kind === "convolution" ? placeConvolution(layout, layer, learning) : placeNormalization(layout, layer),
  );
  // A row's last numbers are read four at a time, past the end of the last tensor at most.
  layout.float32(64);
  const workspace = openWorkspace(convolutionKernel, layout, pool);
  const view = (region: Region): Float32Array => workspace.float32(region);
  const opened = tensors.map((_, at) => ({ values: view(values[at]), gradient: view(gradients[at]) }));
  const convolutionAt = new Map<number, { readonly at: number } & ConvolutionWeights & { readonly to: number }>();
  const normalizationAt = new Map<number, { readonly at: number } & NormalizationNumbers>();
  for (const [number, place] of places.entries()) {
    const layer = layers[number];
    const at = place.fields.at;
    const own = [values[layer.input], gradients[layer.input], values[layer.output], gradients[layer.output]].map(
      (region) => region.at,
    );
    if (layer.kind === "convolution" && place.kind === "convolution") {
      const out = outputSize(layer);
      workspace
        .int32(place.fields)
        .set([
          ...own,
          place.weights.at,
          place.forward.at,
          place.backward.at,
          parts.at,
          layer.channels,
          layer.height,
          layer.width,
          layer.side,
          layer.stride,
          layer.filters,
          out.height,
          out.width,
          scratch.at,
          scratchBytes,
          layer.gradient === "add" ? 2 : 1,
          chunkOf(layer),
        ]);
      const [weights, gradient] = [view(place.weights), view(place.gradient)];
      convolutionAt.set(number, { at, weights, gradient, to: place.gradient.at });
    } else if (layer.kind === "normalization" && place.kind === "normalization") {
      const { shortcut } = layer;
      workspace
        .int32(place.fields)
        .set([
          ...own,
          shortcut === null ? 0 : values[shortcut].at,
          shortcut === null ? 0 : gradients[shortcut].at,
          place.numbers.at,
          layer.channels,
          layer.places,
          layer.rectified ? 1 : 0,
        ]);
      normalizationAt.set(number, { at, ...split(view(place.numbers), layer.channels) });
    }
  }
  const convolution = (layer: number) => found(convolutionAt.get(layer), layer);
  const normalization = (layer: number) => found(normalizationAt.get(layer), layer);
  return {
    path: "simd",
    batch,
    tensors: opened,
    weightsOf: convolution,
    numbersOf: normalization,
    weightsChanged: () =>
      workspace.run(
        "packWeights",
        Array.from(convolutionAt.values(), ({ at }) => [at]),
      ),
    forward: (layer, count, moments) => forward(workspace, layers[layer], places[layer].fields.at, count, moments),
    async backward(number, count) {
      const layer = layers[number];
      const { at } = places[number].fields;
      if (layer.kind === "normalization") return workspace.run("normalizeBack", channelTasks(layer, at, [count]));
      const blocks = evenBlocks(count, GROUP);
      const size = filterSize(layer) * layer.filters;
      const back = layer.gradient === "none" ? [] : blocks.map(([first, last]) => [at, -1, first, last]);
      await workspace.run("convolveBack", [...blocks.map(([first, last], group) => [at, group, first, last]), ...back]);
      workspace.call("sumParts", parts.at, size, blocks.length, convolution(number).to, 0, size);
    },
    close: () => workspace.close(),
  };
}

async function forward(
  workspace: Workspace,
  layer: ConvolutionLayer | NormalizationLayer,
  at: number,
  count: number,
  learning: boolean,
): Promise<void> {
  if (layer.kind === "convolution")
    return workspace.run(
      "convolve",
      evenBlocks(count, GROUP).map(([first, last]) => [at, first, last]),
    );
  if (learning) await workspace.run("channelMoments", channelTasks(layer, at, [count]));
  return workspace.run("normalize", channelTasks(layer, at, [0, count]));
}

function channelTasks({ channels }: NormalizationLayer, at: number, more: readonly number[]): number[][] {
  return Array.from({ length: channels }, (_, channel) => [at, ...more, channel]);
}

function placeConvolution(layout: Layout, layer: ConvolutionLayer, learning: boolean) {
  const inner = filterSize(layer);
  const { filters } = layer;
  return {
    kind: "convolution" as const,
    fields: layout.int32(CONVOLUTION_FIELDS),
    weights: layout.float32(inner * filters),
    gradient: layout.float32(learning ? inner * filters : 0),
    forward: layout.float32(inner * 4 * Math.ceil(filters / 4)),
    backward: layout.float32(filters * 4 * Math.ceil(inner / 4)),
  };
}

function placeNormalization(layout: Layout, { channels }: NormalizationLayer) {
  const fields = layout.int32(NORMALIZATION_FIELDS);
  return { kind: "normalization" as const, fields, numbers: layout.float32(6 * channels) };
}

function split(numbers: Float32Array, channels: number): NormalizationNumbers {
  const at = (row: number): Float32Array => numbers.subarray(row * channels, (row + 1) * channels);
  return { scale: at(0), shift: at(1), mean: at(2), inverse: at(3), scaleGradient: at(4), shiftGradient: at(5) };
}

/** Groups of eight places whose columns are held at once. */
function chunkOf(layer: ConvolutionLayer): number {
  return Math.max(1, Math.floor(CHUNK_BYTES / (filterSize(layer) * 32)));
}

/** Bytes that a thread needs for whichever direction needs most; see the offsets in the kernel. */
function scratchOf(layer: ConvolutionLayer): number {
  const { channels, height, width, side, filters } = layer;
  const inner = filterSize(layer);
  const padded = channels * (height + side - 1) * (width + side - 1) * 4;
  const columns = inner * chunkOf(layer) * 32 + Math.ceil(filters / 8) * chunkOf(layer) * 256;
  return 512 + padded + Math.max(columns, filters * 32 + (inner + 4) * 32);
}

function found<T>(value: T | undefined, layer: number): T {
  if (value === undefined) throw new RangeError(`layer ${layer} is not of this kind`);
  return value;
}

function openScalar({ tensors, layers }: NetworkShape, { batch, learning }: ConvolutionOptions): ConvolutionSpace {
  const zeros = (length: number): Float32Array => new Float32Array(length);
  const opened = tensors.map((size) => ({ values: zeros(size * batch), gradient: zeros(learning ? size * batch : 0) }));
  const weights = new Map<number, ConvolutionWeights>();
  const numbers = new Map<number, NormalizationNumbers>();
  for (const [number, layer] of layers.entries()) {
    if (layer.kind === "normalization") numbers.set(number, split(zeros(6 * layer.channels), layer.channels));
    else {
      const size = filterSize(layer) * layer.filters;
      weights.set(number, { weights: zeros(size), gradient: zeros(size) });
    }
  }
  const weightsOf = (layer: number) => found(weights.get(layer), layer);
  const numbersOf = (layer: number) => found(numbers.get(layer), layer);
  const shortcutOf = ({ shortcut }: NormalizationLayer) => (shortcut === null ? undefined : opened[shortcut]);
  return {
    path: "scalar",
    batch,
    tensors: opened,
    weightsOf,
    numbersOf,
    weightsChanged: async () => undefined,
    async forward(number, count, moments) {
      const layer = layers[number];
      const [input, output] = [opened[layer.input], opened[layer.output]];
      if (layer.kind === "convolution") return convolveScalar(layer, count, input, weightsOf(number), output);
      if (moments) momentsScalar(layer, count, input, numbersOf(number));
      normalizeScalar(layer, count, input, numbersOf(number), shortcutOf(layer), output);
    },
    async backward(number, count) {
      const layer = layers[number];
      const [input, output] = [opened[layer.input], opened[layer.output]];
      if (layer.kind === "convolution") convolveBackScalar(layer, count, input, weightsOf(number), output);
      else normalizeBackScalar(layer, count, input, numbersOf(number), shortcutOf(layer), output);
    },
    close: () => undefined,
  };
}
