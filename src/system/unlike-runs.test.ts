import { expect, test } from "vitest";
import { unlikeRuns } from "./unlike-runs.ts";

const data = { source: "ratings.csv", fingerprint: "a1", simulated: false };
const world = { source: "a simulated world", fingerprint: "", simulated: true };
const facts = { "3.split.by": "time", "3.split.rows": "58k", "3.source.days": "150", "4.stages[0].method": "als" };
const evaluation = {
  metric: "ndcg@10",
  baseline: "popular",
  chosen: "als",
  rival: null,
  served: "als",
  contenders: [],
};
const run = { data, seed: 7, facts, evaluation };

test("runs of the same data and split are alike, whatever else of the note differs", () => {
  expect(unlikeRuns(run, run)).toEqual([]);
  expect(
    unlikeRuns(run, { ...run, seed: 8, facts: { ...facts, "4.stages[0].method": "ials", "3.split.rows": "60k" } }),
  ).toEqual([]);
});

test("other data, and the same file with another content, are said", () => {
  const other = { ...run, data: { ...data, source: "plays.csv" } };
  expect(unlikeRuns(run, other)).toEqual(["they read different data: ratings.csv, and plays.csv"]);
  const changed = { ...run, data: { ...data, fingerprint: "b2" } };
  expect(unlikeRuns(run, changed)).toEqual(["they read different data: what ratings.csv holds has changed"]);
});

test("another simulated world is other data: by its seed, or by what it is made from", () => {
  const here = { ...run, data: world };
  expect(unlikeRuns(here, { ...here, seed: 8 })[0]).toContain("seed 7, and from seed 8");
  expect(unlikeRuns(here, { ...here, facts: { ...facts, "3.source.days": "100" } })).toEqual([
    "they read different data: the simulated world differs: `source.days` 150, and 100",
  ]);
});

test("a world that the program makes otherwise since is said, and nothing of one that was kept without a fingerprint", () => {
  const here = { ...run, data: { ...world, fingerprint: "w1" } };
  expect(unlikeRuns(here, { ...here, data: { ...world, fingerprint: "w2" } })).toEqual([
    "they read different data: what a simulated world holds has changed",
  ]);
  expect(unlikeRuns(here, { ...here, seed: 8, data: { ...world, fingerprint: "w3" } })).toEqual([
    "they read different data: worlds simulated from seed 7, and from seed 8",
  ]);
  expect(unlikeRuns(here, { ...here, data: world })).toEqual([]);
  expect(unlikeRuns({ ...here, data: world }, here)).toEqual([]);
});

test("another split is said with what it was, a fact that only one of them states too", () => {
  expect(unlikeRuns(run, { ...run, facts: { ...facts, "3.split.by": "random" } })).toEqual([
    "the split differs: `split.by` time, and random",
  ]);
  expect(unlikeRuns(run, { ...run, facts: { ...facts, "3.split.gap": "7 d" } })).toEqual([
    "the split differs: `split.gap` not stated, and 7 d",
  ]);
});

test("runs that decide by different metrics are said to", () => {
  const other = { ...run, evaluation: { ...evaluation, metric: "recall@20" } };
  expect(unlikeRuns(run, other)).toEqual(["they decide by different metrics: ndcg@10, and recall@20"]);
  expect(unlikeRuns(run, { ...other, evaluation: null })).toEqual([]);
});

test("of a run that was kept without its facts no split is held against another's", () => {
  const { facts: _, ...old } = run;
  expect(unlikeRuns(old, run)).toEqual([]);
  expect(unlikeRuns({ ...run, data: world }, { ...old, data: world })).toEqual([]);
});
