/** How often intervals of average precision and AUC hold the truth, by simulation: for tests, which say what is claimed. */

import type { Random } from "../src/core/random.ts";
import { differenceInterval, measureInterval } from "../src/steps/5-evaluate/protocols/drawn-interval.ts";
import { bootstrapUnits, NO_BUDGET, openUnitSample } from "../src/steps/5-evaluate/protocols/unit-bootstrap.ts";

/** Cards with one to three cases; a share of them with a fraud in its first case, scored so many standard deviations higher by each model. */
export interface ScoredWorld {
  readonly cards: number;
  readonly rate: number;
  readonly apart: readonly number[];
}

const MEASURES = ["averagePrecision", "aucRoc"] as const;
type Shares = Record<(typeof MEASURES)[number], number>;

/** Share of the judged runs, those with ten cards of either kind, whose interval holds the truth of the first model; lowest and highest end. */
export function measureCoverage(world: ScoredWorld, runs: number, random: Random) {
  const [truth] = truthOf(world, random);
  const hits: Shares = { averagePrecision: 0, aucRoc: 0 };
  let [judged, least, most] = [0, 1, 0];
  for (let run = 0; run < runs; run++) {
    const measured = bootstrapUnits(openUnitSample(drawCases(world, random)[0], NO_BUDGET), random, 200);
    if (measured.support < 10) continue;
    judged++;
    for (const key of MEASURES) {
      const [low, high] = measureInterval(key, measured) ?? [Number.NaN, Number.NaN];
      [least, most] = [Math.min(least, low), Math.max(most, high)];
      if (low <= truth[key] && truth[key] <= high) hits[key]++;
    }
  }
  return { covered: sharesOf(hits, judged), judged, least, most };
}

/** The same of the interval of the difference of the first two models. */
export function differenceCoverage(world: ScoredWorld, runs: number, random: Random) {
  const [first, second] = truthOf(world, random);
  const hits: Shares = { averagePrecision: 0, aucRoc: 0 };
  let judged = 0;
  for (let run = 0; run < runs; run++) {
    const draws = random.uint32();
    const [a, b] = drawCases(world, random).map((cases) =>
      bootstrapUnits(openUnitSample(cases, NO_BUDGET), random.fork(String(draws)), 200),
    );
    if (a.support < 10) continue;
    judged++;
    for (const key of MEASURES) {
      const differences = a.draws.map((one, at) => one[key] - b.draws[at][key]);
      const [low, high] = differenceInterval(differences, a.support) ?? [Number.NaN, Number.NaN];
      const truth = world.apart[0] === world.apart[1] ? 0 : first[key] - second[key];
      if (low <= truth && truth <= high) hits[key]++;
    }
  }
  return { covered: sharesOf(hits, judged), judged };
}

function sharesOf({ averagePrecision, aucRoc }: Shares, runs: number): Shares {
  return { averagePrecision: averagePrecision / runs, aucRoc: aucRoc / runs };
}

function truthOf(world: ScoredWorld, random: Random) {
  return drawCases({ ...world, cards: 40_000 }, random).map((cases) => {
    const large = openUnitSample(cases, NO_BUDGET);
    return large.measure(new Float64Array(large.units).fill(1));
  });
}

/** The same cases scored by each model; what a card is like moves all scores alike. */
function drawCases({ cards, rate, apart }: ScoredWorld, random: Random) {
  const rows = Array.from({ length: cards }, (_, unit) => {
    const isFraud = random.uniform() < rate;
    const taste = 0.5 * random.normal();
    return Array.from({ length: 1 + random.below(3) }, (_, at) => {
      const label = Number(isFraud && at === 0);
      return { unit, label, scores: apart.map((by) => taste + random.normal() + by * label) };
    });
  }).flat();
  return apart.map((_, model) => ({
    day: new Int32Array(rows.length),
    unit: Int32Array.from(rows, ({ unit }) => unit),
    labels: Uint8Array.from(rows, ({ label }) => label),
    scores: Float64Array.from(rows, ({ scores }) => scores[model]),
  }));
}
