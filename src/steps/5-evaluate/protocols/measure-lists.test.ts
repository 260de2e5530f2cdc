import { expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { asShared } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { listPrint } from "./list-prints.ts";
import { differenceFigures, type MeasuredLists, meanFigures, measureLists } from "./measure-lists.ts";

const measured = (value: number, apart = 2): MeasuredLists => ({
  units: Int32Array.from({ length: 40 }, (_, i) => i),
  values: new Map([["ndcg@10", Float64Array.from({ length: 40 }, (_, i) => value + (i % apart) / 10)]]),
});

it("a difference is after minus before, in its value, its interval and its words", () => {
  const before = { subject: "baseline", measured: measured(0.1, 4) };
  const after = { subject: "als", measured: measured(0.3) };
  const [one] = differenceFigures(before, after, "all", ["ndcg@10"], createRandom(1));
  expect(one).toMatchObject({ subject: "als", against: "baseline", n: 40 });
  expect(one.value).toBeCloseTo(0.1, 12);
  expect(one.interval?.[0]).toBeCloseTo(0.07, 2);
  expect(one.note).toBe("als minus baseline, p 0.002");
  expect(differenceFigures(after, before, "all", ["ndcg@10"], createRandom(1))[0].value).toBeCloseTo(-0.1, 12);
  expect(differenceFigures(before, after, "all", ["recall@10"], createRandom(1))).toEqual([]);
});

it("a mean is over requests, with how many units it rests on", () => {
  const [one] = meanFigures("als", "all", measured(0.3), createRandom(1));
  expect(one.value).toBeCloseTo(0.35, 12);
  expect(one.n).toBe(40);
});

it("neither a mean nor a difference reaches beyond what a metric of a request can be", () => {
  // Ten members, one of them with three requests.
  const rare = (value: number): MeasuredLists => ({
    units: Int32Array.from({ length: 12 }, (_, i) => Math.max(0, i - 2)),
    values: new Map([["ndcg@10", Float64Array.from({ length: 12 }, (_, i) => (i < 3 ? value : 0))]]),
  });
  const [low, high] = meanFigures("als", "all", rare(0.06), createRandom(1))[0].interval ?? [];
  // A hit was seen, so that nothing is not likely; what the other nine may bring is far more than resamples of them show.
  expect(low).toBeGreaterThan(0);
  expect(low).toBeLessThan(0.002);
  expect(high).toBeGreaterThan(0.2);
  expect(meanFigures("als", "all", rare(0), createRandom(1))[0].interval?.[0]).toBe(0);
  const [none, one] = [rare(0), rare(1)].map((values, i) => ({ subject: `model ${i}`, measured: values }));
  const gain = differenceFigures(none, one, "all", ["ndcg@10"], createRandom(1))[0].interval ?? [];
  const loss = differenceFigures(one, none, "all", ["ndcg@10"], createRandom(1))[0].interval ?? [];
  expect(gain[0]).toBeLessThan(0);
  expect(gain[1]).toBeLessThan(1);
  expect(loss[0]).toBeGreaterThan(-1);
});

it("two that hand out the same lists differ by nothing, whatever few requests show; equal values alone show no such thing", () => {
  const prints = Float64Array.from({ length: 40 }, (_, i) => i + 1);
  const [a, b] = [0, 1].map((i) => ({ subject: `model ${i}`, measured: { ...measured(0.1, 4), prints } }));
  expect(differenceFigures(a, b, "all", ["ndcg@10"], createRandom(1))).toMatchObject([
    { value: 0, interval: [0, 0], n: 40, note: "the same lists on all 40 requests" },
  ]);
  const other = { ...b, measured: { ...b.measured, prints: prints.map((one, i) => (i === 3 ? 0 : one)) } };
  expect(differenceFigures(a, other, "all", ["ndcg@10"], createRandom(1))[0].interval?.[1]).toBeGreaterThan(0);
});

it("measures request after request: those of the slice with something relevant, by what each metric says of the list alone", () => {
  // Request 1 has nothing relevant, request 3 is none of the slice, of request 2 one relevant item does not count.
  const requests: StoredRequests = {
    count: 5,
    unit: Int32Array.of(10, 11, 12, 13, 14),
    moment: new Float64Array(5),
    history: asShared({ offsets: new Int32Array(6), items: new Int32Array(0) }),
    seenBefore: new Uint8Array(5),
    relevant: { offsets: Int32Array.of(0, 2, 2, 4, 5, 6), items: Int32Array.of(3, 5, 3, 6, 3, 1) },
  };
  const lists = {
    offsets: Int32Array.of(0, 3, 6, 9, 12, 14),
    items: Int32Array.of(...[3, 1, 5], ...[1, 2, 3], ...[2, 3, 6], ...[3, 2, 1], ...[2, 4]),
    scores: new Float32Array(14),
  };
  const metrics = ["recall@2", "hit rate@1", "catalogue coverage@10"].map((name) => unwrap(parseMetric(name)));
  const slice = { keepsRequest: (request: number) => request !== 3, keepsItem: (item: number) => item !== 6 };
  const { units, values, prints } = measureLists(requests, lists, metrics, slice);
  expect([...units]).toEqual([10, 12, 14]);
  expect([...values].map(([name, of]) => [name, ...of])).toEqual([
    ["recall@2", 0.5, 1, 0],
    ["hit rate@1", 1, 0, 0],
  ]);
  expect(prints).toEqual(
    Float64Array.of(
      ...[
        [3, 1, 5],
        [2, 3, 6],
        [2, 4],
      ].map((list) => listPrint(list)),
    ),
  );
});
