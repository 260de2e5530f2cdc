import { describe, expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import { DAY } from "../../../core/day.ts";
import type { ScoredTask } from "../scored-task.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { scoredFeatures } from "./scored-features.ts";

const cases = [1, 1, 0, 1, 0, 1].map((label, day) => ({ day, unit: day % 2, label: label === 1 ? 1 : 0 }) as const);
const positive = plantScored(cases).words.positive;

const feature = (one: Partial<FeatureDeclaration>): FeatureDeclaration => ({
  name: "it",
  entity: ["person"],
  aggregate: { kind: "count", measure: positive },
  window: Number.POSITIVE_INFINITY,
  delay: 0,
  smoothing: 0,
  ...one,
});
const all = Int32Array.from(cases.keys());
const of = (one: Partial<FeatureDeclaration>, task: ScoredTask): number[] => [
  ...(scoredFeatures([feature(one)], task, all).get("it") ?? []),
];

/** Labels of day 0 are known on day 4, that of day 1 never, all others on their next day. */
const late = plantScored(
  cases.map((one) => ({ ...one, known: [4, Number.POSITIVE_INFINITY][one.day] ?? one.day + 1 })),
);

describe("features of cases", () => {
  it("add up a label from the moment at which it was known, and never one that was not", () => {
    const sum = { aggregate: { kind: "sum", measure: positive } } as const;
    expect(of(sum, plantScored(cases))).toEqual([0, 0, 1, 1, 1, 2]);
    expect(of(sum, late)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(of({ aggregate: { kind: "count", measure: positive } }, late)).toEqual([0, 0, 0, 0, 2, 1]);
  });

  it("wait for the later of the delay and the moment", () => {
    const sum = { aggregate: { kind: "sum", measure: positive }, delay: 3 * DAY } as const;
    expect(of(sum, plantScored(cases))).toEqual([0, 0, 0, 0, 1, 1]);
    // Case 1 is never known, case 3 not before day 4 plus nothing: on day 5 it is two days old, and three are asked for.
    expect(of(sum, late)).toEqual([0, 0, 0, 0, 1, 0]);
  });

  it("count cases that happened whether their labels are known or not", () => {
    const ratio = {
      kind: "ratio",
      numerator: { kind: "sum", measure: positive },
      denominator: { kind: "count" },
    } as const;
    expect(of({ aggregate: { kind: "count" } }, late)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(of({ aggregate: ratio }, late)).toEqual([Number.NaN, Number.NaN, 0, 0, 0.5, 0.5]);
  });

  it("put a word's earlier rate in its place, and leave a missing one missing", () => {
    const word = { count: 2, rows: Int32Array.from([0, 0, 0, -1, 0, 1]) };
    const person = plantScored(cases).entities.get("person");
    if (person === undefined) throw new Error("no person");
    const task = plantScored(cases, {
      entities: new Map([
        ["person", person],
        ["country", word],
      ]),
    });
    const rates = of({ entity: [task.words.row], aggregate: { kind: "value", column: "country" } }, task);
    expect(rates[0]).toBeNaN();
    expect(rates[3]).toBeNaN();
    // Both earlier cases are positive, as everybody is so far: 2 of 2.
    expect(rates[2]).toBe(1);
    // 2 of 3 with the word, drawn with the weight of 20 towards 3 of 4.
    expect(rates[4]).toBeCloseTo((2 + 20 * 0.75) / 23, 12);
    // A word that is new stands where everybody does: 3 of 5.
    expect(rates[5]).toBeCloseTo(3 / 5, 12);
  });

  it("take an empty cell as SQL does: it adds nothing, counts in no mean, and its case is counted", () => {
    const values = [2, Number.NaN, 4, Number.NaN, Number.NaN, 8];
    const task = plantScored(values.map((value, day) => ({ day, unit: 0, label: 0, value }) as const));
    const { row } = task.words;
    const pages = { kind: "sum", measure: "pages" } as const;
    const mean = { kind: "mean", measure: "pages" } as const;
    expect(of({ aggregate: pages }, task)).toEqual([0, 2, 2, 6, 6, 6]);
    expect(of({ aggregate: mean }, task)).toEqual([Number.NaN, 2, 2, 3, 3, 3]);
    expect(of({ aggregate: { kind: "count", measure: "pages" } }, task)).toEqual([0, 1, 1, 2, 2, 2]);
    expect(of({ aggregate: { kind: "count" } }, task)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(of({ aggregate: pages, current: row }, task)).toEqual([2, 2, 6, 6, 6, 14]);
    expect(of({ aggregate: mean, current: row }, task)).toEqual([2, 2, 3, 3, 3, 14 / 3]);
    expect(of({ aggregate: mean, current: row, window: DAY }, task)[4]).toBeNaN();
    expect(of({ aggregate: { kind: "count", measure: "pages" }, current: row }, task)).toEqual([1, 1, 2, 2, 2, 3]);
  });

  it("say of an infinite value that it is one, and not what it would add up to", () => {
    const task = plantScored([1, Number.POSITIVE_INFINITY].map((value, day) => ({ day, unit: 0, label: 0, value })));
    expect(() => scoredFeatures([feature({ aggregate: { kind: "sum", measure: "pages" } })], task, all)).toThrow(
      "a value of `pages` is infinite",
    );
  });

  it("give no row anything of later ones", () => {
    const declared = [feature({ aggregate: { kind: "rate", measure: positive }, smoothing: 2 })];
    const first = all.subarray(0, 4);
    const cut = plantScored(
      cases.slice(0, 4).map((one) => ({ ...one, known: [4, Number.POSITIVE_INFINITY][one.day] ?? one.day + 1 })),
    );
    expect(scoredFeatures(declared, cut, first)).toEqual(scoredFeatures(declared, late, first));
  });
});
