import { describe, expect, it } from "vitest";
import { unwrap } from "../src/core/outcome.ts";
import { momentsOf } from "../src/steps/5-evaluate/protocols/moments.ts";
import { alwaysValid } from "../src/steps/6-deploy/experiment/always-valid.ts";
import { compareEstimate } from "../src/steps/6-deploy/experiment/comparison.ts";
import { cupedAdjustment } from "../src/steps/6-deploy/experiment/cuped.ts";
import {
  constantBoundary,
  obrienFlemingSpending,
  peekingError,
  spendingBoundary,
} from "../src/steps/6-deploy/experiment/group-sequential.ts";
import { adjustPValues, type Correction } from "../src/steps/6-deploy/experiment/multiple-comparisons.ts";
import { pairedMomentsOf } from "../src/steps/6-deploy/experiment/paired-moments.ts";
import {
  detectableMean,
  detectableProportion,
  powerMeans,
  powerProportions,
} from "../src/steps/6-deploy/experiment/power.ts";
import { clopperPearsonInterval, wilsonInterval } from "../src/steps/6-deploy/experiment/proportion-interval.ts";
import { ratioEstimate } from "../src/steps/6-deploy/experiment/ratio-metric.ts";
import { relativeLift } from "../src/steps/6-deploy/experiment/relative-lift.ts";
import { checkSampleRatio } from "../src/steps/6-deploy/experiment/sample-ratio.ts";
import { sampleSizeMeans } from "../src/steps/6-deploy/experiment/sample-size-means.ts";
import {
  type ProportionMethod,
  sampleSizeProportions,
  unequalSampleSizeProportions,
} from "../src/steps/6-deploy/experiment/sample-size-proportions.ts";
import { compareMeans } from "../src/steps/6-deploy/experiment/two-means.ts";
import { compareProportions } from "../src/steps/6-deploy/experiment/two-proportions.ts";
import { adwinCut } from "../src/steps/7-monitor/drift/adwin.ts";
import { chiSquareTest } from "../src/steps/7-monitor/drift/chi-square-test.ts";
import {
  jensenShannonDistance,
  jensenShannonDivergence,
  kullbackLeibler,
} from "../src/steps/7-monitor/drift/jensen-shannon.ts";
import { ksCritical, ksTest } from "../src/steps/7-monitor/drift/kolmogorov-smirnov.ts";
import { createPageHinkley } from "../src/steps/7-monitor/drift/page-hinkley.ts";
import { psiOfCounts, psiOfShares } from "../src/steps/7-monitor/drift/psi.ts";
import { psiNoise } from "../src/steps/7-monitor/drift/psi-noise.ts";
import { wassersteinDistance } from "../src/steps/7-monitor/drift/wasserstein.ts";
import { expectChecks, TABLE } from "./expect-checks.ts";

describe("statistics agree with the references", () => {
  const rates = { baseline: 0.1, treated: 0.11 };
  const size = (method: ProportionMethod): number => unwrap(sampleSizeProportions({ ...rates, method }));
  const unequal = unwrap(unequalSampleSizeProportions({ baseline: 0.05, treated: 0.06, power: 0.9, ratio: 2 }));
  const mean = { sd: 10, delta: 2 };
  const reach = { baseline: 0.1, perArm: 10_000 };

  it("sample size, power and detectable effect", () => {
    expectChecks([
      [
        "two proportions",
        (
          [
            "pooled null",
            "unpooled",
            "average",
            "baseline",
            "baseline null",
            "arcsine",
            "arcsine both tails",
            "continuity corrected",
            "rule of 16",
          ] as const
        ).map(size),
        [14750.79047, 14748.04502, 14751.96946, 14127.98352, 14312.85624, 14744.14095, 14744.10484, 14950.12158, 14400],
      ],
      ["two proportions, unequal arms", [unequal.control, unequal.treated], [7954.119258, 15908.23852]],
      [
        "two means",
        (["z", "t", "t one tail"] as const).map((method) => unwrap(sampleSizeMeans({ ...mean, method }))),
        [392.4439867, 393.405695, 393.4066562],
      ],
      ["detectable mean", [unwrap(detectableMean({ sd: 10, control: 5000, treated: 5000 }))], [0.5603170436]],
      [
        "detectable proportion",
        (["baseline", "unpooled", "pooled null"] as const).map((method) =>
          unwrap(detectableProportion({ ...reach, method })),
        ),
        [0.01188611943, 0.01219930725, 0.01220102507],
      ],
      [
        "power of two proportions",
        (["pooled null", "unpooled both tails"] as const).map((method) =>
          unwrap(powerProportions({ ...rates, perArm: 15_000, method })),
        ),
        [0.8065328024, 0.8066051955],
      ],
      [
        "power of two means",
        (["t", "z"] as const).map((method) => unwrap(powerMeans({ ...mean, perArm: 300, method }))),
        [0.6863764536, 0.6877652385],
      ],
    ]);
  });

  it("tests and intervals", () => {
    const x = momentsOf([12.1, 9.8, 11.4, 10.6, 13.2, 9.1, 10.9, 12.7]);
    const y = momentsOf([8.9, 9.4, 7.7, 10.2, 8.1, 9.9, 7.2]);
    const welch = compareMeans(y, x);
    const student = compareMeans(y, x, { test: "student" });
    const few = { n: 5000, successes: 500 };
    const many = { n: 5000, successes: 560 };
    const pooled = compareProportions(few, many);
    const unpooled = compareProportions(few, many, { test: "unpooled", interval: "wald" });
    const none = { n: 30, successes: 0 };
    expectChecks([
      [
        "Welch",
        [welch.effect, welch.statistic, welch.df, welch.pValue, ...welch.interval, student.statistic, student.pValue],
        [2.453571429, 3.724119734, 12.93981607, 0.00256921667, 1.029576932, 3.877565926, 3.668563144, 0.002835056951],
      ],
      [
        "two proportions",
        [
          pooled.effect,
          pooled.statistic,
          pooled.pValue,
          unpooled.statistic,
          unpooled.pValue,
          ...unpooled.interval,
          ...pooled.interval,
          pooled.statistic ** 2,
        ],
        [
          0.012, 1.949079521, 0.05128592891, 1.949449845, 0.05124172683, -6.472065432e-5, 0.02406472065,
          -7.111240044e-5, 0.02407939657, 3.798910979,
        ],
      ],
      [
        "Wilson and Clopper-Pearson",
        [many, none].flatMap((counted) => [...wilsonInterval(counted), ...clopperPearsonInterval(counted)]),
        [0.1035547974, 0.1210409393, 0.1033870262, 0.1210688149, 0, 0.1135133932, 0, 0.1157033082],
      ],
    ]);
  });

  it("CUPED, ratio metrics and relative lift", () => {
    const pre = [5.0, 7.2, 3.1, 9.4, 6.6, 4.8, 8.3, 2.9, 7.7, 5.5];
    const post = [6.1, 8.0, 3.9, 10.9, 6.8, 5.9, 9.1, 3.2, 8.8, 5.8];
    const { theta, rho, varianceRatio } = cupedAdjustment(pairedMomentsOf(pre, post));
    const adjusted = momentsOf(post.map((value, i) => value - theta * (pre[i] - momentsOf(pre).mean)));
    const clicks = [3, 0, 1, 4, 2, 0, 5, 1];
    const views = [20, 8, 15, 30, 18, 10, 32, 12];
    const ratio = ratioEstimate(pairedMomentsOf(clicks, views));
    const totalViews = views.reduce((sum, value) => sum + value, 0);
    const lift = relativeLift({ treated: 10.4, treatedError: 0.08, control: 10, controlError: 0.07 });
    expectChecks([
      [
        "CUPED",
        [theta, rho, momentsOf(post).variance, adjusted.variance, varianceRatio, 1 - rho * rho, adjusted.mean],
        [1.086915335, 0.9872091938, 5.687222222, 0.144557858, 0.02541800766, 0.02541800766, 6.85],
      ],
      ["CUPED sample size", [14751 * (1 - 0.7 ** 2)], [7523.01]],
      [
        "ratio of sums, beside the binomial error and the mean of ratios that it is not",
        [
          ratio.ratio,
          ratio.variance,
          ratio.standardError,
          Math.sqrt((ratio.ratio * (1 - ratio.ratio)) / totalViews),
          momentsOf(clicks.map((value, i) => value / views[i])).mean,
        ],
        [0.1103448276, 0.0003149374254, 0.01774647642, 0.02601973344, 0.08758680556],
      ],
      [
        "relative lift",
        [lift.lift, lift.standardError, Math.hypot(0.08, 0.07) / 10],
        [0.04, 0.01081657987, 0.01063014581],
      ],
    ]);
  });

  it("sample ratio mismatch", () => {
    const even = unwrap(checkSampleRatio([50_320, 49_680], [0.5, 0.5]));
    const three = unwrap(checkSampleRatio([8900, 9300, 1700], [0.45, 0.45, 0.1]));
    expect([even.alarm, three.alarm]).toEqual([false, true]);
    expectChecks([
      ["two arms", [even.chiSquare, even.pValue], [4.096, 0.04298479507]],
      ["three arms", [three.chiSquare, three.df, three.pValue], [55.89056393, 2, 7.303284975e-13]],
    ]);
  });

  it("always-valid and group sequential tests", () => {
    const look = (n: number, effect: number) => ({ effect, standardError: Math.sqrt(50 / n) });
    const [only] = unwrap(alwaysValid([look(4000, 0.35)], 0.2));
    const fixed = compareEstimate(0.35, look(4000, 0.35).standardError, Number.POSITIVE_INFINITY, 0.95);
    const looks = [look(500, 0.3), look(1000, 0.42), look(2000, 0.33), look(4000, 0.35)];
    const last = (shape: "obrien-fleming" | "pocock") =>
      [2, 3, 4, 5].map((count) => unwrap(constantBoundary(shape, count)).z[count - 1]);
    const obrienFleming = unwrap(constantBoundary("obrien-fleming", 5));
    const fifths = [0.2, 0.4, 0.6, 0.8, 1];
    const perTail = unwrap(spendingBoundary(fifths));
    expectChecks([
      [
        "mSPRT",
        [only.ratio, only.pValue, fixed.pValue, only.reach],
        [20.40522653, 0.04900705211, 0.0017451187, 0.3490584775],
      ],
      [
        "mSPRT over four looks",
        unwrap(alwaysValid(looks, 0.2)).map((result) => result.pValue),
        [1, 0.6125610503, 0.4220835622, 0.04900705211],
      ],
      ["O'Brien-Fleming constants", last("obrien-fleming"), [1.977430959, 2.004035579, 2.0242955, 2.040073175], TABLE],
      ["Pocock constants", last("pocock"), [2.178272089, 2.289478061, 2.361297891, 2.41317622], TABLE],
      [
        "O'Brien-Fleming bounds",
        obrienFleming.z,
        [4.561742298, 3.225638913, 2.633723144, 2.280871149, 2.040073175],
        TABLE,
      ],
      [
        "O'Brien-Fleming nominal p-values",
        obrienFleming.nominal,
        [5.073088859e-6, 0.001256918234, 0.008445432064, 0.02255607264, 0.04134303805],
        TABLE,
      ],
      ["Lan-DeMets per tail", perTail.z, [4.876884949, 3.357011922, 2.680280065, 2.289816768, 2.031032043], TABLE],
      [
        "Lan-DeMets spent by both tails",
        perTail.spent,
        [1.077742526e-6, 0.0007883035134, 0.007616126622, 0.02442358069, 0.05],
        TABLE,
      ],
      [
        "Lan-DeMets with alpha put in whole",
        unwrap(spendingBoundary(fifths, 0.05, obrienFlemingSpending, "whole")).z,
        [4.382612703, 3.099727478, 2.553354973, 2.253847898, 2.063501104],
        TABLE,
      ],
      ["peeking with 1.96", [peekingError(5), peekingError(10)], [0.1416893326, 0.1933565933], TABLE],
    ]);
  });

  it("many tests", () => {
    const p = [0.001, 0.008, 0.012, 0.039, 0.041, 0.042, 0.2, 0.5];
    const adjusted = (correction: Correction) => unwrap(adjustPValues(p, correction));
    const rejected = (correction: Correction) => adjusted(correction).filter((value) => value <= 0.05).length;
    expect((["bonferroni", "holm", "benjamini-hochberg", "benjamini-yekutieli"] as const).map(rejected)).toEqual([
      1, 1, 3, 1,
    ]);
    expectChecks([
      ["Bonferroni", adjusted("bonferroni"), [0.008, 0.064, 0.096, 0.312, 0.328, 0.336, 1, 1]],
      ["Holm", adjusted("holm"), [0.008, 0.056, 0.072, 0.195, 0.195, 0.195, 0.4, 0.5]],
      [
        "Benjamini-Hochberg",
        adjusted("benjamini-hochberg"),
        [0.008, 0.032, 0.032, 0.056, 0.056, 0.056, 0.2285714286, 0.5],
      ],
      [
        "Benjamini-Yekutieli",
        adjusted("benjamini-yekutieli"),
        [0.02174285714, 0.08697142857, 0.08697142857, 0.1522, 0.1522, 0.1522, 0.6212244898, 1],
      ],
    ]);
  });
});

describe("drift measures agree with the references", () => {
  const a = [0.61, 0.23, 0.85, 0.47, 0.12, 0.94, 0.38, 0.56, 0.71, 0.29];
  const b = [0.72, 0.91, 0.66, 0.83, 0.49, 0.97, 0.58, 0.88];

  it("PSI, with its empty bins and its noise", () => {
    const actual = [0.08, 0.09, 0.11, 0.12, 0.1, 0.09, 0.11, 0.1, 0.08, 0.12];
    const empty = (epsilon: number) => unwrap(psiOfCounts([50, 30, 20, 0], [45, 30, 20, 5], { epsilon })).value;
    const noise = [psiNoise(10, 1000, 1000), psiNoise(10, 200, 200)];
    expectChecks([
      [
        "shares",
        [
          psiOfShares(
            actual.map(() => 0.1),
            actual,
          ),
        ],
        [0.02023201823],
      ],
      ["counts", [unwrap(psiOfCounts([200, 300, 300, 200], [150, 260, 340, 250])).value], [0.03627184065]],
      ["empty bin", [empty(1e-4), empty(1e-6)], [0.3153769699, 0.5462461202]],
      ["noise", noise.flatMap((law) => [law.mean, law.percentile95]), [0.018, 0.03383795521, 0.09, 0.169189776]],
    ]);
  });

  it("distances and tests of two samples", () => {
    const p = [0.5, 0.3, 0.2];
    const q = [0.4, 0.4, 0.2];
    const table = unwrap(
      chiSquareTest([
        [120, 90, 40],
        [100, 95, 55],
      ]),
    );
    const ks = (["exact", "finite", "limit"] as const).map((method) => unwrap(ksTest(a, b, method)));
    expectChecks([
      [
        "Kolmogorov-Smirnov",
        [ks[0].statistic, ...ks.map((result) => result.pValue)],
        [0.5, 0.1659582248, 0.1875, 0.2164602249],
      ],
      [
        "critical value",
        [ksCritical(0.05, 1, 1) / Math.SQRT2, ksCritical(0.05, 1000, 1000)],
        [1.358098639, 0.06073601755],
      ],
      [
        "Jensen-Shannon",
        [
          jensenShannonDivergence(p, q),
          jensenShannonDistance(p, q),
          jensenShannonDivergence(p, q, "bits"),
          jensenShannonDistance(p, q, "bits"),
          kullbackLeibler(p, q),
          kullbackLeibler(q, p),
          psiOfShares(p, q),
        ],
        [0.006367198334, 0.07979472623, 0.009185925461, 0.09584323378, 0.02526715392, 0.02581540846, 0.05108256238],
      ],
      ["Wasserstein", [wassersteinDistance(a, b)], [0.239]],
      ["chi-square", [table.statistic, table.df, table.pValue], [4.321738006, 2, 0.1152249467]],
    ]);
  });

  it("tests of a stream", () => {
    const stream = [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1];
    const options = { delta: 0.05, threshold: 3, alpha: 1, minimum: 5 };
    const silent = createPageHinkley({ ...options, threshold: Number.POSITIVE_INFINITY });
    const sums = stream.map((value) => {
      silent.update(value);
      return silent.sum();
    });
    const firing = createPageHinkley(options);
    const first = stream.findIndex((value) => firing.update(value));
    expectChecks([
      ["Page-Hinkley", [sums[19], first, sums[first]], [3.675928801, 18, 3.325928801]],
      [
        "ADWIN",
        [adwinCut(500, 100, 0.2, 0.002, "per value"), adwinCut(500, 100, 0.2, 0.002, "per logarithm")],
        [0.3591477636, 0.2752064966],
      ],
    ]);
  });
});
