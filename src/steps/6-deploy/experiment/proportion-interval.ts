/** The interval of one proportion: Wilson's and Clopper and Pearson's. */

import { betaDistribution } from "../../../core/distribution-beta.ts";
import { standardNormal } from "../../../core/distribution-normal.ts";

/** Successes among `n` units. */
export interface Counted {
  readonly n: number;
  readonly successes: number;
}

/** Wilson's score interval (1927): near the nominal coverage also at 0 and at small n. */
export function wilsonInterval({ n, successes }: Counted, level = 0.95): readonly [number, number] {
  const z = standardNormal.upperQuantile((1 - level) / 2);
  const p = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / scale;
  const reach = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / scale;
  return [successes === 0 ? 0 : centre - reach, successes === n ? 1 : centre + reach];
}

/** Clopper and Pearson's interval (1934): never below the nominal coverage, so wider than needed. */
export function clopperPearsonInterval({ n, successes }: Counted, level = 0.95): readonly [number, number] {
  const tail = (1 - level) / 2;
  return [
    successes === 0 ? 0 : betaDistribution(successes, n - successes + 1).quantile(tail),
    successes === n ? 1 : betaDistribution(successes + 1, n - successes).upperQuantile(tail),
  ];
}
