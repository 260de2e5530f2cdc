/** Fraud rings that learn: each has a tactic, sees which of its payments are declined, and moves to another one far from where it was caught. */

import type { Random } from "../../core/random.ts";

/** What a ring can choose about a payment, and from where to where. */
export const TACTIC = [
  { name: "amount_ratio", from: -0.2, to: 1.8, spread: 0.25 },
  { name: "hour", from: 0, to: 24, spread: 1.5 },
  { name: "terminal_distance", from: 0, to: 6, spread: 0.4 },
  { name: "velocity", from: 0, to: 9, spread: 1 },
] as const;

export interface Rings {
  /** Today's payments of all rings. */
  attempts(random: Random): readonly { readonly ring: number; readonly features: readonly number[] }[];
  /** Tells the rings what was declined; rings that were caught change. Returns for each fraud whether it was missed. */
  observe(day: number, ring: Int8Array, declined: Uint8Array): boolean[];
  /** The changes, and how long after each one half of a day's payments were declined. */
  report(days: number): { readonly changes: readonly TacticChange[]; readonly recover: readonly number[] };
}

/** A change of tactic: its first day, and the day on which the ring changed again, or the contest ended. */
export interface TacticChange {
  readonly from: number;
  readonly until: number;
}

const RINGS = 3;
/** Payments of a ring, a day. */
const ATTEMPTS = 4;
/** Payments of all rings, a day. */
export const ATTEMPTS_A_DAY = RINGS * ATTEMPTS;
/** A ring moves on when so many of its payments were declined, of the last so many. */
const PATIENCE = 0.6;
const MEMORY = 12;
/** Tactics that a ring thinks of before it takes the one farthest from where it was caught. */
const IDEAS = 4;

interface Ring {
  tactic: readonly number[];
  readonly caught: (readonly number[])[];
  recent: number[];
  /** Day of the last change, and whether half of a day's payments have been declined since. */
  since: number;
  isStopped: boolean;
}

export function createRings(random: Random): Rings {
  const rings: Ring[] = Array.from({ length: RINGS }, () => ({
    tactic: drawTactic(random),
    caught: [],
    recent: [],
    since: 0,
    isStopped: false,
  }));
  const changes: TacticChange[] = [];
  const recover: number[] = [];

  function move(ring: Ring, day: number): void {
    if (ring.since > 0) changes.push({ from: ring.since, until: day + 1 });
    ring.caught.push(ring.tactic);
    const ideas = Array.from({ length: IDEAS }, () => drawTactic(random));
    const room = (idea: readonly number[]): number => Math.min(...ring.caught.map((one) => distance(one, idea)));
    ring.tactic = ideas.reduce((best, idea) => (room(idea) > room(best) ? idea : best));
    ring.recent = [];
    ring.since = day + 1;
    ring.isStopped = false;
  }

  return {
    attempts: (draw) =>
      rings.flatMap(({ tactic }, ring) =>
        Array.from({ length: ATTEMPTS }, () => ({
          ring,
          features: TACTIC.map(({ spread, from }, at) => Math.max(from - spread, tactic[at] + spread * draw.normal())),
        })),
      ),
    observe(day, ringOf, declined) {
      const missed: boolean[] = [];
      const today = rings.map((): number[] => []);
      for (let row = 0; row < ringOf.length; row++) {
        if (ringOf[row] < 0) continue;
        today[ringOf[row]].push(declined[row]);
        missed.push(declined[row] === 0);
      }
      for (const [at, ring] of rings.entries()) {
        if (!ring.isStopped && shareOf(today[at]) >= 0.5) {
          ring.isStopped = true;
          if (ring.since > 0) recover.push(day - ring.since);
        }
        ring.recent = [...ring.recent, ...today[at]].slice(-MEMORY);
        if (ring.recent.length === MEMORY && shareOf(ring.recent) > PATIENCE) move(ring, day);
      }
      return missed;
    },
    report(days) {
      const last = rings.filter(({ since }) => since > 0 && since < days);
      const unstopped = last.filter(({ isStopped }) => !isStopped).map(({ since }) => days - since);
      return {
        changes: [...changes, ...last.map(({ since }) => ({ from: since, until: days }))],
        recover: [...recover, ...unstopped],
      };
    },
  };
}

function drawTactic(random: Random): readonly number[] {
  return TACTIC.map(({ from, to }) => from + (to - from) * random.uniform());
}

/** In units of each choice's range. */
function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...TACTIC.map(({ from, to }, at) => (a[at] - b[at]) / (to - from)));
}

function shareOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
}
