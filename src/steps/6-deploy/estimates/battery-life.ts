/** How long a battery lasts under a model that runs on the device. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: charge x voltage over power. */
export const batteryLife = defineEstimate({
  name: "battery-life",
  step: 6,
  summary: "how long a battery lasts under a model that runs on the device",
  inputs: {
    charge: { kind: "charge", about: "charge of the battery", example: "4000 mAh" },
    voltage: { kind: "voltage", about: "its voltage", example: "3.85 V" },
    idle: { kind: "power", about: "power without the model", example: "0.8 W" },
    inference: { kind: "energy", about: "energy of one inference", example: "0.35 J" },
    rate: { kind: "rate", about: "inferences per second", example: "2/s" },
  },
  formula: `
    energy = charge * voltage -> Wh
    power = idle + rate * inference -> W
    life = energy / power -> h
    inference_share = rate * inference / power -> %
  `,
  answer: "life",
  checks: [{ holds: "idle + rate * inference > 0 W", otherwise: "at no power the battery is never drained" }],
  source: "Arithmetic: charge x voltage over power.",
});
