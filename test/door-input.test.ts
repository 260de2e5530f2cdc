import { describe, expect, it } from "vitest";
import { FailureError } from "../src/core/outcome.ts";
import * as heptad from "../src/index.ts";
import { readApi } from "../tools/gen-api.ts";

/** Every statistic at the door, called as its page shows, with one thing made wrong at a time: it may fail or say NaN, and never give a number. */

const door = new Map<string, unknown>(Object.entries(heptad));
type Call = (...args: readonly unknown[]) => unknown;

function isCall(value: unknown): value is Call {
  return typeof value === "function";
}

/** The arguments with which the page's example calls the function, typed arrays as plain ones. */
function argumentsOf(name: string, example: string, call: Call): readonly unknown[] {
  const seen: (readonly unknown[])[] = [];
  const watched: Call = (...args) => {
    seen.push(args);
    return call(...args);
  };
  const names = [...door.keys()];
  const values = names.map((one) => (one === name ? watched : door.get(one)));
  new Function(...names, `"use strict"; return (${example});`)(...values);
  return seen[0].map(plain);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return Array.from(Object.values(value), plain);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

type Path = readonly (string | number)[];
interface Site {
  readonly path: Path;
  readonly value: unknown;
}

/** Every number, word and list in the arguments; of a list its first and its last entry. */
function sitesIn(value: unknown, path: Path = []): Site[] {
  if (Array.isArray(value)) {
    const ends = [...new Set([0, value.length - 1])].filter((at) => at in value);
    const own = path.length === 0 ? [] : [{ path, value }];
    const inside = path.length === 0 ? value.map((_, at) => at) : ends;
    return [...own, ...inside.flatMap((at) => sitesIn(value[at], [...path, at]))];
  }
  if (typeof value === "number" || typeof value === "string") return [{ path, value }];
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, one]) => sitesIn(one, [...path, key]));
}

function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) return value.map((one, at) => (at === key ? changed(one, rest, to) : one));
  return Object.fromEntries(
    Object.entries(Object(value)).map(([name, one]) => [name, name === key ? changed(one, rest, to) : one]),
  );
}

/** What is never right, whatever stands there. */
function wrongFor(value: unknown): readonly (readonly [what: string, to: unknown])[] {
  if (typeof value === "number")
    return [
      ["NaN", Number.NaN],
      ["infinite", Number.POSITIVE_INFINITY],
      ["infinite", Number.NEGATIVE_INFINITY],
      ["a word", "three"],
      ["nothing", null],
      ["negative", -Math.abs(value) - 0.37],
    ];
  if (typeof value === "string")
    return [
      ["another word", "nonsense"],
      ["a number", 7],
    ];
  if (!Array.isArray(value)) return [];
  const lists = [
    ["empty", []],
    ["no list", 7],
  ] as const;
  return value.length > 1 ? [...lists, ["shorter", value.slice(0, -1)]] : lists;
}

/** Whether an answer could be taken for a figure: numbers, and none of them NaN. */
function isFigure(answer: unknown): boolean {
  const numbers = numbersIn(answer, 0);
  return numbers.length > 0 && !numbers.some(Number.isNaN);
}

function numbersIn(value: unknown, depth: number): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null || depth > 4) return [];
  const inside = value instanceof Map ? [...value.values()] : Object.values(value);
  return inside.slice(0, 100).flatMap((one) => numbersIn(one, depth + 1));
}

/** What the call makes of wrong arguments: nothing to complain of, or what it said. */
function complaintOf(call: Call, args: readonly unknown[]): string | undefined {
  try {
    const answer = call(...args);
    if (typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false) return undefined;
    return isFigure(answer) ? `gives ${JSON.stringify(answer)?.slice(0, 80)}` : undefined;
  } catch (error) {
    return error instanceof FailureError ? undefined : `throws ${String(error).slice(0, 80)}`;
  }
}

/** What is right all the same, by function: `what` at a path whose numbers are written `#`. */
const RIGHT: readonly (readonly [names: string, place: RegExp])[] = [
  // Values, means, effects, scores and costs may lie below 0.
  ["compareMeans planExperiment durationCurve effectFor", /^negative at \d\.(?:comparison\.|metric\.)*mean$/u],
  ["compareRatios cupedAdjustment cupedArms ratioEstimate", /^negative at \d\.(?:meanX|meanY|covariance)$/u],
  ["relativeLift", /^negative at 0\.(?:control|treated)$/u],
  ["sampleSizeMeans powerMeans", /^negative at 0\.delta$/u],
  ["planExperiment", /^negative at 0\.(?:effect\.size|pastCorrelation|metric\.mean)$/u],
  ["compareEstimate noncentralTSurvival twoSidedNormal", /^negative at 0$/u],
  ["noncentralTSurvival confusionAt", /^negative at 2$/u],
  ["alwaysValid", /^negative at 0\.#\.effect$/u],
  ["costThreshold expectedCost", /^negative at \d\.(?:fp|fn|tp|tn)$/u],
  ["dailyCardPrecision", /^negative at 0\.(?:day|unit|scores)\.#$/u],
  [
    "atBudget aucRoc averagePrecision precisionRecallTrapezoid confusionAt expectedNdcgUnderTies",
    /^negative at 1\.#$/u,
  ],
  [
    "averagedF1 shareRight meanAbsoluteError meanAbsolutePercentageError pinballLoss weightedApe",
    /^negative at \d\.#$/u,
  ],
  ["coefficientOfDetermination rootMeanSquaredError symmetricMape kendall pearson spearman", /^negative at \d\.#$/u],
  ["bootstrapMean pairedBootstrap pairedTTest pairedMomentsOf momentsOf iou dice", /^negative at \d\.#$/u],
  ["binByReference psi ksTest wassersteinDistance", /^negative at \d\.#$/u],
  // A missing value is a kind of drift.
  ["binByReference psi", /^NaN at \d\.#$/u],
  // The normal law is the t law without end, and no cut-off is a cut-off.
  ["compareEstimate", /^infinite at 2$/u],
  ["twoSidedNormal", /^infinite at 0$/u],
  ["ndcgAt averagePrecisionAt recallAt hitAt giniAt", /^infinite at 1$/u],
  // Samples and lists that stand alone have any length.
  ["adjustPValues bitsPerToken perplexity entropyBits giniIndex momentsOf spendingBoundary", /^shorter at 0$/u],
  ["expectedCalibrationError maximumCalibrationError", /^shorter at 0$/u],
  ["binByReference ksTest psi wassersteinDistance", /^shorter at \d$/u],
  ["coverageAt exposureEntropyAt giniAt noveltyAt", /^(?:shorter at 0\.lists|(?:shorter|empty) at 0\.lists\.#)$/u],
  ["rankedRequest gradedRequest", /^(?:shorter|empty) at 0$/u],
  ["*", /^(?:shorter at 0\.judged|(?:shorter|empty) at 0\.relevance)$/u],
  // Names are the caller's own.
  ["assignByHash", /^another word at [01]$/u],
  ["analyzeExperiment", /^another word at 0\.arms\.#\.name$/u],
];

function isRight(name: string, place: string): boolean {
  return RIGHT.some(([names, where]) => (names === "*" || names.split(" ").includes(name)) && where.test(place));
}

const entries = readApi().filter(({ name }) => isCall(door.get(name)));

describe("a statistic at the door", () => {
  it.each(entries.map((entry) => [entry.name, entry] as const))(
    "%s never gives a figure for input that is none",
    (name, { example }) => {
      const call = door.get(name);
      if (!isCall(call)) throw new Error(`${name} is no function`);
      const args = argumentsOf(name, example, call);
      const found = sitesIn(args).flatMap(({ path, value }) =>
        wrongFor(value).flatMap(([what, to]) => {
          const place = `${what} at ${path.join(".").replaceAll(/\b\d+\b/gu, (digits, at) => (at === 0 ? digits : "#"))}`;
          const wrong = changed(args, path, to);
          const complaint = Array.isArray(wrong) ? complaintOf(call, wrong) : "is not called";
          return complaint === undefined || isRight(name, place) ? [] : [`${place}: ${complaint}`];
        }),
      );
      expect(found).toEqual([]);
    },
  );

  const groups = heptad.groupByScore([0, 1, 1], [0.1, 0.6, 0.4]);
  const costs = { fp: 1, fn: 5, tp: 0, tn: 0 };
  it.each<[string, () => unknown]>([
    ["a shape of boundary", () => Reflect.apply(heptad.constantBoundary, undefined, ["haybittle", 5])],
    ["a test of means", () => Reflect.apply(heptad.compareMeans, undefined, [ARM, ARM, { test: "bayes" }])],
    ["a test of rates", () => Reflect.apply(heptad.compareProportions, undefined, [RATE, RATE, { test: "fisher" }])],
    ["shares that are counts", () => heptad.kullbackLeibler([5, 3, 2], [4, 4, 2])],
    ["shares of other bins", () => heptad.kullbackLeibler([0.5, 0.5], [0.5, 0.3, 0.2])],
    // One bin on both sides: 0 was given for any drift at all.
    ["bins that are one, of psi,", () => heptad.psiOfCounts([50], [70])],
    ["bins that are one, of psi by shares,", () => heptad.psiOfShares([1], [1])],
    ["bins that are one, of Kullback and Leibler,", () => heptad.kullbackLeibler([1], [1])],
    ["bins that are one, of Jensen and Shannon,", () => heptad.jensenShannonDivergence([50], [70])],
    ["bins that are one, of their distance,", () => heptad.jensenShannonDistance([1], [1])],
    ["a spent share of time above 1", () => heptad.obrienFlemingSpending(1.2, 0.025)],
    ["a tail of 0", () => heptad.pocockSpending(0.5, 0)],
    ["a share as a quantile's", () => heptad.standardNormal.quantile(2)],
    ["a share as a quantile's", () => heptad.studentT(5).upperQuantile(Number.NaN)],
    ["a value of a law", () => heptad.poisson(3).cdf(Number.NaN)],
    ["an infinite value of a stream", () => heptad.createStreamingMoments().update(Number.POSITIVE_INFINITY)],
    ["an infinite value of a stream", () => heptad.createAdwin().update(Number.NEGATIVE_INFINITY)],
    ["a cost", () => groups && heptad.cheapestThreshold(groups, { ...costs, fn: Number.NaN })],
    ["points of a curve", () => groups && heptad.costCurve(groups, 1)],
    ["rows of a table", () => groups && heptad.thresholdTable(groups, costs, 0)],
    ["more successes than units", () => heptad.wilsonInterval({ n: 10, successes: 11 })],
    ["a covariance beyond its variances", () => heptad.cupedAdjustment({ ...PAIRS, covariance: 7 })],
    ["a box that ends before it begins", () => heptad.iou([5, 5, 1, 1], [0, 0, 2, 2])],
    ["an item beyond the catalogue", () => heptad.coverageAt({ lists: [[7]], catalogue: 5 })],
  ])("refuses %s that is none", (_, attempt) => {
    expect(complaintOf(attempt, [])).toBeUndefined();
    const answer = ((): unknown => {
      try {
        return attempt();
      } catch (error) {
        return error;
      }
    })();
    const failure = answer instanceof FailureError ? answer.failure : Object(answer).failure;
    expect(failure).toMatchObject({
      message: expect.stringMatching(/is|has|have|holds|adds up|ends/u),
      fix: expect.any(String),
    });
  });

  it("lets a stream pass over a missing value, as it says", () => {
    const moments = heptad.createStreamingMoments();
    for (const value of [1, Number.NaN, 3]) moments.update(value);
    expect(moments.moments()).toMatchObject({ n: 2, mean: 2 });
  });
});

const ARM = { n: 50, mean: 3, variance: 2 };
const RATE = { n: 50, successes: 3 };
const PAIRS = { n: 50, meanX: 1, meanY: 1, varianceX: 4, varianceY: 9, covariance: 1 };
