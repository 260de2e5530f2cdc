import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { keepCases, keepRequests, keptValues, pairEvaluations } from "./pair-evaluations.ts";

const decided = (metric: string) => ({
  metric,
  baseline: "rules",
  chosen: "trees",
  rival: null,
  served: "trees",
  contenders: [
    { subject: "rules", role: "baseline" },
    { subject: "trees", role: "single" },
  ],
});

const units = Int32Array.from({ length: 60 }, (_, at) => at % 20);
const requests = (lift: number, subjects = ["baseline", "als"], metric = "ndcg@10") => ({
  json: decided(metric),
  arrays: keepRequests(
    units,
    new Map(
      subjects.map((name) => [name, Float64Array.from(units, (unit) => (name === "als" ? lift : 0) + unit / 40)]),
    ),
  ),
});

const labels = Uint8Array.from({ length: 400 }, (_, at) => Number(at % 10 === 0));
const scoresOf = (noise: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from(labels, (label) => label + noise * random.normal());
};
const cases = (trees: Float64Array, unit = (at: number): number => at % 79) => ({
  json: decided("average precision"),
  arrays: keepCases(
    { unit: labels.map((_, at) => unit(at)), day: labels.map((_, at) => at % 7), labels },
    new Map([["trees", trees]]),
  ),
});

describe("two evaluations of the same requests", () => {
  it("differ by what each subject won, request by request", () => {
    const [baseline, als, ...rest] = pairEvaluations(requests(0.1), requests(0.3));
    expect(rest).toEqual([]);
    expect(baseline).toMatchObject({ subject: "baseline", name: "ndcg@10", value: 0, n: 20 });
    expect(als).toMatchObject({ subject: "als", n: 20 });
    expect(als).toHaveProperty("value", expect.closeTo(0.2, 12));
  });

  it("differ by exactly nothing in a subject that handed out the same lists, and are not called so by their values alone", () => {
    const zeros = new Map([["als", new Float64Array(units.length)]]);
    const of = (lists: (at: number) => number) => ({
      json: decided("ndcg@10"),
      arrays: keepRequests(units, zeros, new Map([["als", Float64Array.from(units, (_, at) => lists(at))]])),
    });
    const same = { subject: "als", value: 0, interval: [0, 0], n: 20, note: "the same on all 60 requests" };
    expect(pairEvaluations(of(Number), of(Number))).toMatchObject([same]);
    const other = pairEvaluations(
      of(Number),
      of((at) => (at === 59 ? 0 : at)),
    );
    if (typeof other === "string") throw new Error(other);
    expect(other[0].value).toBe(0);
    expect(other[0].interval?.[1]).toBeGreaterThan(0);
    // What is wanted was written otherwise between the two runs: the lists are the same, and what they are worth is not.
    const worth = (value: number) => ({
      ...of(Number),
      arrays: {
        ...of(Number).arrays,
        ...keepRequests(units, new Map([["als", new Float64Array(units.length).fill(value)]])),
      },
    });
    const moved = pairEvaluations(worth(0.25), worth(0.75));
    if (typeof moved === "string") throw new Error(moved);
    expect(moved[0].value).toBeCloseTo(0.5, 12);
    expect(pairEvaluations(requests(0.1), requests(0.1), true)).toMatchObject([{ ...same, subject: "baseline" }, same]);
  });

  it("are paired in the subjects that both have", () => {
    const figures = pairEvaluations(requests(0.1), requests(0.1, ["als", "ease"]));
    expect(typeof figures === "string" ? figures : figures.map(({ subject }) => subject)).toEqual(["als"]);
  });

  it("keep a subject's values for other stages", () => {
    expect(keptValues(requests(0.5), "als")?.[0]).toBe(0.5);
    expect(keptValues(requests(0.5), "ease")).toBeUndefined();
  });
});

describe("two evaluations of the same cases", () => {
  it("differ by nothing where they are the same", () => {
    const scores = scoresOf(1, 3);
    expect(pairEvaluations(cases(scores), cases(scores))).toMatchObject([
      { subject: "trees", name: "average precision", value: 0, interval: [0, 0], n: 79 },
    ]);
  });

  it("differ by the average precision that the later one has more, with an interval", () => {
    const [bad, good] = [scoresOf(2, 4), scoresOf(0.3, 5)];
    const figures = pairEvaluations(cases(bad), cases(good));
    if (typeof figures === "string") throw new Error(figures);
    const [{ value, interval }] = figures;
    expect(value).toBeCloseTo(averagePrecision(labels, good) - averagePrecision(labels, bad), 12);
    expect(interval?.[0]).toBeGreaterThan(0);
    expect(interval?.[1]).toBeGreaterThan(value);
  });
});

describe("two evaluations that cannot be paired", () => {
  it("say why", () => {
    const scores = scoresOf(1, 3);
    const others = cases(scores, (at) => at % 80);
    expect(pairEvaluations(cases(scores), others)).toBe("the two runs judged different cases: their splits differ");
    const fewer = { ...requests(0), arrays: keepRequests(units.subarray(1), new Map()) };
    expect(pairEvaluations(requests(0), fewer)).toBe("the two runs asked different requests: their splits differ");
    expect(pairEvaluations(requests(0), requests(0, ["als"], "map@10"))).toBe(
      "the two runs decide by different metrics",
    );
    expect(pairEvaluations(requests(0), { json: null, arrays: {} })).toBe("one of the runs had nothing to judge");
  });
});
