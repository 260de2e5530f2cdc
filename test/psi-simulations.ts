/** How often PSI by unit rings without drift, by simulation: for tests, which say what is claimed. */

import { unwrap } from "../src/core/outcome.ts";
import type { Random } from "../src/core/random.ts";
import { psi } from "../src/steps/7-monitor/drift/psi.ts";

/** How many units the current window has (the reference has three times as many), rows of each on the mean, and the share of spread that these share. */
export interface AlikeRows {
  readonly units: number;
  readonly rows: number;
  readonly alike: number;
}

/** Shares of `runs` without drift in which PSI passes the 95th percentile of its noise: by unit, and as if rows were independent. */
export function passedWithoutDrift({ units, rows, alike }: AlikeRows, runs: number, random: Random) {
  let [byUnit, byRow] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const [before, after] = [3 * units, units].map((count) => drawRows({ units: count, rows, alike }, random));
    const pair = { reference: before.units, current: after.units };
    const { value, noise } = unwrap(psi(before.values, after.values, { units: pair }));
    if (value > noise.percentile95) byUnit++;
    if (value > unwrap(psi(before.values, after.values)).noise.percentile95) byRow++;
  }
  return { byUnit: byUnit / runs, byRow: byRow / runs };
}

/** Rows of units that have a taste of their own: `alike` is the share of the spread that a unit's rows have in common. */
function drawRows({ units, rows, alike }: AlikeRows, random: Random) {
  const [values, of]: [number[], number[]] = [[], []];
  for (let unit = 0; unit < units; unit++) {
    const taste = Math.sqrt(alike) * random.normal();
    const own = 1 + random.below(2 * rows - 1);
    for (let row = 0; row < own; row++) {
      values.push(taste + Math.sqrt(1 - alike) * random.normal());
      of.push(unit);
    }
  }
  return { values: Float64Array.from(values), units: Int32Array.from(of) };
}
