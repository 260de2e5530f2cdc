/** What a design costs by the month and per thousand predictions. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: amounts x prices. */
export const monthlyCost = defineEstimate({
  name: "monthly-cost",
  step: 6,
  summary: "what a design costs by the month and per thousand predictions",
  inputs: {
    replicas: { kind: "count", about: "replicas on average", example: "4" },
    needed: { kind: "count", about: "replicas that the peak needs", default: "0" },
    peak_factor: {
      kind: "factor",
      about: "the peak over the average, where replicas follow the traffic",
      default: "1x",
    },
    price: { kind: "money rate", about: "price of a replica", example: "$120/month" },
    stored: { kind: "size", about: "bytes stored", default: "0 B" },
    storage_price: { kind: "storage price", about: "price of storage", default: "$0.02/GB/month" },
    rate: { kind: "rate", about: "average request rate", example: "400/s" },
    response: { kind: "size", about: "bytes of a response", default: "2 kB" },
    traffic_price: { kind: "transfer price", about: "price of traffic to clients", default: "$0.10/GB" },
  },
  formula: `
    serving = max(replicas, needed / peak_factor) * price -> $/month  # as stated, or more where the traffic needs more
    storage = stored * storage_price -> $/month
    network = rate * response * traffic_price -> $/month
    total = serving + storage + network -> $/month
    per_thousand = total / rate * 1000
  `,
  answer: "total",
  checks: [
    { holds: "rate > 0", otherwise: "no requests arrive" },
    { holds: "peak_factor >= 1", otherwise: "the peak cannot be below the average" },
  ],
  source: "Arithmetic: amounts x prices.",
});
