/** What a change of the hit rate does to the backend. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: the backend sees 1 - h. */
export const cacheLoad = defineEstimate({
  name: "cache-load",
  step: 6,
  summary: "what a change of the hit rate does to the backend",
  inputs: {
    rate: { kind: "rate", about: "requests per second", example: "20k/s" },
    before: { kind: "share", about: "hit rate before", example: "98%" },
    after: { kind: "share", about: "hit rate after", example: "95%" },
  },
  formula: `
    backend_before = rate * (1 - before) -> req/s
    backend_after = rate * (1 - after) -> req/s
    multiplier = (1 - after) / (1 - before) -> x
  `,
  answer: "backend_after",
  checks: [{ holds: "before < 1", otherwise: "nothing reaches the backend before, so no factor can be given" }],
  source: "Arithmetic: the backend sees 1 - h.",
});
