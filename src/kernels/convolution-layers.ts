/** What a convolutional network's layers are, as data: which tensor each reads and writes, and in which shape. */

/** Zero padding of (side - 1) / 2 on every edge, no bias. */
export interface ConvolutionLayer {
  readonly kind: "convolution";
  /** Numbers of the tensors that it reads and writes. */
  readonly input: number;
  readonly output: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly filters: number;
  /** 1, 3, 5, … */
  readonly side: number;
  readonly stride: number;
  /** What going back does with the input's gradient: several layers may read one tensor. */
  readonly gradient: "none" | "replace" | "add";
}

/** Batch normalization by channel, then a shortcut is added, then ReLU. */
export interface NormalizationLayer {
  readonly kind: "normalization";
  readonly input: number;
  readonly output: number;
  readonly channels: number;
  /** Height times width. */
  readonly places: number;
  /** The tensor that is added; going back writes its gradient. */
  readonly shortcut: number | null;
  readonly rectified: boolean;
}

export type NetworkLayer = ConvolutionLayer | NormalizationLayer;

/** A network's layers in the order of going forward, and how many numbers a picture has in each tensor. */
export interface NetworkShape {
  readonly tensors: readonly number[];
  readonly layers: readonly NetworkLayer[];
}

/** Added to the variance before its root is taken, as everywhere. */
export const NORMALIZATION_EPSILON = 1e-5;

/** Height and width of what a convolution gives. */
export function outputSize({ height, width, stride }: Pick<ConvolutionLayer, "height" | "width" | "stride">): {
  readonly height: number;
  readonly width: number;
} {
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride) };
}

/** Weights of one filter. */
export function filterSize({ channels, side }: Pick<ConvolutionLayer, "channels" | "side">): number {
  return channels * side * side;
}
