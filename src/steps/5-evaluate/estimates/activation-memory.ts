/** The memory of a transformer's activations in training, 16 bit, with and without recomputation. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Korthikanti et al. 2022: s b h (34 + 5 a s / h) bytes per layer. */
export const activationMemory = defineEstimate({
  name: "activation-memory",
  step: 5,
  summary: "the memory of a transformer's activations in training, 16 bit, with and without recomputation",
  inputs: {
    sequence: { kind: "count", about: "tokens, s", example: "2048" },
    batch: { kind: "count", about: "sequences in a micro-batch, b", default: "1" },
    width: { kind: "count", about: "model width, h", example: "12288" },
    heads: { kind: "count", about: "heads, a", example: "96" },
    layers: { kind: "count", about: "layers", example: "96" },
  },
  formula: `
    attention_term = 5 * heads * sequence / width  # 5 a s / h
    per_layer = sequence * batch * width * (34 + attention_term) * 1 B
    total = layers * per_layer
    selective = layers * sequence * batch * width * 34 B  # attention recomputed, or a fused kernel
    inputs_only = layers * sequence * batch * width * 2 B  # everything recomputed
  `,
  answer: "total",
  checks: [{ holds: "width >= 1", otherwise: "the width is at least 1" }],
  source: "Korthikanti et al. 2022: s b h (34 + 5 a s / h) bytes per layer.",
});
