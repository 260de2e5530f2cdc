import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import { type ConvolutionSpace, openConvolutionSpace } from "./convolution.ts";
import { type ConvolutionLayer, type NetworkShape, outputSize } from "./convolution-layers.ts";
import type { KernelPath } from "./feature-probe.ts";
import type { KernelPool } from "./pool.ts";

const COUNT = 3;
const paths = ["simd", "scalar"] as const;

function oneConvolution(layer: Omit<ConvolutionLayer, "kind" | "input" | "output" | "gradient">): NetworkShape {
  const out = outputSize(layer);
  return {
    tensors: [layer.channels * layer.height * layer.width, layer.filters * out.height * out.width],
    layers: [{ kind: "convolution", input: 0, output: 1, gradient: "replace", ...layer }],
  };
}

const shapes = fc.record({
  channels: fc.integer({ min: 1, max: 5 }),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
  filters: fc.integer({ min: 1, max: 10 }),
  side: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 2, 3),
});

/** Every array of a space filled with seeded noise; the output's gradient too. */
function open(shape: NetworkShape, path: KernelPath, batch = COUNT, pool?: KernelPool): ConvolutionSpace {
  const space = openConvolutionSpace(shape, { batch, learning: true, path, pool });
  const random = createRandom(5);
  const fill = (array: Float32Array, from = 0): void => {
    for (let i = 0; i < array.length; i++) array[i] = from + random.normal();
  };
  for (const { values, gradient } of space.tensors) for (const array of [values, gradient]) fill(array);
  for (const [at, { kind }] of shape.layers.entries()) {
    if (kind === "convolution") fill(space.weightsOf(at).weights);
    else for (const array of [space.numbersOf(at).scale, space.numbersOf(at).shift]) fill(array, 1);
  }
  return space;
}

function close(ours: Float32Array, twin: Float32Array, most: number): void {
  expect(ours.length).toBe(twin.length);
  for (let i = 0; i < ours.length; i++)
    if (Math.abs(ours[i] - twin[i]) > most) expect([i, ours[i]]).toEqual([i, twin[i]]);
}

describe("a convolution", () => {
  it("is the same forward and back by panels and by plain loops, whatever its shape", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (layer) => {
        const [simd, scalar] = paths.map((path) => open(oneConvolution(layer), path));
        for (const space of [simd, scalar]) {
          await space.weightsChanged();
          await space.forward(0, COUNT, true);
          await space.backward(0, COUNT);
        }
        // At most 125 products of normal numbers forward, 243 back.
        close(simd.tensors[1].values, scalar.tensors[1].values, 1e-4);
        close(simd.weightsOf(0).gradient, scalar.weightsOf(0).gradient, 2e-4);
        close(simd.tensors[0].gradient, scalar.tensors[0].gradient, 2e-4);
      }),
    );
  });

  it("adds to the input's gradient where another layer has written it", async () => {
    const layer = { channels: 2, height: 8, width: 8, filters: 3, side: 3, stride: 1 };
    const shape = oneConvolution(layer);
    const adding: NetworkShape = {
      ...shape,
      layers: [{ kind: "convolution", input: 0, output: 1, gradient: "add", ...layer }],
    };
    const [replaced, added] = [open(shape, "simd"), open(adding, "simd")];
    const before = added.tensors[0].gradient.slice();
    for (const space of [replaced, added]) {
      await space.weightsChanged();
      await space.backward(0, COUNT);
    }
    close(
      added.tensors[0].gradient,
      before.map((value, i) => value + replaced.tensors[0].gradient[i]),
      1e-6,
    );
  });
});

/** A picture through convolution, normalization with a shortcut and ReLU, and a second convolution: every kind of edge. */
const small: NetworkShape = {
  tensors: [2 * 36, 2 * 36, 2 * 36, 3 * 9],
  layers: [
    {
      kind: "convolution",
      input: 0,
      output: 1,
      channels: 2,
      height: 6,
      width: 6,
      filters: 2,
      side: 3,
      stride: 1,
      gradient: "add",
    },
    { kind: "normalization", input: 1, output: 2, channels: 2, places: 36, shortcut: 0, rectified: true },
    {
      kind: "convolution",
      input: 2,
      output: 3,
      channels: 2,
      height: 6,
      width: 6,
      filters: 3,
      side: 3,
      stride: 2,
      gradient: "replace",
    },
  ],
};

async function loss(space: ConvolutionSpace, direction: Float32Array): Promise<number> {
  await space.weightsChanged();
  for (const layer of small.layers.keys()) await space.forward(layer, COUNT, true);
  return space.tensors[3].values.reduce((sum, value, i) => sum + value * direction[i], 0);
}

describe.each(paths)("gradients by %s", (path) => {
  it("are those of finite differences: of every weight, scale, shift and picture", async () => {
    const space = open(small, path);
    const direction = space.tensors[3].gradient.slice();
    await loss(space, direction);
    space.tensors[3].gradient.set(direction);
    for (const layer of [2, 1, 0]) await space.backward(layer, COUNT);
    const checked: (readonly [Float32Array, Float32Array])[] = [
      [space.weightsOf(0).weights, space.weightsOf(0).gradient.slice()],
      [space.numbersOf(1).scale, space.numbersOf(1).scaleGradient.slice()],
      [space.numbersOf(1).shift, space.numbersOf(1).shiftGradient.slice()],
      [space.weightsOf(2).weights, space.weightsOf(2).gradient.slice()],
      [space.tensors[0].values, space.tensors[0].gradient.slice()],
    ];
    for (const [numbers, gradient] of checked) {
      let [off, size] = [0, 0];
      for (let i = 0; i < numbers.length; i++) {
        const kept = numbers[i];
        const step = 2e-3;
        numbers[i] = kept + step;
        const above = await loss(space, direction);
        numbers[i] = kept - step;
        const below = await loss(space, direction);
        numbers[i] = kept;
        off += ((above - below) / (2 * step) - gradient[i]) ** 2;
        size += gradient[i] ** 2;
      }
      // Float32 differences of a loss of size 100 over a step of 0.002, and ReLU's corners.
      expect(Math.sqrt(off / size)).toBeLessThan(0.02);
    }
  });
});

it("gives the same bits on one thread in place and on two threads", async () => {
  const pool = createKernelPool(2);
  try {
    const spaces = [open(small, "simd", 20), open(small, "simd", 20, pool)];
    for (const space of spaces) {
      await space.weightsChanged();
      for (const layer of small.layers.keys()) await space.forward(layer, 20, true);
      for (const layer of [2, 1, 0]) await space.backward(layer, 20);
    }
    const [one, two] = spaces;
    for (const at of one.tensors.keys()) {
      expect(two.tensors[at].values).toEqual(one.tensors[at].values);
      expect(two.tensors[at].gradient).toEqual(one.tensors[at].gradient);
    }
    for (const layer of [0, 2]) expect(two.weightsOf(layer).gradient).toEqual(one.weightsOf(layer).gradient);
  } finally {
    await pool.close();
  }
});
