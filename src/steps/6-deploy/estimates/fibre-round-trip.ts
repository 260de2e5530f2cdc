/** The least round-trip time that distance allows. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Speed of light over the refractive index of glass, about 1.5. */
export const fibreRoundTrip = defineEstimate({
  name: "fibre-round-trip",
  step: 6,
  summary: "the least round-trip time that distance allows",
  inputs: {
    distance: { kind: "distance", about: "length of the fibre", example: "6000 km" },
  },
  formula: `
    one_way = distance / (200000 km/s)  # light in glass
    round_trip = 2 * one_way
  `,
  answer: "round_trip",
  source: "Speed of light over the refractive index of glass, about 1.5.",
});
