import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { differenceFigures, type MeasuredLists, meanFigures } from "./measure-lists.ts";

const measured = (value: number): MeasuredLists => ({
  units: Int32Array.from({ length: 40 }, (_, i) => i),
  values: new Map([["ndcg@10", Float64Array.from({ length: 40 }, (_, i) => value + (i % 2) / 10)]]),
});

it("a difference is after minus before, in its value, its interval and its words", () => {
  const before = { subject: "baseline", measured: measured(0.1) };
  const after = { subject: "als", measured: measured(0.3) };
  const [one] = differenceFigures(before, after, "all", ["ndcg@10"], createRandom(1));
  expect(one).toMatchObject({ subject: "als", against: "baseline", n: 40 });
  expect(one.value).toBeCloseTo(0.2, 12);
  expect(one.interval?.[0]).toBeCloseTo(0.2, 12);
  expect(one.note).toBe("als minus baseline, p 0.002");
  expect(differenceFigures(after, before, "all", ["ndcg@10"], createRandom(1))[0].value).toBeCloseTo(-0.2, 12);
  expect(differenceFigures(before, after, "all", ["recall@10"], createRandom(1))).toEqual([]);
});

it("a mean is over requests, with how many units it rests on", () => {
  const [one] = meanFigures("als", "all", measured(0.3), createRandom(1));
  expect(one.value).toBeCloseTo(0.35, 12);
  expect(one.n).toBe(40);
});
