/** When requests leave: a Poisson process, so that they come as users do, by chance and at times many at once. */

import type { Random } from "../../core/random.ts";

/** Seconds from the start, ascending, of `rate` arrivals a second over `duration` seconds. */
export function poissonArrivals(rate: number, duration: number, random: Random): Float64Array {
  const times: number[] = [];
  for (let time = gap(rate, random); time < duration; time += gap(rate, random)) times.push(time);
  return Float64Array.from(times);
}

function gap(rate: number, random: Random): number {
  return -Math.log(1 - random.uniform()) / rate;
}
