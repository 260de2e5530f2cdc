import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTable, type Table } from "../../core/table.ts";
import { type FraudWeeks, fraudLearner } from "./fraud-learners.ts";

const made = createRandom(9);
const ROWS = 900;
const amount = Float64Array.from({ length: ROWS }, () => made.normal());
const other = Float64Array.from({ length: ROWS }, () => made.normal());
/** Thirty cards that take turns: the payment before a row's is thirty rows earlier. */
const CARDS = 30;
const before = Int32Array.from({ length: ROWS }, (_, row) => (row < CARDS ? -1 : row - CARDS));
const tableOf = (rows: Int32Array): Table =>
  createTable({
    amount: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : amount[row])),
    other: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : other[row])),
  });
const stretch = (from: number, until: number) => Int32Array.from({ length: until - from }, (_, at) => from + at);

/** A payment is positive where `isPositive` says so; 600 rows to learn from, 300 to judge. */
function weeksOf(isPositive: (row: number) => boolean): FraudWeeks {
  const learn = stretch(0, 600);
  return {
    learn,
    labels: Uint8Array.from(learn, (row) => Number(isPositive(row))),
    judge: stretch(600, ROWS),
    featuresOf: tableOf,
    before,
  };
}

/** The chance that a positive row of the judged ones stands above another one. */
async function concordance(model: string, settings: Record<string, number>, isPositive: (row: number) => boolean) {
  const weeks = weeksOf(isPositive);
  const scores = await fraudLearner(model, settings, ["amount", "other"]).score(weeks, { random: createRandom(1) });
  expect(scores.length).toBe(weeks.judge.length);
  let [right, pairs] = [0, 0];
  weeks.judge.forEach((one, at) => {
    weeks.judge.forEach((two, place) => {
      if (!isPositive(one) || isPositive(two)) return;
      pairs++;
      right += scores[at] > scores[place] ? 1 : scores[at] === scores[place] ? 0.5 : 0;
    });
  });
  return right / pairs;
}

const TREES = { trees: 20, leaves: 4, "minimum-rows": 3, "learning-rate": 0.2 };
const isLarge = (row: number): boolean => amount[row] > 1.5;

describe("what learns from a week", () => {
  it.each([
    ["logistic-regression", {}],
    ["gbdt", TREES],
    ["gbdt, positives weighed", { ...TREES, "positive-weight": 20 }],
    ["gbdt, negatives left out", { ...TREES, "positive-share": 0.5 }],
    ["gbdt, positives made up", { ...TREES, "positive-share": 0.5 }],
    ["network", { width: 8, epochs: 40, "learning-rate": 0.01 }],
  ])("tells large payments from others: %s", async (model, settings) => {
    expect(await concordance(model, settings, isLarge)).toBeGreaterThan(0.97);
  });

  it("finds what the payment before tells by a network of five payments, and by no network of one", async () => {
    const settings = { width: 8, epochs: 40, "learning-rate": 0.01 };
    const follows = (row: number): boolean => before[row] >= 0 && amount[before[row]] > 1;
    expect(await concordance("network of five payments", settings, follows)).toBeGreaterThan(0.9);
    expect(await concordance("network", settings, follows)).toBeLessThan(0.7);
    const earlier = (row: number, back: number): number =>
      back === 0 || row < 0 ? row : earlier(before[row], back - 1);
    const large = (row: number): boolean => row >= 0 && amount[row] > 1;
    expect(await concordance("network of five payments", settings, (row) => large(earlier(row, 4)))).toBeGreaterThan(
      0.9,
    );
    expect(await concordance("network of five payments", settings, (row) => large(earlier(row, 5)))).toBeLessThan(0.7);
  });

  it("finds what leaves the plane of the others by its reconstruction error", async () => {
    const settings = { width: 4, epochs: 60, "learning-rate": 0.01, factors: 1 };
    const turned = (rows: Int32Array): Table =>
      createTable({
        amount: Float64Array.from(rows, (row) => amount[row]),
        twin: Float64Array.from(rows, (row) => amount[row] + (row % 10 === 0 ? 1.5 * Math.sign(other[row]) : 0)),
      });
    const weeks = { ...weeksOf((row) => row % 10 === 0), featuresOf: turned };
    const scores = await fraudLearner("network with reconstruction error", settings, []).score(weeks, {
      random: createRandom(1),
    });
    const mean = (keeps: (at: number) => boolean) => {
      const kept = [...scores].filter((_, at) => keeps(at));
      return kept.reduce((sum, one) => sum + one, 0) / kept.length;
    };
    expect(mean((at) => at % 10 === 0)).toBeGreaterThan(mean((at) => at % 10 !== 0) + 3);
  });

  it("leaves as many negatives as are asked for, and weighs positives as it is told", async () => {
    const scoresOf = (model: string, settings: Record<string, number>) =>
      fraudLearner(model, { ...TREES, ...settings }, []).score(weeksOf(isLarge), { random: createRandom(1) });
    // Of small payments alone: the log-odds of large ones go to any height.
    const mean = (scores: Float64Array) => {
      const small = scores.filter((_, at) => !isLarge(600 + at));
      return small.reduce((sum, one) => sum + one, 0) / small.length;
    };
    const plain = mean(await scoresOf("gbdt", {}));
    // Both lift log-odds.
    expect(mean(await scoresOf("gbdt, positives weighed", { "positive-weight": 50 }))).toBeGreaterThan(plain + 0.5);
    expect(mean(await scoresOf("gbdt, negatives left out", { "positive-share": 1 }))).toBeGreaterThan(plain + 0.5);
    expect(await scoresOf("gbdt, negatives left out", { "positive-share": 0.001 })).toEqual(await scoresOf("gbdt", {}));
  });

  it("is refused by a name that none has, and hangs on all of its settings", () => {
    expect(() => fraudLearner("gbtd", {}, [])).toThrow(/there is no classifier `gbtd`/u);
    const keys = [1, 2].map((weight) => fraudLearner("gbdt, positives weighed", { "positive-weight": weight }, []).key);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[0]).not.toBe(fraudLearner("gbdt", { "positive-weight": 1 }, []).key);
  });
});
