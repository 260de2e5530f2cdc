/** An embedding network at work: pictures in, vectors out; and the gradients of all its numbers from those of the vectors. */

import { openConvolutionSpace } from "../../../kernels/convolution.ts";
import { NORMALIZATION_EPSILON } from "../../../kernels/convolution-layers.ts";
import type { KernelPath } from "../../../kernels/feature-probe.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { layersOf, type NumberSlice, type ResidualArchitecture, type ResidualNetwork } from "./residual-network.ts";

export interface EmbeddingNetwork {
  readonly network: ResidualNetwork;
  readonly batch: number;
  /** Where the first `count` pictures of a call are written: channel planes, row after row. */
  readonly pictures: Float32Array;
  /** Takes all numbers of the network, as `network.slices` places them. */
  load(numbers: Float32Array): Promise<void>;
  /** Vectors of the pictures, not yet of unit length. `learning`: by the batch's own moments. */
  embed(count: number, learning: boolean): Promise<Float64Array>;
  /** Gradients of the trained numbers after `embed(count, true)`, from those of the vectors; the classes' part is left at zero. */
  back(count: number, gradient: Float64Array): Promise<Float32Array>;
  /** Mixes the last batch's means and variances into the running ones of `numbers`. */
  keepMoments(numbers: Float32Array): void;
  close(): void;
}

export interface NetworkOptions {
  readonly batch: number;
  readonly learning: boolean;
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
}

/** Share of a batch's moments in the running ones, as usual. */
const MOMENTUM = 0.1;

export function openEmbeddingNetwork(architecture: ResidualArchitecture, options: NetworkOptions): EmbeddingNetwork {
  const network = layersOf(architecture);
  const { shape, slices, last } = network;
  const { dimensions } = architecture;
  const space = openConvolutionSpace(shape, options);
  const features = space.tensors[last.tensor];
  const linear = new Float32Array(dimensions * last.channels);
  const bias = new Float32Array(dimensions);
  const pooled = new Float64Array(options.batch * last.channels);
  const running = slices.filter(({ what }) => what === "mean" || what === "variance");
  let loaded: Float32Array = new Float32Array(network.numbers);
  let isRunning = false;

  const numbersAt = ({ layer, what }: NumberSlice): Float32Array | undefined => {
    if (what === "weights") return space.weightsOf(layer).weights;
    if (what === "scale") return space.numbersOf(layer).scale;
    if (what === "shift") return space.numbersOf(layer).shift;
    if (what === "linear") return linear;
    return what === "bias" ? bias : undefined;
  };

  function takeRunning(): void {
    for (const { layer, what, at, length } of running) {
      const { mean, inverse } = space.numbersOf(layer);
      for (let c = 0; c < length; c++) {
        if (what === "mean") mean[c] = loaded[at + c];
        else inverse[c] = 1 / Math.sqrt(loaded[at + c] + NORMALIZATION_EPSILON);
      }
    }
    isRunning = true;
  }

  return {
    network,
    batch: options.batch,
    pictures: space.tensors[0].values,
    async load(numbers) {
      if (numbers.length !== network.numbers)
        throw new RangeError(`${numbers.length} numbers are not the ${network.numbers} of this network`);
      for (const slice of slices) numbersAt(slice)?.set(numbers.subarray(slice.at, slice.at + slice.length));
      loaded = numbers;
      isRunning = false;
      await space.weightsChanged();
    },
    async embed(count, learning) {
      if (!learning && !isRunning) takeRunning();
      if (learning) isRunning = false;
      for (const layer of shape.layers.keys()) await space.forward(layer, count, learning);
      pool(features.values, count, last, pooled);
      const vectors = new Float64Array(count * dimensions);
      for (let n = 0; n < count; n++) {
        for (let d = 0; d < dimensions; d++) {
          let sum = bias[d];
          for (let c = 0; c < last.channels; c++) sum += linear[d * last.channels + c] * pooled[n * last.channels + c];
          vectors[n * dimensions + d] = sum;
        }
      }
      return vectors;
    },
    async back(count, gradient) {
      const result = new Float32Array(network.trained);
      const ofPooled = new Float64Array(count * last.channels);
      const ofLinear = new Float64Array(dimensions * last.channels);
      const ofBias = new Float64Array(dimensions);
      for (let n = 0; n < count; n++) {
        for (let d = 0; d < dimensions; d++) {
          const slope = gradient[n * dimensions + d];
          ofBias[d] += slope;
          for (let c = 0; c < last.channels; c++) {
            ofLinear[d * last.channels + c] += slope * pooled[n * last.channels + c];
            ofPooled[n * last.channels + c] += slope * linear[d * last.channels + c];
          }
        }
      }
      for (let at = 0; at < count * last.channels; at++)
        features.gradient.fill(ofPooled[at] / last.places, at * last.places, (at + 1) * last.places);
      for (const layer of [...shape.layers.keys()].reverse()) await space.backward(layer, count);
      for (const { layer, what, at } of slices) {
        if (what === "weights") result.set(space.weightsOf(layer).gradient, at);
        else if (what === "scale") result.set(space.numbersOf(layer).scaleGradient, at);
        else if (what === "shift") result.set(space.numbersOf(layer).shiftGradient, at);
        else if (what === "linear") result.set(ofLinear, at);
        else if (what === "bias") result.set(ofBias, at);
      }
      return result;
    },
    keepMoments(numbers) {
      for (const { layer, what, at, length } of running) {
        const { mean, inverse } = space.numbersOf(layer);
        for (let c = 0; c < length; c++) {
          const batch = what === "mean" ? mean[c] : 1 / inverse[c] ** 2 - NORMALIZATION_EPSILON;
          numbers[at + c] += MOMENTUM * (batch - numbers[at + c]);
        }
      }
    },
    close: () => space.close(),
  };
}

/** Means over the places of each channel. */
function pool(
  features: Float32Array,
  count: number,
  { channels, places }: ResidualNetwork["last"],
  pooled: Float64Array,
): void {
  for (let at = 0; at < count * channels; at++) {
    let sum = 0;
    for (let i = 0; i < places; i++) sum += features[at * places + i];
    pooled[at] = sum / places;
  }
}
