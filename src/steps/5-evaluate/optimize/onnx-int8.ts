/** Static 8-bit quantization of a folded network in QDQ form: weights by filter, activations by tensor, ranges found on calibration photos. */

import type { FoldedConvolution, FoldedNetwork } from "../../4-model/onnx/folded-network.ts";
import {
  bytes8,
  encodeOnnx,
  floats,
  integers32,
  type OnnxNode,
  type OnnxTensor,
} from "../../4-model/onnx/onnx-file.ts";
import { convolutionAttributes, ONNX_INPUT, ONNX_OUTPUT, plainName } from "../../4-model/onnx/onnx-network.ts";

/** Least and largest value of each tensor on the calibration photos. */
export type TensorRanges = ReadonlyMap<string, readonly [number, number]>;

/**
 * Weights use 7 of 8 bits: without VNNI a processor adds two products of 8-bit numbers in 16 bits, which the eighth bit would overflow.
 * The result is then the same on every machine.
 */
const MOST_WEIGHT = 63;

/** Tensors that are quantized: what convolutions read, and what is added. */
export function quantizedTensors({ convolutions }: FoldedNetwork): string[] {
  const names = convolutions.flatMap((layer) => [...(layer.shortcut === null ? [] : [plainName(layer)]), layer.output]);
  return [...new Set(names)];
}

/** The bytes of the model file. Throws where a tensor has no range. */
export function writeInt8Onnx(network: FoldedNetwork, ranges: TensorRanges): Uint8Array {
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  const scales = new Map<string, number>();
  const quantize = (from: string, name: string): void => {
    const { scale, zero } = gridOf(ranges, name);
    scales.set(name, scale);
    tensors.push(floats(`${name}.s`, [], [scale]), bytes8(`${name}.z`, [], [zero], false));
    nodes.push({ operator: "QuantizeLinear", inputs: [from, `${name}.s`, `${name}.z`], outputs: [`${name}.q`] });
    nodes.push({
      operator: "DequantizeLinear",
      inputs: [`${name}.q`, `${name}.s`, `${name}.z`],
      outputs: [`${name}.d`],
    });
  };
  quantize(ONNX_INPUT, ONNX_INPUT);
  for (const layer of network.convolutions) {
    const { input, output, shortcut, rectified } = layer;
    addWeights(layer, scales.get(input) ?? Number.NaN, nodes, tensors);
    const convolved = `${output}.c`;
    nodes.push({
      operator: "Conv",
      inputs: [`${input}.d`, `${output}.w.d`, `${output}.b.d`],
      outputs: [convolved],
      ints: convolutionAttributes(layer),
    });
    let last = convolved;
    if (shortcut !== null) {
      quantize(convolved, plainName(layer));
      last = `${output}.sum`;
      nodes.push({ operator: "Add", inputs: [`${plainName(layer)}.d`, `${shortcut}.d`], outputs: [last] });
    }
    if (rectified) {
      nodes.push({ operator: "Relu", inputs: [last], outputs: [`${output}.r`] });
      last = `${output}.r`;
    }
    quantize(last, output);
  }
  const { last, linear, bias, dimensions, channels, size } = network;
  nodes.push(
    { operator: "GlobalAveragePool", inputs: [`${last.tensor}.d`], outputs: ["pooled"] },
    { operator: "Flatten", inputs: ["pooled"], outputs: ["flat"], ints: { axis: 1 } },
    { operator: "Gemm", inputs: ["flat", "linear.w", "linear.b"], outputs: ["raw"], ints: { transB: 1 } },
    { operator: "LpNormalization", inputs: ["raw"], outputs: [ONNX_OUTPUT], ints: { axis: 1, p: 2 } },
  );
  tensors.push(floats("linear.w", [dimensions, last.channels], linear), floats("linear.b", [dimensions], bias));
  const inputs = [{ name: ONNX_INPUT, shape: ["n", channels, size, size] }];
  return encodeOnnx(
    { nodes, tensors, inputs, outputs: [{ name: ONNX_OUTPUT, shape: ["n", dimensions] }] },
    "embedding-int8",
  );
}

/** The scale and zero point of an activation. Zero is always on the grid; after ReLU it is the grid's first point. */
function gridOf(ranges: TensorRanges, name: string): { readonly scale: number; readonly zero: number } {
  const range = ranges.get(name);
  if (range === undefined) throw new Error(`${name} was not calibrated`);
  const [low, high] = [Math.min(0, range[0]), Math.max(0, range[1])];
  const scale = Math.fround((high - low) / 255 || 1);
  return { scale, zero: Math.round(-low / scale) };
}

function addWeights(
  { output, weights, bias, filters, channels, side }: FoldedConvolution,
  inputScale: number,
  nodes: OnnxNode[],
  tensors: OnnxTensor[],
): void {
  const inner = weights.length / filters;
  const scales = new Float32Array(filters);
  const small = new Int8Array(weights.length);
  for (let f = 0; f < filters; f++) {
    const own = weights.subarray(f * inner, (f + 1) * inner);
    const largest = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[f] = largest / MOST_WEIGHT || 1;
    for (let k = 0; k < inner; k++) small[f * inner + k] = Math.round(own[k] / scales[f]);
  }
  const biasScales = scales.map((scale) => scale * inputScale);
  const rounded = Array.from(bias, (value, f) =>
    Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(value / biasScales[f]))),
  );
  tensors.push(
    bytes8(`${output}.w.q`, [filters, channels, side, side], small, true),
    floats(`${output}.w.s`, [filters], scales),
    bytes8(`${output}.w.z`, [filters], new Int8Array(filters), true),
    integers32(`${output}.b.q`, [filters], rounded),
    floats(`${output}.b.s`, [filters], biasScales),
    integers32(`${output}.b.z`, [filters], new Int32Array(filters)),
  );
  nodes.push(
    {
      operator: "DequantizeLinear",
      inputs: [`${output}.w.q`, `${output}.w.s`, `${output}.w.z`],
      outputs: [`${output}.w.d`],
      ints: { axis: 0 },
    },
    {
      operator: "DequantizeLinear",
      inputs: [`${output}.b.q`, `${output}.b.s`, `${output}.b.z`],
      outputs: [`${output}.b.d`],
      ints: { axis: 0 },
    },
  );
}
