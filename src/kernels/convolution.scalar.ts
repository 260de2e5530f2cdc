/** The scalar twin of a convolutional network's layers: plain loops in the order of the formulas. */

import {
  type ConvolutionLayer,
  NORMALIZATION_EPSILON,
  type NormalizationLayer,
  outputSize,
} from "./convolution-layers.ts";

/** A tensor's numbers, picture after picture, and their gradient. */
export interface Tensor {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
}

export interface ConvolutionWeights {
  /** (channel, y, x) x filters. */
  readonly weights: Float32Array;
  readonly gradient: Float32Array;
}

/** By channel. `inverse` is one over the deviation. */
export interface NormalizationNumbers {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly inverse: Float32Array;
  readonly scaleGradient: Float32Array;
  readonly shiftGradient: Float32Array;
}

/** Calls `visit` with the places of input, weight (of filter 0) and output (of filter 0) of every product of one picture. */
function everyTap(layer: ConvolutionLayer, picture: number, visit: (x: number, w: number, y: number) => void): void {
  const { channels, height, width, filters, side, stride } = layer;
  const out = outputSize(layer);
  const border = (side - 1) / 2;
  for (let oy = 0; oy < out.height; oy++) {
    for (let ox = 0; ox < out.width; ox++) {
      const y = picture * filters * out.height * out.width + oy * out.width + ox;
      for (let c = 0; c < channels; c++) {
        for (let ky = 0; ky < side; ky++) {
          for (let kx = 0; kx < side; kx++) {
            const iy = oy * stride + ky - border;
            const ix = ox * stride + kx - border;
            if (iy < 0 || ix < 0 || iy >= height || ix >= width) continue;
            const x = ((picture * channels + c) * height + iy) * width + ix;
            visit(x, ((c * side + ky) * side + kx) * filters, y);
          }
        }
      }
    }
  }
}

export function convolveScalar(
  layer: ConvolutionLayer,
  count: number,
  input: Tensor,
  { weights }: ConvolutionWeights,
  output: Tensor,
): void {
  const { filters } = layer;
  const { height, width } = outputSize(layer);
  const places = height * width;
  output.values.fill(0, 0, count * filters * places);
  for (let n = 0; n < count; n++) {
    everyTap(layer, n, (x, w, y) => {
      for (let f = 0; f < filters; f++) output.values[y + f * places] += Math.fround(input.values[x] * weights[w + f]);
    });
  }
}

export function convolveBackScalar(
  layer: ConvolutionLayer,
  count: number,
  input: Tensor,
  { weights, gradient }: ConvolutionWeights,
  output: Tensor,
): void {
  const { filters, channels } = layer;
  const { height, width } = outputSize(layer);
  const places = height * width;
  gradient.fill(0);
  if (layer.gradient === "replace") input.gradient.fill(0, 0, count * channels * layer.height * layer.width);
  for (let n = 0; n < count; n++) {
    everyTap(layer, n, (x, w, y) => {
      for (let f = 0; f < filters; f++) {
        const dy = output.gradient[y + f * places];
        gradient[w + f] += dy * input.values[x];
        if (layer.gradient !== "none") input.gradient[x] += dy * weights[w + f];
      }
    });
  }
}

/** Mean and inverse deviation of each channel over a batch. */
export function momentsScalar(
  { channels, places }: NormalizationLayer,
  count: number,
  input: Tensor,
  { mean, inverse }: NormalizationNumbers,
): void {
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let squares = 0;
    for (let n = 0; n < count; n++)
      for (let i = 0; i < places; i++) sum += input.values[(n * channels + c) * places + i];
    mean[c] = sum / (count * places);
    for (let n = 0; n < count; n++)
      for (let i = 0; i < places; i++) squares += (input.values[(n * channels + c) * places + i] - mean[c]) ** 2;
    inverse[c] = 1 / Math.sqrt(squares / (count * places) + NORMALIZATION_EPSILON);
  }
}

export function normalizeScalar(
  { channels, places, rectified }: NormalizationLayer,
  count: number,
  input: Tensor,
  numbers: NormalizationNumbers,
  shortcut: Tensor | undefined,
  output: Tensor,
): void {
  for (let n = 0; n < count; n++) {
    for (let c = 0; c < channels; c++) {
      const factor = Math.fround(numbers.scale[c] * numbers.inverse[c]);
      const offset = Math.fround(numbers.shift[c] - Math.fround(numbers.mean[c] * factor));
      for (let i = 0; i < places; i++) {
        const at = (n * channels + c) * places + i;
        const value = input.values[at] * factor + offset + (shortcut?.values[at] ?? 0);
        output.values[at] = rectified ? Math.max(0, value) : value;
      }
    }
  }
}

export function normalizeBackScalar(
  { channels, places, rectified }: NormalizationLayer,
  count: number,
  input: Tensor,
  numbers: NormalizationNumbers,
  shortcut: Tensor | undefined,
  output: Tensor,
): void {
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let product = 0;
    const everyPlace = (visit: (at: number) => void): void => {
      for (let n = 0; n < count; n++) for (let i = 0; i < places; i++) visit((n * channels + c) * places + i);
    };
    everyPlace((at) => {
      if (rectified && !(output.values[at] > 0)) output.gradient[at] = 0;
      if (shortcut !== undefined) shortcut.gradient[at] = output.gradient[at];
      sum += output.gradient[at];
      product += output.gradient[at] * (input.values[at] - numbers.mean[c]) * numbers.inverse[c];
    });
    numbers.scaleGradient[c] = product;
    numbers.shiftGradient[c] = sum;
    const total = count * places;
    everyPlace((at) => {
      const standard = (input.values[at] - numbers.mean[c]) * numbers.inverse[c];
      input.gradient[at] =
        numbers.scale[c] * numbers.inverse[c] * (output.gradient[at] - sum / total - (standard * product) / total);
    });
  }
}
