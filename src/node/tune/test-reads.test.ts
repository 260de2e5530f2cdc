import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { earlierReads, settingsOf, withRead } from "./test-reads.ts";

const level = (value: number) => ({ value, interval: null });
const rung = (...settings: readonly string[]) => ({
  requests: 100,
  values: settings.map((one) => ({ settings: one, value: 0.1, isOwn: one === "als" })),
});
const NINE = Array.from({ length: 9 }, (_, at) => (at === 0 ? "als" : `als ${at}`));
const search = (after: number, seed = 7, before = 0.1, settings: readonly string[] = NINE) => ({
  seed,
  chosen: [],
  tried: settings.length,
  rungs: [rung(...settings), rung(...settings.slice(0, 2))],
  test: { before: level(before), after: level(after), difference: level(after - before), n: 40 },
});

it("counts a search that reads the test, the same one again not, and one that reads nothing not at all", () => {
  const once = withRead([], search(0.2));
  expect(once.map(({ tried }) => tried)).toEqual([9]);
  expect(withRead(once, search(0.2))).toEqual(once);
  expect(withRead(once, { ...search(0.2), test: null })).toEqual(once);
  expect(withRead(once, search(0.3))).toHaveLength(2);
  expect(withRead(once, search(0.2, 8))).toHaveLength(2);
  expect(withRead(once, search(0.2, 7, 0.15))).toHaveLength(2);
  expect(withRead(once, { ...search(0.2), chosen: [{ key: "4.first-stage", value: "als" }] })).toHaveLength(2);
});

it("counts a search that chooses what an earlier one chose, of other settings, and each setting once", () => {
  const [knn, ease] = [search(0.2, 7, 0.1, ["als", "item-knn"]), search(0.15, 7, 0.1, ["als", "ease"])];
  const both = search(0.2, 7, 0.1, ["als", "item-knn", "ease"]);
  const reads = [knn, ease, both].reduce(withRead, []);
  expect(reads).toHaveLength(3);
  expect(settingsOf(reads)).toEqual({ count: 3, isLeast: false });
  expect(withRead(reads, { ...both, rungs: [rung("item-knn", "ease", "als")] })).toHaveLength(3);
});

it("reads what an earlier version kept, which counted settings without naming them: so many at least", () => {
  const old = (tried: number) => ({ what: JSON.stringify([7, [], 0.1, 0.2]), tried });
  const knn = search(0.2, 7, 0.1, ["als", "item-knn"]);
  expect(settingsOf([old(13)])).toEqual({ count: 13, isLeast: true });
  const more = withRead([old(13)], knn);
  expect([more.length, settingsOf(more)]).toEqual([2, { count: 13, isLeast: true }]);
  const again = withRead([old(2)], knn);
  expect([again.length, settingsOf(again)]).toEqual([1, { count: 2, isLeast: false }]);
});

it("finds what the last record kept, and nothing in one that is damaged or was written before reads were counted", () => {
  const folder = temporaryFolder();
  const file = join(folder, "tune.json");
  expect(earlierReads(file)).toEqual([]);
  const reads = withRead([], search(0.2));
  writeFileSync(file, JSON.stringify({ minutes: 1, reads }));
  expect(earlierReads(file)).toEqual(reads);
  for (const text of ["{", "{}", '{"reads":[{"what":1}]}']) {
    writeFileSync(file, text);
    expect(earlierReads(file)).toEqual([]);
  }
});
