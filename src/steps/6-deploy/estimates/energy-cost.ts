/** What the electricity of a machine costs. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: power x time x price. */
export const energyCost = defineEstimate({
  name: "energy-cost",
  step: 6,
  summary: "what the electricity of a machine costs",
  inputs: {
    power: { kind: "power", about: "power at full load", example: "700 W" },
    utilization: { kind: "share", about: "share of it drawn on average", default: "70%" },
    pue: { kind: "factor", about: "power of the building over power of the machines (PUE)", default: "1.2x" },
    price: { kind: "energy price", about: "price of electricity", example: "$0.12/kWh" },
    time: { kind: "duration", about: "how long", default: "730 h" },
  },
  formula: `
    energy = power * utilization * pue * time -> kWh
    cost = energy * price
  `,
  answer: "cost",
  source: "Arithmetic: power x time x price.",
});
