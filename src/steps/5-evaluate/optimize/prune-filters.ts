/** Pruning of whole filters: the weakest of each block's inner convolution go, with what the next one read of them. */

import type { StoredNetwork } from "../../4-model/convolution/embedding-stages.ts";
import { layersOf, type ResidualArchitecture } from "../../4-model/convolution/residual-network.ts";

/**
 * Keeps a share of each block's inner filters, those of the largest weights times their normalization's scale (after Li et al. 2017). What
 * crosses blocks keeps its width, so shortcuts fit.
 */
export function pruneFilters({ architecture, numbers, scaling }: StoredNetwork, keep: number): StoredNetwork {
  const blocks = architecture.blocks.map((block) => ({
    ...block,
    middle: Math.max(1, Math.round(keep * block.middle)),
  }));
  const smaller: ResidualArchitecture = { ...architecture, blocks };
  const [before, after] = [layersOf(architecture), layersOf(smaller)];
  const result = new Float32Array(after.numbers);
  const kept = keptChannels(
    before,
    numbers,
    blocks.map(({ middle }) => middle),
  );
  for (const [place, { layer, at }] of after.slices.entries()) {
    const old = before.slices[place];
    const values = numbers.subarray(old.at, old.at + old.length);
    const shape = before.shape.layers[layer];
    if (shape?.kind === "convolution") {
      const rows = kept.get(shape.input) ?? range(shape.channels);
      const columns = kept.get(shape.output) ?? range(shape.filters);
      const square = shape.side * shape.side;
      let to = at;
      for (const row of rows)
        for (let tap = 0; tap < square; tap++)
          for (const column of columns) result[to++] = values[(row * square + tap) * shape.filters + column];
    } else {
      const channels = shape === undefined ? undefined : kept.get(shape.input);
      if (channels === undefined) result.set(values, at);
      else for (const [i, channel] of channels.entries()) result[at + i] = values[channel];
    }
  }
  return { architecture: smaller, numbers: result, scaling };
}

/** Channels that stay, by tensor: what a block's first convolution writes and what its normalization makes of it. */
function keptChannels(
  { shape, slices }: ReturnType<typeof layersOf>,
  numbers: Float32Array,
  middles: readonly number[],
): Map<number, number[]> {
  const result = new Map<number, number[]>();
  // The stem is a convolution and a normalization; a block begins with a convolution of side 3 whose result is rectified without a shortcut.
  const inner = shape.layers.flatMap((layer, number) => {
    const next = shape.layers[number + 1];
    const isInner =
      number > 0 &&
      layer.kind === "convolution" &&
      next?.kind === "normalization" &&
      next.rectified &&
      next.shortcut === null;
    return isInner ? [{ layer, number, output: next.output }] : [];
  });
  for (const [block, { layer, number, output }] of inner.entries()) {
    const weights = slices.find((one) => one.layer === number && one.what === "weights");
    const scale = slices.find((one) => one.layer === number + 1 && one.what === "scale");
    if (weights === undefined || scale === undefined) throw new Error("a convolution has weights and a scale");
    const size = Float64Array.from({ length: layer.filters }, (_, f) => {
      let sum = 0;
      for (let at = weights.at + f; at < weights.at + weights.length; at += layer.filters) sum += Math.abs(numbers[at]);
      return sum * Math.abs(numbers[scale.at + f]);
    });
    const order = range(layer.filters).sort((a, b) => size[b] - size[a] || a - b);
    const stay = order.slice(0, middles[block]).sort((a, b) => a - b);
    result.set(layer.output, stay);
    result.set(output, stay);
  }
  return result;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
