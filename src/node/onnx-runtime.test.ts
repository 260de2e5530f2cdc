import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { scaleInto } from "../steps/3-data/pictures/picture-set.ts";
import { embedPictures } from "../steps/4-model/convolution/embed-pictures.ts";
import { openEmbeddingNetwork } from "../steps/4-model/convolution/embedding-network.ts";
import { planEmbedding } from "../steps/4-model/convolution/embedding-plan.ts";
import { initialNumbers } from "../steps/4-model/convolution/initial-numbers.ts";
import { layersOf, residualArchitecture } from "../steps/4-model/convolution/residual-network.ts";
import { foldNetwork } from "../steps/4-model/onnx/folded-network.ts";
import { ONNX_OUTPUT, writeOnnx } from "../steps/4-model/onnx/onnx-network.ts";
import { makeVariant, scaledPhoto, wholeVariant } from "../steps/5-evaluate/optimize/photo-variants.ts";
import { pruneFilters } from "../steps/5-evaluate/optimize/prune-filters.ts";
import type { Environment } from "../system/environment.ts";
import { createInputFiles } from "./input-files.ts";
import { createOnnxRuntime } from "./onnx-runtime.ts";

function unusedEnvironment(): Environment {
  const no = (): never => {
    throw new Error("not asked for here");
  };
  return {
    sql: { query: no, register: no },
    files: createInputFiles(),
    pool: undefined,
    progress: () => undefined,
    stopwatch: { now: () => 0 },
    digest: no,
    peakMemory: () => 0,
  };
}

/** A network whose normalizations all do something, and photos of noise. */
function example(size: number, channels: number, width: number) {
  const architecture = residualArchitecture({ size, channels, width, classes: 3, dimensions: 8 });
  const random = createRandom(9);
  const numbers = initialNumbers(architecture, random);
  for (const { what, at, length } of layersOf(architecture).slices)
    for (let i = at; i < at + length; i++) {
      if (what === "scale" || what === "variance") numbers[i] = 0.5 + random.uniform();
      if (what === "shift" || what === "mean" || what === "bias") numbers[i] = 0.3 * random.normal();
    }
  const count = 5;
  const pixels = Uint8Array.from({ length: count * size * size * channels }, () => random.below(256));
  const set = { count, size, channels, pixels };
  const scaling = { mean: Array(channels).fill(0.5), deviation: Array(channels).fill(0.25) };
  return { architecture, numbers, scaling, set };
}

describe("a network written as ONNX", () => {
  it.each([
    [32, 3, 4],
    [28, 1, 3],
    [40, 3, 2],
  ])(
    "gives in onnxruntime what it gives here, at %i px with %i channels and width %i",
    async (size, channels, width) => {
      const { architecture, numbers, scaling, set } = example(size, channels, width);
      const rows = [0, 1, 2, 3, 4];
      const opened = openEmbeddingNetwork(architecture, { batch: 3, learning: false });
      await opened.load(numbers);
      const ours = await embedPictures(opened, 8, set, rows, scaling);
      const session = await createOnnxRuntime().open(writeOnnx(foldNetwork({ architecture, numbers, scaling })));
      expect(session.inputs).toEqual([{ name: "photo", shape: ["n", channels, size, size] }]);
      expect(session.outputs).toEqual([{ name: "vector", shape: ["n", 8] }]);
      const step = size * size * channels;
      const input = new Float32Array(5 * step);
      for (const row of rows) scaleInto(set, row, scaling, input, row * step);
      const theirs = (await session.run(input, [5, channels, size, size]))[ONNX_OUTPUT];
      expect(theirs.length).toBe(ours.length);
      for (const [i, value] of ours.entries()) expect(Math.abs(value - theirs[i])).toBeLessThan(1e-4);
      await session.close();
    },
  );

  it("rounded to 8 bits keeps every vector's direction, in a third of the bytes", async () => {
    const { architecture, numbers, scaling, set } = example(32, 3, 8);
    const pictures = { set, labels: [0, 1, 2, 0, 1], rows: Int32Array.of(0, 1, 2, 3, 4), scaling };
    const onnx = createOnnxRuntime();
    const environment = { ...unusedEnvironment(), onnx };
    const network = { architecture, numbers, scaling };
    const ground = {
      network,
      pictures,
      rowsOf: () => pictures.rows,
      plan: planEmbedding(undefined),
      onnx,
      environment,
      random: createRandom(1),
    };
    const small = await makeVariant({ method: "quantization", precision: "int8" }, ground);
    if (typeof small === "string") throw new Error(small);
    const whole = wholeVariant(ground);
    expect(small.model.length).toBeLessThan(0.4 * whole.model.length);
    const [a, b] = [await onnx.open(whole.model), await onnx.open(small.model)];
    for (const row of pictures.rows) {
      const photo = scaledPhoto(set, row, network);
      const [exact, rounded] = [
        (await a.run(photo, [1, 3, 32, 32]))[ONNX_OUTPUT],
        (await b.run(photo, [1, 3, 32, 32]))[ONNX_OUTPUT],
      ];
      expect(exact.reduce((sum, value, d) => sum + value * rounded[d], 0)).toBeGreaterThan(0.98);
    }
  });

  it("pruning takes out filters that do nothing without changing a vector", async () => {
    const { architecture, numbers, scaling, set } = example(16, 3, 4);
    const { shape, slices } = layersOf(architecture);
    // Every second inner filter of each block is silenced: scale and shift at zero.
    for (const [number, layer] of shape.layers.entries()) {
      if (number < 3 || layer.kind !== "normalization" || layer.shortcut !== null || !layer.rectified) continue;
      for (const { what, at, length } of slices.filter((one) => one.layer === number))
        if (what === "scale" || what === "shift") for (let c = 1; c < length; c += 2) numbers[at + c] = 0;
    }
    const whole = { architecture, numbers, scaling };
    const pruned = pruneFilters(whole, 0.5);
    expect(pruned.architecture.blocks.map(({ middle }) => middle)).toEqual([2, 4, 8, 16]);
    expect(pruned.numbers.length).toBeLessThan(0.7 * numbers.length);
    const vectors = await Promise.all(
      [whole, pruned].map(async (network) => {
        const opened = openEmbeddingNetwork(network.architecture, { batch: 5, learning: false });
        await opened.load(network.numbers);
        return embedPictures(opened, 8, set, [0, 1, 2, 3, 4], scaling);
      }),
    );
    for (const [i, value] of vectors[0].entries()) expect(Math.abs(value - vectors[1][i])).toBeLessThan(1e-5);
  });

  it("bytes that are no model are refused with what to do", async () => {
    await expect(createOnnxRuntime().open(new Uint8Array([1, 2, 3]))).rejects.toThrow(/cannot be loaded/u);
  });
});
