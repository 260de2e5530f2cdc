/** The arithmetic of implicit alternating least squares with conjugate gradients, and the time it takes one processor core. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Takács, Pilászy and Tikk 2011: each system by a few steps, f N a step, instead of the f^2 N + f^3 m of Hu, Koren and Volinsky 2008. */
export const alsTraining = defineEstimate({
  name: "als-training",
  step: 5,
  summary: "the arithmetic of implicit alternating least squares, and the time it takes one processor core",
  inputs: {
    interactions: { kind: "count", about: "observed interactions", example: "100k" },
    users: { kind: "count", about: "users", example: "2M" },
    items: { kind: "count", about: "items", example: "3.9k" },
    factors: { kind: "count", about: "factors", example: "64" },
    iterations: { kind: "count", about: "iterations", example: "15" },
    steps: { kind: "count", about: "conjugate-gradient steps for each user and item", default: "3" },
    rate: { kind: "compute", about: "arithmetic that a core reaches", default: "6 GFLOP/s" },
  },
  formula: `
    sums = 8 FLOP * interactions * factors * (steps + 1)  # both sides: for the residual and for each step, a product there and back
    dense = 2 FLOP * (users + items) * factors^2 * (steps + 2)  # the Gram matrix, and its product with the residual and with each step
    flops = iterations * (sums + dense)
    core_time = flops / rate
    exact_flops = iterations * (4 FLOP * interactions * factors^2 + (users + items) * factors^3 / 3 * 1 FLOP)  # solving each system exactly
  `,
  answer: "core_time",
  checks: [{ holds: "rate > 0", otherwise: "a core of 0 FLOP/s never ends" }],
  note: "Rows of factors are fetched from all over memory, which holds the rate far below a core's peak: counted in this way, this program and the library implicit reach 5 to 8 GFLOP/s a core, with 100k and with 10M interactions (`npm run bench -- als`).",
  source:
    "Takács, Pilászy and Tikk 2011, Applications of the conjugate gradient method for implicit feedback collaborative filtering; Hu, Koren and Volinsky 2008 for the exact solution; three steps are the default of the library implicit.",
});
