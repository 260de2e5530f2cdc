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
    density: guarded({ of: `${of}.density`, needs: atValue }, law.density),
    cdf: guarded({ of: `${of}.cdf`, needs: atValue }, law.cdf),
    survival: guarded({ of: `${of}.survival`, needs: atValue }, law.survival),
    quantile: guarded({ of: `${of}.quantile`, needs: atShare }, law.quantile),
    upperQuantile: guarded({ of: `${of}.upperQuantile`, needs: atShare }, law.upperQuantile),
  };
}

export const standardNormal = checkedLaw("standardNormal", normal.standardNormal);
export const errorFunction = guarded({ of: "errorFunction", needs: atValue }, normal.errorFunction);
export const twoSidedNormal = guarded({ of: "twoSidedNormal", needs: { z: real } }, normal.twoSidedNormal);
export const studentT = guarded({ of: "studentT", needs: { df: orInfinite } }, (df: number) =>
  checkedLaw("studentT", uncheckedStudentT(df)),
);
export const chiSquare = guarded({ of: "chiSquare", needs: { df: positive } }, (df: number) =>
  checkedLaw("chiSquare", uncheckedChiSquare(df)),
);
export const fisherF = guarded({ of: "fisherF", needs: { df1: positive, df2: positive } }, (df1: number, df2: number) =>
  checkedLaw("fisherF", uncheckedFisherF(df1, df2)),
);
export const betaDistribution = guarded(
  { of: "betaDistribution", needs: { a: positive, b: positive } },
  (a: number, b: number) => checkedLaw("betaDistribution", uncheckedBeta(a, b)),
);
export const binomial = guarded({ of: "binomial", needs: { n: count(0), p: share } }, (n: number, p: number) =>
  checkedLaw("binomial", uncheckedBinomial(n, p)),
);
export const poisson = guarded({ of: "poisson", needs: { mean: notNegative } }, (mean: number) =>
  checkedLaw("poisson", uncheckedPoisson(mean)),
);
export const noncentralTSurvival = guarded(
  { of: "noncentralTSurvival", needs: { t: finite, df: positive, shift: finite } },
  uncheckedNoncentralT,
);
export const kolmogorovSurvival = guarded(
  { of: "kolmogorovSurvival", needs: { x: notNegative } },
  kolmogorov.kolmogorovSurvival,
);
export const kolmogorovFiniteSurvival = guarded(
  { of: "kolmogorovFiniteSurvival", needs: { d: share, n: count(1, 100_000) } },
  kolmogorov.kolmogorovFiniteSurvival,
);
