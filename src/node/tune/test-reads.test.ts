import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { earlierReads, withRead } from "./test-reads.ts";

const level = (value: number) => ({ value, interval: null });
const search = (after: number, seed = 7, before = 0.1) => ({
  seed,
  chosen: [],
  tried: 9,
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
