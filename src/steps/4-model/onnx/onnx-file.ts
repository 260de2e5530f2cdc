/** ONNX files: the part of the format that a network of convolutions needs, written and read through a small schema of our own. */

import protobuf from "protobufjs";

/** Element types by their numbers in the format. */
export const ELEMENT = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  /** Little-endian. */
  readonly raw: Uint8Array;
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ints?: Readonly<Record<string, readonly number[] | number>>;
}

/** A dimension that is a word may have any size. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Opset 17 goes with version 8 of the file's format: what runtimes since 2022 read. */
const OPSET = 17;
const FORMAT = 8;

const field = (id: number, type: string, rule?: "repeated") => (rule === undefined ? { id, type } : { id, type, rule });

/** After onnx.proto3 of the ONNX project; numbers are the format's own. */
const SCHEMA: protobuf.INamespace = {
  nested: {
    Model: {
      fields: {
        format: field(1, "int64"),
        producer: field(2, "string"),
        graph: field(7, "Graph"),
        opsets: field(8, "Opset", "repeated"),
        metadata: field(14, "Entry", "repeated"),
      },
    },
    Entry: { fields: { key: field(1, "string"), value: field(2, "string") } },
    Opset: { fields: { domain: field(1, "string"), version: field(2, "int64") } },
    Graph: {
      fields: {
        node: field(1, "Node", "repeated"),
        name: field(2, "string"),
        initializer: field(5, "Tensor", "repeated"),
        input: field(11, "ValueInfo", "repeated"),
        output: field(12, "ValueInfo", "repeated"),
      },
    },
    Node: {
      fields: {
        input: field(1, "string", "repeated"),
        output: field(2, "string", "repeated"),
        name: field(3, "string"),
        operator: field(4, "string"),
        attribute: field(5, "Attribute", "repeated"),
      },
    },
    Attribute: {
      fields: {
        name: field(1, "string"),
        i: field(3, "int64"),
        ints: field(8, "int64", "repeated"),
        type: field(20, "int32"),
      },
    },
    Tensor: {
      fields: {
        dims: field(1, "int64", "repeated"),
        type: field(2, "int32"),
        name: field(8, "string"),
        raw: field(9, "bytes"),
      },
    },
    ValueInfo: { fields: { name: field(1, "string"), type: field(2, "Type") } },
    Type: { fields: { tensor: field(1, "TensorType") } },
    TensorType: { fields: { element: field(1, "int32"), shape: field(2, "Shape") } },
    Shape: { fields: { dim: field(1, "Dimension", "repeated") } },
    Dimension: {
      oneofs: { size: { oneof: ["value", "word"] } },
      fields: { value: field(1, "int64"), word: field(2, "string") },
    },
  },
};

const INT = 2;
const INTS = 7;

/** The bytes of a model file. */
export function encodeOnnx({ nodes, tensors, inputs, outputs }: OnnxGraph, name: string): Uint8Array {
  const type = protobuf.Root.fromJSON(SCHEMA).lookupType("Model");
  const message = {
    format: FORMAT,
    producer: "heptad",
    opsets: [{ domain: "", version: OPSET }],
    graph: {
      name,
      node: nodes.map(({ operator, inputs: from, outputs: to, ints = {} }) => ({
        input: [...from],
        output: [...to],
        name: to[0],
        operator,
        attribute: Object.entries(ints).map(([key, value]) =>
          typeof value === "number" ? { name: key, i: value, type: INT } : { name: key, ints: [...value], type: INTS },
        ),
      })),
      initializer: tensors.map(({ name: own, dims, type: element, raw }) => ({
        name: own,
        dims: [...dims],
        type: element,
        raw,
      })),
      input: inputs.map(described),
      output: outputs.map(described),
    },
  };
  const problem = type.verify(message);
  if (problem !== null) throw new Error(`the network cannot be written as ONNX: ${problem}`);
  return Uint8Array.from(type.encode(type.create(message)).finish());
}

/** The model with words beside it that every runtime hands out: messages of this format are merged by standing one behind the other. */
export function withMetadata(model: Uint8Array, words: Readonly<Record<string, string>>): Uint8Array {
  const type = protobuf.Root.fromJSON(SCHEMA).lookupType("Model");
  const metadata = Object.entries(words).map(([key, value]) => ({ key, value }));
  const behind = type.encode(type.create({ metadata })).finish();
  const whole = new Uint8Array(model.length + behind.length);
  whole.set(model);
  whole.set(behind, model.length);
  return whole;
}

function described({ name, shape }: OnnxValue) {
  const dim = shape.map((size) => (typeof size === "number" ? { value: size } : { word: size }));
  return { name, type: { tensor: { element: ELEMENT.float32, shape: { dim } } } };
}

export function floats(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  return { name, dims, type: ELEMENT.float32, raw: new Uint8Array(Float32Array.from(values).buffer) };
}

export function bytes8(
  name: string,
  dims: readonly number[],
  values: ArrayLike<number>,
  isSigned: boolean,
): OnnxTensor {
  const raw = isSigned ? new Uint8Array(Int8Array.from(values).buffer) : Uint8Array.from(values);
  return { name, dims, type: isSigned ? ELEMENT.int8 : ELEMENT.uint8, raw };
}

export function integers32(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  return { name, dims, type: ELEMENT.int32, raw: new Uint8Array(Int32Array.from(values).buffer) };
}
