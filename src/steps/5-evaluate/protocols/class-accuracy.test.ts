import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { accuracyFigures, nearestClasses } from "./class-accuracy.ts";

/** Three classes in the plane; the first vector is long, and length must not count. */
const NETWORK = { dimensions: 2, classes: Float32Array.of(9, 0, 0, 1, -1, -1) };

describe("the class nearest to a photo", () => {
  it("is the one of the largest cosine, whatever the length of its vector", () => {
    const vectors = Float32Array.of(0.6, 0.8, 0.8, 0.6, -1, 0, 0, -1);
    expect(nearestClasses(NETWORK, vectors, Int32Array.of(0, 1, 2, 3))).toEqual(Int32Array.of(1, 0, 2, 2));
    expect(nearestClasses(NETWORK, vectors, Int32Array.of(1))).toEqual(Int32Array.of(0));
  });

  it("gives accuracy on test photos alone, beside the most frequent class of training", () => {
    const vectors = Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1);
    const label = Int32Array.of(1, 1, 0, 1, 0, 0);
    const parts = {
      train: Int32Array.of(0, 1, 2),
      test: Int32Array.of(3, 4, 5),
      label,
      group: Int32Array.of(0, 1, 2, 3, 4, 5),
    };
    const figures = accuracyFigures(NETWORK, vectors, parts, createRandom(1));
    expect(figures.map(({ subject, value, n, interval }) => [subject, value, n, interval])).toEqual([
      ["most frequent class", 1 / 3, 3, null],
      ["network", 2 / 3, 3, null],
    ]);
  });

  it("is not judged without test photos", () => {
    const none = { train: Int32Array.of(0), test: Int32Array.of(), label: Int32Array.of(0), group: Int32Array.of(0) };
    expect(accuracyFigures(NETWORK, Float32Array.of(1, 0), none, createRandom(1))).toEqual([]);
  });
});
