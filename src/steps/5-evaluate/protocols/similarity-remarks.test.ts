import { describe, expect, it } from "vitest";
import { unseenClassesRemark } from "./similarity-remarks.ts";

const CLASSES = ["coat", "dress", "hat"];
const said = (label: number[], test: number[], queries: number[]): string[] =>
  unseenClassesRemark(CLASSES, Int32Array.from(test), Int32Array.from(queries), Int32Array.from(label)).map(
    ({ text }) => text,
  );

describe("classes that the figures by class pass over", () => {
  it("are named, with why: no photo in the test, or none that could be answered", () => {
    const label = [0, 0, 1, 1, 2, 2];
    expect(said(label, [0, 1, 2, 3], [0, 1, 2, 3])).toEqual([
      "How well `hat` is found is not known: it has no photo in the test, and the figures by class are of the other 2.",
    ]);
    expect(said(label, [0, 1, 2, 3, 4], [0, 1, 2, 3])).toEqual([
      expect.stringMatching(/`hat` is found is not known: it has test photos that nothing could answer/u),
    ]);
    expect(said(label, [0, 1, 4], [0, 1])).toEqual([
      expect.stringMatching(
        /^How well `dress` and `hat` are found .* each has no test photo that could be answered.* 1\.$/u,
      ),
    ]);
  });

  it("are none where each was asked, and left to the other warning where nothing was", () => {
    expect(said([0, 1, 2], [0, 1, 2], [0, 1, 2])).toEqual([]);
    expect(said([0, 1, 2], [0, 1, 2], [])).toEqual([]);
  });
});
