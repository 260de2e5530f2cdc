/** The bytes of one vector as an index stores it: by its type and the stage's precision. */

import type { StageFacts } from "./schema.ts";

/** Bytes per component, as they are written. */
export const COMPONENT_BYTES = { fp32: "4 B", fp16: "2 B", int8: "1 B" } as const;

export interface VectorBytes {
  readonly value: number;
  /** As a product: `64 × 4 B`. */
  readonly text: string;
}

/** Undefined where the note does not say how long the vectors are. */
export function vectorBytes({ index, dimensions, factors, precision }: StageFacts): VectorBytes | undefined {
  const length = dimensions ?? factors;
  if (length === undefined) return undefined;
  if (index?.type === "ivf-pq") {
    const code = codeBytes(index, length);
    return { value: code, text: `${code} B` };
  }
  const isCode = index?.type === "exact-int8" || index?.type === "ivf-sq8";
  const component = isCode ? "1 B" : COMPONENT_BYTES[precision ?? "fp32"];
  return { value: length * Number.parseInt(component, 10), text: `${length} × ${component}` };
}

/** Bytes of a product-quantized code: as stated, else one for four components. */
export function codeBytes(index: StageFacts["index"], dimensions: number): number {
  return index?.["code-bytes"] ?? index?.m ?? Math.max(1, Math.ceil(dimensions / 4));
}
