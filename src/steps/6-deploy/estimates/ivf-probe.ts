/** How much of an inverted-file index one query touches. */

import { defineEstimate } from "../../../estimate/define.ts";

/** faiss IndexIVF: the coarse quantizer compares every centroid, then nprobe lists are scanned. */
export const ivfProbe = defineEstimate({
  name: "ivf-probe",
  step: 6,
  summary: "how much of an inverted-file index one query touches",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "100M" },
    lists: { kind: "count", about: "inverted lists", example: "65536" },
    probes: { kind: "count", about: "lists probed", example: "64" },
  },
  formula: `
    fraction = probes / lists -> %
    scanned = vectors * fraction
    centroids_compared = lists
  `,
  answer: "scanned",
  checks: [
    { holds: "lists >= 1", otherwise: "an inverted file has at least one list" },
    { holds: "probes <= lists", otherwise: "more lists are probed than there are" },
  ],
  note: "Assumes lists of equal length; skewed lists scan more.",
  source: "faiss IndexIVF: the coarse quantizer compares every centroid, then nprobe lists are scanned.",
});
