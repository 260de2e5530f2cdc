/** The arithmetic of alternating least squares, and the time it takes one processor core. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Hu, Koren and Volinsky 2008: f^2 N + f^3 m per sweep. */
export const alsTraining = defineEstimate({
  name: "als-training",
  step: 5,
  summary: "the arithmetic of alternating least squares, and the time it takes one processor core",
  inputs: {
    interactions: { kind: "count", about: "observed interactions", example: "100k" },
    users: { kind: "count", about: "users", example: "2M" },
    items: { kind: "count", about: "items", example: "3.9k" },
    factors: { kind: "count", about: "factors", example: "64" },
    iterations: { kind: "count", about: "iterations", example: "15" },
    rate: { kind: "compute", about: "arithmetic that a core reaches", default: "10 GFLOP/s" },
  },
  formula: `
    sums = 4 FLOP * interactions * factors^2  # both sides, a multiply and an add per entry of an outer product
    solves = (users + items) * factors^3 / 3 * 1 FLOP  # Cholesky of each system
    flops = iterations * (sums + solves)
    core_time = flops / rate
  `,
  answer: "core_time",
  checks: [{ holds: "rate > 0", otherwise: "a core of 0 FLOP/s never ends" }],
  note: "Conjugate gradients with a few steps replace the cubic solves and are faster for many factors.",
  source: "Hu, Koren and Volinsky 2008: f^2 N + f^3 m per sweep.",
});
