import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import type { EncoderFacts, StageFacts } from "../schema.ts";
import { planEncoder } from "./encoder-plan.ts";
import { readOnnxPorts, type TypedPort } from "./read-onnx-ports.ts";

/** The fields of onnx.proto3 that a file's ports need, written here a second time: the reader is held against the format, not against itself. */
const PROTO = `
syntax = "proto3";
message Entry { string key = 1; string value = 2; }
message Tensor { repeated int64 dims = 1; int32 data_type = 2; string name = 8; repeated Entry external_data = 13; int32 data_location = 14; }
message Dimension { oneof value { int64 dim_value = 1; string dim_param = 2; } }
message Shape { repeated Dimension dim = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message SequenceType { TensorType elem_type = 1; }
message Type { oneof value { TensorType tensor_type = 1; SequenceType sequence_type = 4; } }
message ValueInfo { string name = 1; Type type = 2; }
message Graph { string name = 2; repeated Tensor initializer = 5; repeated ValueInfo input = 11; repeated ValueInfo output = 12; }
message Model { int64 ir_version = 1; string producer_name = 2; Graph graph = 7; }
`;
const MODEL = protobuf.parse(PROTO).root.lookupType("Model");

const FLOAT = 1;
const INT64 = 7;
type Dims = readonly (number | string)[];

function port(name: string, dims: Dims, element = FLOAT) {
  const dim = dims.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: element, shape: { dim } } } };
}

function model(inputs: readonly object[], outputs: readonly object[], initializer: readonly object[] = []): Uint8Array {
  const message = {
    irVersion: 8,
    producerName: "test",
    graph: { name: "g", initializer, input: inputs, output: outputs },
  };
  return MODEL.encode(MODEL.fromObject(message)).finish();
}

const OUT = port("vector", ["n", 16]);

function plan(bytes: Uint8Array, facts: Partial<EncoderFacts> = {}, stage: Partial<StageFacts> = {}) {
  const encoder: EncoderFacts = { onnx: "e.onnx", mean: [0.5], std: [0.25], ...facts };
  const ports = readOnnxPorts(bytes, "e.onnx");
  return ports.ok
    ? planEncoder({ name: "embedding", model: encoder, ...stage }, encoder, ports.value, "4.stages[2]")
    : ports;
}

function refusal(outcome: ReturnType<typeof plan>): string {
  return outcome.ok ? "taken" : `${outcome.failure.where}: ${outcome.failure.message}`;
}

describe("the ports of an ONNX file", () => {
  it("are read with names, shapes and types; weights among the inputs are none", () => {
    const bytes = model(
      [
        port("w", [3, 3]),
        port("photo", ["n", 3, 64, -1]),
        port("ids", [2, 0], INT64),
        { name: "list", type: { sequenceType: {} } },
      ],
      [OUT],
      [{ name: "w", dims: [3, 3], dataType: FLOAT }],
    );
    const read = readOnnxPorts(bytes, "e.onnx");
    if (!read.ok) throw new Error(read.failure.message);
    const inputs: TypedPort[] = [
      { name: "photo", type: "float32", shape: ["n", 3, 64, "?"] },
      { name: "ids", type: "int64", shape: [2, "?"] },
      { name: "list", type: "no tensor", shape: [] },
    ];
    expect(read.value.inputs).toEqual(inputs);
    expect(read.value.outputs).toEqual([{ name: "vector", type: "float32", shape: ["n", 16] }]);
    expect(read.value.elsewhere).toEqual([]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["words", new TextEncoder().encode("this is a text, and no network at all")],
    ["the first half of a file", model([port("photo", ["n", 3, 8, 8])], [OUT]).subarray(0, 40)],
    ["a graph without outputs", model([port("photo", ["n", 3, 8, 8])], [])],
  ])("are not found in %s", (_, bytes) => {
    expect(refusal(plan(bytes))).toBe("undefined: e.onnx is no ONNX file, or not a whole one");
  });
});

describe("an encoder", () => {
  it("is planned from its file and the note, each channel with its own mean", () => {
    const bytes = model([port("photo", ["n", 3, 64, 64])], [OUT]);
    const taken = plan(bytes, { mean: [0.1, 0.2, 0.3], std: [0.5] });
    expect(taken).toEqual({
      ok: true,
      value: {
        file: "e.onnx",
        input: "photo",
        output: "vector",
        layout: "nchw",
        size: 64,
        channels: 3,
        mean: [0.1, 0.2, 0.3],
        deviation: [0.5, 0.5, 0.5],
        batch: null,
        dimensions: 16,
        where: "4.stages[2].model.onnx",
      },
    });
  });

  it("reads blue first where the note says so, and refuses an order of colours where there are none", () => {
    const colour = model([port("photo", ["n", 3, 64, 64])], [OUT]);
    expect(plan(colour, { colours: "bgr" })).toMatchObject({ ok: true, value: { colours: "bgr" } });
    const usual = plan(colour, { colours: "rgb" });
    expect(usual.ok && "colours" in usual.value).toBe(false);
    const grey = model([port("photo", ["n", 1, 64, 64])], [OUT]);
    expect(refusal(plan(grey, { colours: "bgr" }))).toMatch(/^4\.stages\[2\]\.model\.colours: .* takes 1 channel/u);
  });

  it("may fix its number of photos, leave its side open, or have its channels last", () => {
    const fixed = plan(model([port("photo", [8, 64, 64, 3])], [port("vector", [8, 16, 1, 1])]));
    expect(fixed).toMatchObject({ ok: true, value: { layout: "nhwc", batch: 8, size: 64, dimensions: 16 } });
    const open = model([port("photo", ["n", 1, "h", "w"])], [port("vector", ["n", "d"])]);
    expect(plan(open, { size: 28 })).toMatchObject({
      ok: true,
      value: { layout: "nchw", batch: null, size: 28, channels: 1, dimensions: null, mean: [0.5] },
    });
    expect(plan(open, { size: 28 }, { dimensions: 12 })).toMatchObject({ ok: true, value: { dimensions: 12 } });
    expect(refusal(plan(open))).toMatch(
      /^4\.stages\[2\]\.model\.onnx: e\.onnx takes photos of any size \(`photo` float32 \[n, 1, h, w\]\)/u,
    );
  });

  it("of several outputs is asked for one by name", () => {
    const bytes = model([port("photo", ["n", 3, 64, 64])], [port("logits", ["n", 1000]), port("features", ["n", 512])]);
    expect(refusal(plan(bytes))).toBe(
      "4.stages[2].model.onnx: the note does not say which output is meant; the file has `logits` float32 [n, 1000], `features` float32 [n, 512]",
    );
    expect(plan(bytes, { output: "features" })).toMatchObject({
      ok: true,
      value: { output: "features", dimensions: 512 },
    });
  });

  const PHOTO = port("photo", ["n", 3, 64, 64]);
  it.each<[string, Uint8Array, Partial<EncoderFacts>, RegExp]>([
    [
      "a second input",
      model([PHOTO, port("mask", ["n", 9], INT64)], [OUT]),
      { input: "photo" },
      /onnx: e\.onnx takes 2 inputs.*`photo` float32 \[n, 3, 64, 64\], `mask` int64 \[n, 9\]/u,
    ],
    [
      "a type that is not fed",
      model([port("photo", ["n", 3, 64, 64], 2)], [OUT]),
      {},
      /onnx: the input `photo` is uint8, and only float32 is fed/u,
    ],
    [
      "a type that is not read",
      model([PHOTO], [port("vector", ["n", 16], 10)]),
      { output: "vector" },
      /model\.output: the output `vector` is float16, and only float32 is read/u,
    ],
    ["no photos", model([port("words", ["n", 77])], [OUT]), {}, /takes no photos: they have four dimensions/u],
    [
      "no channels",
      model([port("photo", ["n", "c", 64, 64])], [OUT]),
      {},
      /does not say where its 3 channels, or 1, stand/u,
    ],
    [
      "four channels",
      model([port("photo", ["n", 4, 64, 64])], [OUT]),
      { layout: "nchw" },
      /model\.layout: read as nchw, .* has 4 channels/u,
    ],
    ["either order", model([port("photo", [1, 3, 64, 3])], [OUT]), {}, /may be read in either order/u],
    [
      "no square",
      model([port("photo", ["n", 3, 64, 48])], [OUT]),
      {},
      /takes photos of 48 x 64, and photos are resized to a square/u,
    ],
    [
      "a side that is not decoded",
      model([port("photo", ["n", 3, 1024, 1024])], [OUT]),
      {},
      /a side of 8 to 512, and the file takes 1024/u,
    ],
    [
      "a map in place of a vector",
      model([PHOTO], [port("map", ["n", 64, 8, 8])]),
      {},
      /onnx: the output `map` float32 \[n, 64, 8, 8\] is no vector a photo/u,
    ],
    [
      "one number a photo",
      model([PHOTO], [port("score", ["n", 1])]),
      { output: "score" },
      /model\.output: the output `score` float32 \[n, 1\] is no vector/u,
    ],
    [
      "weights elsewhere",
      model(
        [PHOTO],
        [OUT],
        [
          {
            name: "w",
            dataLocation: 1,
            externalData: [
              { key: "location", value: "weights.bin" },
              { key: "offset", value: "0" },
            ],
          },
        ],
      ),
      {},
      /onnx: the weights of e\.onnx lie in other files \(weights\.bin\)/u,
    ],
    [
      "two deviations",
      model([PHOTO], [OUT]),
      { std: [0.2, 0.2] },
      /model\.std: `std` has 2 numbers, and the file takes 3 channels/u,
    ],
  ])("is refused, with what the file has, for %s", (_, bytes, facts, message) => {
    expect(refusal(plan(bytes, facts))).toMatch(message);
  });

  it.each([
    ["width", 64],
    ["epochs", 64],
    ["batch", 64],
    ["size", 64],
    ["augmentation", { zoom: 0.1 }],
  ] as const)("does not read %s, and says so", (key, value) => {
    const bytes = model([PHOTO], [OUT]);
    expect(refusal(plan(bytes, {}, { [key]: value }))).toMatch(
      new RegExp(`^4\\.stages\\[2\\]\\.${key}: \`${key}\` is read by a training`, "u"),
    );
  });
});

describe("the mean and deviation of an encoder", () => {
  const fed = (facts: Partial<EncoderFacts>) => plan(model([port("photo", ["n", 3, 64, 64])], [OUT]), facts);

  it("that are of values up to 255 are refused with what they are from 0 to 1: they were said to be text", () => {
    const outcome = fed({ mean: [123.675, 116.28, 103.53] });
    expect(refusal(outcome)).toBe("4.stages[2].model.mean: `mean` is of values from 0 to 1, and 123.675 is none");
    expect(outcome.ok ? "" : outcome.failure.fix).toContain("divide by 255: `mean: [0.485, 0.456, 0.406]`");
  });

  it("are from 0 to 1, a deviation above 0", () => {
    expect(fed({ mean: [0], std: [1] }).ok).toBe(true);
    expect(fed({ mean: [1], std: [0.001] }).ok).toBe(true);
    for (const facts of [{ std: [0] }, { std: [-1] }, { mean: [-0.1] }, { mean: [300] }]) {
      const outcome = fed(facts);
      expect(refusal(outcome)).toContain("is of values from 0 to 1");
      expect(outcome.ok ? "" : outcome.failure.fix).toMatch(/^write what the encoder was trained with; [01] for none/u);
    }
  });
});
