/** At which moments a service is killed: drawn from a seed, spread over all that it does. */

import type { Random } from "../src/core/random.ts";

/** Amid requests; while it starts; while a snapshot is made; while another model takes over; and a server of NATS in its place. */
export type KillMoment = "load" | "start" | "snapshot" | "swap" | "server";

/** Of ten kills so many are at each. */
const SHARES: Readonly<Record<KillMoment, number>> = { load: 2, start: 2, snapshot: 2, swap: 2, server: 2 };

/** Each ten of them hold every moment as often as its share, in an order of their own. */
export function killMoments(kills: number, random: Random): readonly KillMoment[] {
  const moments: KillMoment[] = [];
  while (moments.length < kills) {
    const ten: KillMoment[] = [];
    for (const moment of ["load", "start", "snapshot", "swap", "server"] as const)
      for (let at = 0; at < SHARES[moment]; at++) ten.push(moment);
    moments.push(...random.shuffle(ten));
  }
  return moments.slice(0, kills);
}
