/** Probability laws as strangers may call them: parameters that are none are refused, and so are shares that are none. */

import type { Distribution } from "../core/distribution.ts";
import { betaDistribution as uncheckedBeta } from "../core/distribution-beta.ts";
import { binomial as uncheckedBinomial } from "../core/distribution-binomial.ts";
import { chiSquare as uncheckedChiSquare } from "../core/distribution-chi-square.ts";
import { fisherF as uncheckedFisherF } from "../core/distribution-f.ts";
import * as kolmogorov from "../core/distribution-kolmogorov.ts";
import { noncentralTSurvival as uncheckedNoncentralT } from "../core/distribution-noncentral-t.ts";
import * as normal from "../core/distribution-normal.ts";
import { poisson as uncheckedPoisson } from "../core/distribution-poisson.ts";
import { studentT as uncheckedStudentT } from "../core/distribution-t.ts";
import { count, finite, notNegative, orInfinite, positive, real, share } from "./check.ts";
import { guarded } from "./guard.ts";

const atValue = { x: real };
const atShare = { p: share };

/** A law whose functions are asked for numbers and shares only. */
function checkedLaw(of: string, law: Distribution): Distribution {
  return {
    density: guarded(`${of}.density`, atValue, law.density),
    cdf: guarded(`${of}.cdf`, atValue, law.cdf),
    survival: guarded(`${of}.survival`, atValue, law.survival),
    quantile: guarded(`${of}.quantile`, atShare, law.quantile),
    upperQuantile: guarded(`${of}.upperQuantile`, atShare, law.upperQuantile),
  };
}

export const standardNormal = checkedLaw("standardNormal", normal.standardNormal);
export const errorFunction = guarded("errorFunction", atValue, normal.errorFunction);
export const twoSidedNormal = guarded("twoSidedNormal", { z: real }, normal.twoSidedNormal);
export const studentT = guarded("studentT", { df: orInfinite }, (df: number) =>
  checkedLaw("studentT", uncheckedStudentT(df)),
);
export const chiSquare = guarded("chiSquare", { df: positive }, (df: number) =>
  checkedLaw("chiSquare", uncheckedChiSquare(df)),
);
export const fisherF = guarded("fisherF", { df1: positive, df2: positive }, (df1: number, df2: number) =>
  checkedLaw("fisherF", uncheckedFisherF(df1, df2)),
);
export const betaDistribution = guarded("betaDistribution", { a: positive, b: positive }, (a: number, b: number) =>
  checkedLaw("betaDistribution", uncheckedBeta(a, b)),
);
export const binomial = guarded("binomial", { n: count(0), p: share }, (n: number, p: number) =>
  checkedLaw("binomial", uncheckedBinomial(n, p)),
);
export const poisson = guarded("poisson", { mean: notNegative }, (mean: number) =>
  checkedLaw("poisson", uncheckedPoisson(mean)),
);
export const noncentralTSurvival = guarded(
  "noncentralTSurvival",
  { t: finite, df: positive, shift: finite },
  uncheckedNoncentralT,
);
export const kolmogorovSurvival = guarded("kolmogorovSurvival", { x: notNegative }, kolmogorov.kolmogorovSurvival);
export const kolmogorovFiniteSurvival = guarded(
  "kolmogorovFiniteSurvival",
  { d: share, n: count(1, 100_000) },
  kolmogorov.kolmogorovFiniteSurvival,
);
