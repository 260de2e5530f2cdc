/** The hit rate when the most popular items of a Zipf law are cached. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Breslau et al. 1999: H(k, s) / H(n, s), an ideal cache of the top k. */
export const zipfCache = defineEstimate({
  name: "zipf-cache",
  step: 6,
  summary: "the hit rate when the most popular items of a Zipf law are cached",
  inputs: {
    items: { kind: "count", about: "items", example: "1M" },
    cached: { kind: "count", about: "most popular items cached", example: "10k" },
    exponent: { kind: "number", about: "Zipf exponent", default: "1" },
  },
  formula: `
    hit_rate = harmonic(cached, exponent) / harmonic(items, exponent) -> %
  `,
  answer: "hit_rate",
  checks: [
    { holds: "items >= 1", otherwise: "there is at least one item" },
    { holds: "cached <= items", otherwise: "more items are cached than there are" },
  ],
  source: "Breslau et al. 1999: H(k, s) / H(n, s), an ideal cache of the top k.",
});
