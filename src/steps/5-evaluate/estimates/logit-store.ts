/** The disk that stored teacher outputs need. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: entries per token. */
export const logitStore = defineEstimate({
  name: "logit-store",
  step: 5,
  summary: "the disk that stored teacher outputs need",
  inputs: {
    tokens: { kind: "count", about: "tokens", example: "50bn" },
    kept: { kind: "count", about: "logits kept per token", example: "50" },
    entry: { kind: "size", about: "bytes of an entry: 4 of id, 2 of value", default: "6 B" },
    vocabulary: { kind: "count", about: "tokens in the vocabulary", example: "128256" },
    component: { kind: "size", about: "bytes per value when all are kept", default: "2 B" },
  },
  formula: `
    top = tokens * kept * entry
    full = tokens * vocabulary * component
  `,
  answer: "top",
  source: "Arithmetic: entries per token.",
});
