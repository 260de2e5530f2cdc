/** The kinds of quantities that a fact may be: their dimensions, range, words and an example. */

import { type Dimension, PURE } from "./unit.ts";

/** What a fact may be. `factor` is a pure number that may be written `3x`; `share` one that may be written `20%`. */
export type QuantityKind = keyof typeof QUANTITY_KINDS;

/** What a value of a kind has to be, and how it is said. */
export interface KindDescription {
  readonly dimensions: readonly Dimension[];
  readonly example: string;
  readonly words: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export const PER_SECOND: Dimension = { second: -1 };

export const QUANTITY_KINDS = {
  number: { dimensions: [PURE], example: "0.05", words: "a number" },
  count: { dimensions: [PURE], example: "2M", words: "a count", minimum: 0 },
  factor: { dimensions: [PURE], example: "3x", words: "a factor", minimum: 0 },
  share: { dimensions: [PURE], example: "99.9%", words: "a share between 0% and 100%", minimum: 0, maximum: 1 },
  rate: { dimensions: [PER_SECOND], example: "400/s", words: "a rate of events", minimum: 0 },
  peak: { dimensions: [PER_SECOND, PURE], example: "3x", words: "a rate, or a factor of the average", minimum: 0 },
  growth: { dimensions: [PER_SECOND], example: "20%/year", words: "a growth per time" },
  duration: { dimensions: [{ second: 1 }], example: "100 ms", words: "a duration", minimum: 0 },
  period: {
    dimensions: [{ second: 1 }, PURE],
    example: "80%",
    words: "a share of the history, or a duration",
    minimum: 0,
  },
  moment: { dimensions: [{ second: 1 }], example: "-1 h", words: "a duration, negative for the past" },
  size: { dimensions: [{ byte: 1 }], example: "40 GB", words: "a size in bytes", minimum: 0 },
  bandwidth: { dimensions: [{ byte: 1, second: -1 }], example: "10 GB/s", words: "bytes per second", minimum: 0 },
  compute: { dimensions: [{ flop: 1, second: -1 }], example: "10 TFLOP/s", words: "FLOP per second", minimum: 0 },
  work: { dimensions: [{ flop: 1 }], example: "4 GFLOP", words: "an amount of FLOP or MAC", minimum: 0 },
  power: { dimensions: [{ joule: 1, second: -1 }], example: "700 W", words: "a power in watts", minimum: 0 },
  energy: { dimensions: [{ joule: 1 }], example: "0.35 J", words: "an energy in joules or watt-hours", minimum: 0 },
  charge: { dimensions: [{ ampere: 1, second: 1 }], example: "4000 mAh", words: "a battery charge", minimum: 0 },
  voltage: { dimensions: [{ joule: 1, ampere: -1, second: -1 }], example: "3.85 V", words: "a voltage", minimum: 0 },
  distance: { dimensions: [{ metre: 1 }], example: "6000 km", words: "a distance", minimum: 0 },
  money: { dimensions: [{ dollar: 1 }], example: "$5k", words: "an amount of money", minimum: 0 },
  "money rate": { dimensions: [{ dollar: 1, second: -1 }], example: "$5k/month", words: "money per time", minimum: 0 },
  "storage price": {
    dimensions: [{ dollar: 1, byte: -1, second: -1 }],
    example: "$0.02/GB/month",
    words: "money per size and time",
    minimum: 0,
  },
  "transfer price": {
    dimensions: [{ dollar: 1, byte: -1 }],
    example: "$0.05/GB",
    words: "money per size",
    minimum: 0,
  },
  "energy price": {
    dimensions: [{ dollar: 1, joule: -1 }],
    example: "$0.12/kWh",
    words: "money per energy",
    minimum: 0,
  },
  budget: {
    dimensions: [{ dollar: 1, second: -1 }, { dollar: 1 }],
    example: "$5k/month",
    words: "money per time, or per predictions as in $0.05/1k predictions",
    minimum: 0,
  },
} as const satisfies Record<string, KindDescription>;
