import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { bootstrapMean, pairedBootstrap, restsOnFew } from "./bootstrap.ts";

/** 200 differences, spread evenly with a variance of 1, whose mean is `z` standard errors. Neighbours are opposite. */
function shifted(z: number): Float64Array {
  const width = Math.sqrt(3);
  return Float64Array.from({ length: 200 }, (_, i) => {
    const size = (width * ((i >> 1) + 0.5)) / 100;
    return (i % 2 === 0 ? size : -size) + z / Math.sqrt(200);
  });
}
const zeros = new Float64Array(200);
const options = () => ({ random: createRandom(5), resamples: 20_000 });

it("an interval rests on few where nearly all units have one value, and then narrows with their number and not with its root", () => {
  const rare = (units: number): number[] => Array.from({ length: units }, (_, unit) => (unit < 5 ? 0.01 : 0));
  expect([restsOnFew(rare(40)), restsOnFew(shifted(1)), restsOnFew(rare(9))]).toEqual([true, false, false]);
  const width = (units: number): number => {
    const [low, high] = bootstrapMean(rare(units), { ...options(), range: [-1, 1] }).interval;
    return high - low;
  };
  expect(width(40) / width(400)).toBeGreaterThan(8);
});

describe("a paired bootstrap", () => {
  it("has the two-sided p-value of the normal law where that is due", () => {
    for (const [z, p] of [
      [1.96, 0.05],
      [1.2816, 0.2],
      [-1.96, 0.05],
    ])
      expect(Math.abs(pairedBootstrap(shifted(z), zeros, options()).pValue - p)).toBeLessThan(0.01);
  });

  it("is a minus b, and its p-value and interval agree on what is told apart", () => {
    const { mean, interval, pValue } = pairedBootstrap(shifted(3), zeros, options());
    expect(mean).toBeCloseTo(3 / Math.sqrt(200), 12);
    expect(interval[0]).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(0.01);
    expect(pairedBootstrap(zeros, shifted(3), options()).interval[1]).toBeLessThan(0);
  });

  it("has Student's tail for few units and the share of the resamples itself from 100 on", () => {
    // Five of ten win 4, five lose 1: a resample is at most 0 where at most two of its ten win, in 56 of 1,024 cases; 2 P(t(9) > 1.60 sqrt(0.9)).
    const wins = (n: number) => Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 4 : -1));
    const pOf = (n: number, resamples: number) =>
      pairedBootstrap(wins(n), new Float64Array(n), { random: createRandom(3), resamples }).pValue;
    expect(Math.abs(pOf(10, 200_000) - 0.1631169)).toBeLessThan(0.002);
    const counted = (p: number) => Math.abs((p / 2) * 1000 - Math.round((p / 2) * 1000));
    expect(counted(pOf(100, 999))).toBeCloseTo(0, 9);
    expect(counted(pOf(98, 999))).toBeGreaterThan(0.01);
    // At a mean of 0 nearly half of all resamples lie on each side.
    expect(pairedBootstrap(zeros.map((_, i) => (i % 2) - 0.5).slice(0, 20), zeros.slice(0, 20), options()).pValue).toBe(
      1,
    );
  });

  it("never says less than two of so many resamples", () => {
    const [random, resamples] = [createRandom(1), 999];
    const ones = new Float64Array(200).fill(1);
    const sure = pairedBootstrap(ones, zeros, { random, resamples, range: [-1, 1] });
    expect(sure.pValue).toBeCloseTo(2 / 1000, 12);
    // Clopper and Pearson of 200 of 200: the share is at least 0.025^(1 / 200), the difference 2 x share - 1.
    expect(sure.interval[0]).toBeCloseTo(2 * 0.025 ** (1 / 200) - 1, 2);
    expect(sure.interval[1]).toBe(1);
    const unbounded = pairedBootstrap(ones, zeros, { random, resamples });
    expect(unbounded.interval).toEqual([Number.NaN, Number.NaN]);
    expect(unbounded.pValue).toBeNaN();
  });
});

it("a mean's interval is about two standard errors to each side, and draws whole units", () => {
  const { mean, interval, n } = bootstrapMean(shifted(0), options());
  expect(mean).toBeCloseTo(0, 12);
  expect(interval[1]).toBeCloseTo(1.96 / Math.sqrt(200), 1);
  expect(n).toBe(200);
  // The other half of each unit takes back what the first half gave, but for every fifth unit.
  const units = Array.from({ length: 200 }, (_, i) => i >> 1);
  const values = shifted(0).map((value, i) => (i % 10 === 0 ? -value : value));
  const paired = bootstrapMean(values, { ...options(), units });
  expect(paired.n).toBe(100);
  expect(paired.interval[1] - paired.interval[0]).toBeLessThan(0.7 * (interval[1] - interval[0]));
});

it("a difference below zero is as telling as one above: ties count on both sides, and one more draw is granted to each", () => {
  const [n, resamples] = [10, 4000];
  const wins = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 4 : -1));
  const none = new Float64Array(n);
  // Two wins of ten bring exactly 0: a tenth of the tail.
  const above = pairedBootstrap(wins, none, { random: createRandom(3), resamples }).pValue;
  const below = pairedBootstrap(none, wins, { random: createRandom(3), resamples }).pValue;
  expect(below).toBeCloseTo(above, 12);
  const ones = new Float64Array(200).fill(1);
  const sure = pairedBootstrap(zeros, ones, { random: createRandom(1), resamples: 999, range: [-1, 1] });
  expect(sure.pValue).toBeCloseTo(2 / 1000, 12);
});
