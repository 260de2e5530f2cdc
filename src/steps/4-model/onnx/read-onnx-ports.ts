/** What an ONNX file takes and gives, read from its bytes alone: names, shapes and types, and whether its weights lie elsewhere. */

import protobuf from "protobufjs";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { ELEMENT } from "./onnx-file.ts";

export interface TypedPort {
  readonly name: string;
  /** A dimension that is a word may have any size. */
  readonly shape: readonly (number | string)[];
  /** `float32`, `int64`, …; `no tensor` for sequences and maps. */
  readonly type: string;
}

export interface OnnxPorts {
  /** What a caller gives: weights that old files list among the inputs are left out. */
  readonly inputs: readonly TypedPort[];
  readonly outputs: readonly TypedPort[];
  /** Files beside it that hold its weights. */
  readonly elsewhere: readonly string[];
}

const field = (id: number, type: string, rule?: "repeated") => (rule === undefined ? { id, type } : { id, type, rule });

/** The few fields that say what a file takes, after onnx.proto3; all others are passed over. */
const SCHEMA: protobuf.INamespace = {
  nested: {
    Model: { fields: { format: field(1, "int64"), graph: field(7, "Graph") } },
    Graph: {
      fields: {
        initializer: field(5, "Tensor", "repeated"),
        input: field(11, "ValueInfo", "repeated"),
        output: field(12, "ValueInfo", "repeated"),
      },
    },
    Tensor: {
      fields: { name: field(8, "string"), external: field(13, "Entry", "repeated"), location: field(14, "int32") },
    },
    Entry: { fields: { key: field(1, "string"), value: field(2, "string") } },
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

const EXTERNAL = 1;

/** Fails for bytes that are no ONNX file; `name` is the file's, for the message. */
export function readOnnxPorts(bytes: Uint8Array, name: string): Outcome<OnnxPorts> {
  const graph = graphIn(bytes);
  const outputs = list(graph, "output").map(portOf);
  if (graph === undefined || outputs.length === 0)
    return fail({
      code: "no-onnx",
      message: `${name} is no ONNX file, or not a whole one`,
      fix: "export the encoder with `torch.onnx.export` or `tf2onnx`, and name the .onnx file that it writes; where it was copied, copy it whole",
    });
  const tensors = list(graph, "initializer");
  const weights = new Set(tensors.map((tensor) => String(tensor.name)));
  const inputs = list(graph, "input")
    .map(portOf)
    .filter((port) => !weights.has(port.name));
  const elsewhere = tensors
    .filter(({ location }) => location === EXTERNAL)
    .flatMap((tensor) =>
      list(tensor, "external").flatMap(({ key, value }) => (key === "location" ? [String(value)] : [])),
    );
  return succeed({ inputs, outputs, elsewhere: [...new Set(elsewhere)] });
}

type Message = Readonly<Record<string, unknown>>;

function graphIn(bytes: Uint8Array): Message | undefined {
  const type = protobuf.Root.fromJSON(SCHEMA).lookupType("Model");
  try {
    const model = type.toObject(type.decode(bytes), { longs: Number, arrays: true });
    return isMessage(model.graph) ? model.graph : undefined;
  } catch {
    // Whatever the bytes are, they are not laid out as messages.
    return undefined;
  }
}

function portOf({ name, type }: Message): TypedPort {
  const tensor = isMessage(type) && isMessage(type.tensor) ? type.tensor : undefined;
  const shape = tensor !== undefined && isMessage(tensor.shape) ? list(tensor.shape, "dim") : [];
  const words: readonly string[] = TYPES;
  return {
    name: String(name),
    shape: shape.map(({ value, word }) =>
      // Some exporters write -1 where any size goes.
      typeof value === "number" && value > 0 ? value : word === undefined ? "?" : String(word),
    ),
    type: tensor === undefined ? "no tensor" : (words[Number(tensor.element)] ?? `type ${String(tensor.element)}`),
  };
}

/** By their numbers in the format. */
const TYPES = [
  "undefined",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
] as const;

/** The type that photos are given in and vectors are taken in. */
export const FED_TYPE = TYPES[ELEMENT.float32];

function list(message: Message | undefined, key: string): Message[] {
  const values = message?.[key];
  return Array.isArray(values) ? values.filter(isMessage) : [];
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null;
}

/** `photo float32 [n, 3, 64, 64], mask int64 [n, 16]`. */
export function describePorts(ports: readonly TypedPort[]): string {
  return ports.map(({ name, type, shape }) => `\`${name}\` ${type} [${shape.join(", ")}]`).join(", ");
}
