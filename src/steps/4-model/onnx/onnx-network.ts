/** A folded network as an ONNX graph: scaled photos in, unit vectors out, any number at once. */

import type { FoldedConvolution, FoldedNetwork } from "./folded-network.ts";
import { encodeOnnx, floats, type OnnxGraph, type OnnxNode, type OnnxTensor } from "./onnx-file.ts";

export const ONNX_INPUT = "photo";
export const ONNX_OUTPUT = "vector";

/** The bytes of the model file. `inside` names tensors that are given out too, for finding their ranges. */
export function writeOnnx(network: FoldedNetwork, inside: readonly string[] = []): Uint8Array {
  return encodeOnnx(graphOf(network, inside), "embedding");
}

function graphOf(network: FoldedNetwork, inside: readonly string[]): OnnxGraph {
  const parts = [...network.convolutions.map(convolutionParts), headParts(network)];
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    tensors: parts.flatMap(({ tensors }) => tensors),
    inputs: [{ name: ONNX_INPUT, shape: ["n", network.channels, network.size, network.size] }],
    outputs: [
      { name: ONNX_OUTPUT, shape: ["n", network.dimensions] },
      ...inside.map((name) => ({ name, shape: ["n", `${name}.c`, `${name}.h`, `${name}.w`] })),
    ],
  };
}

interface GraphPart {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
}

/** The name of a convolution's own result, before a shortcut and ReLU. */
export function plainName({ output, shortcut, rectified }: FoldedConvolution): string {
  return shortcut === null && !rectified ? output : `${output}.plain`;
}

/** Kernel attributes as every runtime reads them; the padding of our kernels is (side - 1) / 2 on each edge. */
export function convolutionAttributes({ side, stride }: FoldedConvolution): OnnxNode["ints"] {
  const border = (side - 1) / 2;
  return {
    kernel_shape: [side, side],
    strides: [stride, stride],
    pads: [border, border, border, border],
    dilations: [1, 1],
    group: 1,
  };
}

function convolutionParts(layer: FoldedConvolution): GraphPart {
  const { input, output, shortcut, rectified, filters, channels, side, weights, bias } = layer;
  const plain = plainName(layer);
  const sum = rectified ? `${output}.sum` : output;
  const convolve: OnnxNode = {
    operator: "Conv",
    inputs: [input, `${output}.w`, `${output}.b`],
    outputs: [plain],
    ints: convolutionAttributes(layer),
  };
  const add: OnnxNode[] = shortcut === null ? [] : [{ operator: "Add", inputs: [plain, shortcut], outputs: [sum] }];
  const rectify: OnnxNode[] = rectified
    ? [{ operator: "Relu", inputs: [shortcut === null ? plain : sum], outputs: [output] }]
    : [];
  return {
    nodes: [convolve, ...add, ...rectify],
    tensors: [floats(`${output}.w`, [filters, channels, side, side], weights), floats(`${output}.b`, [filters], bias)],
  };
}

function headParts({ last, linear, bias, dimensions }: FoldedNetwork): GraphPart {
  return {
    nodes: [
      { operator: "GlobalAveragePool", inputs: [last.tensor], outputs: ["pooled"] },
      { operator: "Flatten", inputs: ["pooled"], outputs: ["flat"], ints: { axis: 1 } },
      { operator: "Gemm", inputs: ["flat", "linear.w", "linear.b"], outputs: ["raw"], ints: { transB: 1 } },
      { operator: "LpNormalization", inputs: ["raw"], outputs: [ONNX_OUTPUT], ints: { axis: 1, p: 2 } },
    ],
    tensors: [floats("linear.w", [dimensions, last.channels], linear), floats("linear.b", [dimensions], bias)],
  };
}
