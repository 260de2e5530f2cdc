import { describe, expect, it } from "vitest";
import { FailureError } from "../../../core/outcome.ts";
import type { OnnxRuntime } from "../../../system/environment.ts";
import type { EncoderPlan } from "../onnx/encoder-plan.ts";
import { checkPhotosFit, encoderInput } from "./encoder-input.ts";
import { openEncoder } from "./encoder-session.ts";

const PLAN: EncoderPlan = {
  file: "e.onnx",
  input: "photo",
  output: "vector",
  layout: "nchw",
  size: 2,
  channels: 3,
  mean: [0, 0.2, 0.4],
  deviation: [1, 0.5, 0.25],
  batch: null,
  dimensions: null,
  where: "4.stages[0].model.onnx",
};

/** A photo of four places: red 0, 51, 102, 153; green 51 more, blue 102 more. */
const SET = {
  count: 1,
  size: 2,
  channels: 3,
  pixels: Uint8Array.of(0, 51, 102, 51, 102, 153, 102, 153, 204, 153, 204, 255),
};

function written(plan: Partial<EncoderPlan>, set = SET): number[] {
  const to = new Float32Array(13).fill(9);
  encoderInput({ ...PLAN, ...plan }, set, 0, to, 1);
  return Array.from(to, (value) => Math.round(value * 1000) / 1000);
}

describe("a photo as an encoder reads it", () => {
  it("is less its mean over its deviation, in planes or place by place", () => {
    expect(written({})).toEqual([9, 0, 0.2, 0.4, 0.6, 0, 0.4, 0.8, 1.2, 0, 0.8, 1.6, 2.4]);
    expect(written({ layout: "nhwc" })).toEqual([9, 0, 0, 0, 0.2, 0.4, 0.8, 0.4, 0.8, 1.6, 0.6, 1.2, 2.4]);
  });

  it("in grey fills every channel, each with the channel's own scaling", () => {
    const grey = { count: 1, size: 2, channels: 1, pixels: Uint8Array.of(102, 102, 153, 204) };
    expect(written({}, grey)).toEqual([9, 0.4, 0.4, 0.6, 0.8, 0.4, 0.4, 0.8, 1.2, 0, 0, 0.8, 1.6]);
  });

  it("of another side, or in colour where grey is taken, is refused", () => {
    expect(() => checkPhotosFit(PLAN, { size: 3, channels: 3 })).toThrow(
      /3 x 3 and are not resized; e\.onnx takes 2 x 2/u,
    );
    expect(() => checkPhotosFit({ ...PLAN, channels: 1 }, SET)).toThrow(/have 3 channels, and e\.onnx takes 1/u);
    expect(() => checkPhotosFit(PLAN, { size: 2, channels: 1 })).not.toThrow();
  });
});

/** A runtime whose vector is the first two numbers of each photo, and that keeps the shapes it was given. */
function fake(change: (values: Float32Array) => Float32Array = (values) => values) {
  const shapes: (readonly number[])[] = [];
  let closed = 0;
  const runtime: OnnxRuntime = {
    open: async () => ({
      inputs: [],
      outputs: [],
      run: async (input, shape) => {
        shapes.push(shape);
        const step = input.length / shape[0];
        const vectors = Array.from({ length: shape[0] }, (_, n) => [3 + input[n * step], 4 + input[n * step]]);
        return { vector: change(Float32Array.from(vectors.flat())) };
      },
      close: async () => {
        closed++;
      },
    }),
  };
  return { runtime, shapes, closed: () => closed };
}

const many = { ...SET, count: 3, pixels: Uint8Array.from({ length: 36 }, (_, i) => (i < 12 ? 0 : i < 24 ? 85 : 170)) };
const progress = () => undefined;

describe("an encoder at work", () => {
  it("is asked photo by photo where it takes any number, and gives vectors of length 1", async () => {
    const { runtime, shapes, closed } = fake();
    const embedder = await openEncoder({ ...PLAN, layout: "nhwc" }, new Uint8Array(), { onnx: runtime, progress });
    expect(embedder.dimensions).toBe(2);
    const vectors = await embedder.embed(many, [2, 0]);
    expect(shapes).toEqual(Array(3).fill([1, 2, 2, 3]));
    const length = Math.hypot(3 + 2 / 3, 4 + 2 / 3);
    const wanted = [(3 + 2 / 3) / length, (4 + 2 / 3) / length, 0.6, 0.8];
    for (const [i, value] of vectors.entries()) expect(value).toBeCloseTo(wanted[i], 6);
    await embedder.close();
    expect(closed()).toBe(1);
  });

  it("that takes two photos at a time is given two, the last time one and nothing", async () => {
    const { runtime, shapes } = fake();
    const embedder = await openEncoder({ ...PLAN, batch: 2 }, new Uint8Array(), { onnx: runtime, progress });
    const [alone] = [await embedder.embed(many, [1])];
    const vectors = await embedder.embed(many, [0, 1, 2]);
    expect(shapes.every(([n]) => n === 2)).toBe(true);
    expect(vectors).toHaveLength(6);
    expect(vectors.slice(2, 4)).toEqual(alone);
  });

  it.each<[string, Partial<EncoderPlan>, (values: Float32Array) => Float32Array, RegExp]>([
    ["no numbers", {}, (values) => values.fill(Number.NaN), /holds what is no number/u],
    ["another length", { dimensions: 5 }, (values) => values, /vectors have 2 numbers, and 5 were expected/u],
    ["nothing", {}, () => new Float32Array(), /`vector` gave 0 numbers for 1 photos/u],
  ])("that gives %s is refused at the note's line", async (_, plan, change, message) => {
    const { runtime } = fake(change);
    const failed = await openEncoder({ ...PLAN, ...plan }, new Uint8Array(), { onnx: runtime, progress })
      .then((embedder) => embedder.embed(many, [0]))
      .catch((error: unknown) => error);
    if (!(failed instanceof FailureError)) throw failed;
    expect(failed.failure).toMatchObject({ where: PLAN.where, code: "encoder-does-not-fit" });
    expect(failed.message).toMatch(message);
  });
});
