/** The numbers a network begins with: He's deviations for filters, one and zero for normalization. */

import type { Random } from "../../../core/random.ts";
import { filterSize } from "../../../kernels/convolution-layers.ts";
import { layersOf, type ResidualArchitecture } from "./residual-network.ts";

/** He et al. 2015: deviation sqrt(2 / fan-in) keeps the size of activations through ReLU. */
export function initialNumbers(architecture: ResidualArchitecture, random: Random): Float32Array {
  const { shape, slices, numbers, last } = layersOf(architecture);
  const result = new Float32Array(numbers);
  for (const { layer, what, at, length } of slices) {
    if (what === "scale" || what === "variance") result.fill(1, at, at + length);
    const deviation = deviationOf(what, layer);
    if (deviation > 0) for (let i = 0; i < length; i++) result[at + i] = deviation * random.normal();
  }
  return result;

  function deviationOf(what: string, layer: number): number {
    if (what === "linear") return Math.sqrt(1 / last.channels);
    if (what === "classes") return Math.sqrt(1 / architecture.dimensions);
    const own = shape.layers[layer];
    return what === "weights" && own?.kind === "convolution" ? Math.sqrt(2 / filterSize(own)) : 0;
  }
}
