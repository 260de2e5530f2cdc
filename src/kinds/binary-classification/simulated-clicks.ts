/** A simulated world of people who are shown things and click on some: cases with a label, and no money in them. Nobody real did any of this. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { Cases } from "../../steps/3-data/sources/scored-table.ts";

export interface ClickWorld {
  readonly people: number;
  readonly things: number;
  readonly days: number;
}

const START = Date.UTC(2025, 0, 6) / 1000;
/** Log-odds of a click by somebody of no habits on something of no appeal, at midnight. */
const BASE = -3;

/**
 * About three cases a person and day. A click is a matter of the person, of the thing, of the hour and of how wide the thing is shown;
 * it is known within the hour, and that there was none after a day. One case in a thousand never hears of either.
 */
export function simulateClicks({ people, things, days }: ClickWorld, random: Random): Cases {
  const habits = Float64Array.from({ length: people }, () => 0.8 * random.normal());
  const appeal = Float64Array.from({ length: things }, () => 0.8 * random.normal());
  const count = people * days * 3;
  const time = Float64Array.from({ length: count }, () => START + Math.floor(random.uniform() * days * DAY)).sort();
  const [user, ad] = [people, things].map((most) => Int32Array.from(time, () => random.below(most)));
  const hour = time.map((moment) => Math.floor((moment % DAY) / 3600));
  const width = time.map(() => 1 + random.below(3));
  const label = Uint8Array.from(time, (_, row) => {
    const evening = Math.cos(((hour[row] - 20) / 24) * 2 * Math.PI);
    const odds = BASE + habits[user[row]] + appeal[ad[row]] + 0.5 * evening + 0.4 * (width[row] - 2);
    return Number(random.uniform() < 1 / (1 + Math.exp(-odds)));
  });
  const knownAt = time.map((moment, row) => {
    if (random.uniform() < 0.001) return Number.POSITIVE_INFINITY;
    return moment + (label[row] === 1 ? 3600 * random.uniform() : DAY);
  });
  return {
    time,
    label,
    knownAt,
    entities: new Map([
      ["user", { count: people, rows: user }],
      ["ad", { count: things, rows: ad }],
    ]),
    values: new Map([
      ["hour", hour],
      ["width", width],
    ]),
    repairs: [],
    readings: [],
  };
}
