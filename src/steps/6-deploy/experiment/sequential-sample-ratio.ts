/** Sample ratio mismatch that may be looked for after every unit: how much likelier another split has made the counts than the planned one. */

import { logGamma } from "../../../core/gamma-function.ts";

/** Units that the expectation of the planned shares is worth: a split is expected within about 3.5 points of an even one. */
const CONCENTRATION = 200;

/**
 * The evidence against the planned shares, a mixture of likelihood ratios with a Dirichlet prior around them (Lindon and Malek 2022,
 * "Anytime-valid inference for multinomial count data"): under the planned split it reaches 1 / alpha at any time at all with a chance of
 * at most alpha. `counts` are units in the order of `shares`, which add up to 1. In logarithms.
 */
export function sampleRatioEvidence(counts: readonly number[], shares: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let evidence = logGamma(CONCENTRATION) - logGamma(CONCENTRATION + total);
  for (let arm = 0; arm < counts.length; arm++) {
    const expected = CONCENTRATION * shares[arm];
    evidence += logGamma(expected + counts[arm]) - logGamma(expected) - counts[arm] * Math.log(shares[arm]);
  }
  return evidence;
}
