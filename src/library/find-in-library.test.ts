/** What the page of the library shows. */

import { expect, test } from "vitest";
import { findInLibrary } from "./find-in-library.ts";
import { type Entry, openSearch } from "./search.ts";

const entries: readonly Entry[] = Array.from({ length: 60 }, (_, i) => ({
  kind: i % 2 === 0 ? "rule" : "question",
  name: `entry-${i}`,
  title: i === 7 ? "Calibration after sampling" : `Entry ${i}`,
  text: "",
  steps: [3],
}));
const index = openSearch(entries);

test("without words everything of the kind is counted, and the first forty are shown", () => {
  const all = findInLibrary(entries, index, " ", undefined);
  expect([all.total, all.hits.length, all.hits[0].name]).toEqual([60, 40, "entry-0"]);
  const questions = findInLibrary(entries, index, "", "question");
  expect([questions.total, questions.hits.length]).toEqual([30, 30]);
});

test("words find, a kind leaves out what is of another, and a misspelling says what it was taken for", () => {
  expect(findInLibrary(entries, index, "calibration", undefined).hits.map(({ name }) => name)).toEqual(["entry-7"]);
  expect(findInLibrary(entries, index, "calibration", "rule").total).toBe(0);
  expect(findInLibrary(entries, index, "calibraton", undefined)).toMatchObject({ total: 1, takenFor: ["calibration"] });
  expect(findInLibrary(entries, index, "calibration", undefined).takenFor).toEqual([]);
});
