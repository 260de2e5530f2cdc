import { describe, expect, it } from "vitest";
import { circlesOf, floorsOf, graphOf } from "./import-graph.ts";

describe("circles of imports", () => {
  it("are found whatever leads into them and out of them, and apart from each other", () => {
    const graph = graphOf([
      ["in", "a"],
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
      ["c", "x"],
      ["x", "y"],
      ["y", "x"],
      ["y", "out"],
    ]);
    expect(circlesOf(graph).toSorted()).toEqual([
      ["a", "b", "c"],
      ["x", "y"],
    ]);
  });

  it("are none where two ways lead to one file, or a file names itself", () => {
    const graph = graphOf([
      ["top", "left"],
      ["top", "right"],
      ["left", "ground"],
      ["right", "ground"],
      ["ground", "ground"],
    ]);
    expect(circlesOf(graph)).toEqual([]);
  });

  it("join where one way leads back from the second into the first", () => {
    const graph = graphOf([
      ["a", "b"],
      ["b", "a"],
      ["b", "c"],
      ["c", "d"],
      ["d", "c"],
      ["d", "a"],
    ]);
    expect(circlesOf(graph)).toEqual([["a", "b", "c", "d"]]);
  });
});

describe("floors", () => {
  it("are one above the highest that is imported", () => {
    const graph = graphOf([
      ["roof", "ground"],
      ["roof", "middle"],
      ["middle", "ground"],
    ]);
    expect(floorsOf(graph)).toEqual([["ground"], ["middle"], ["roof"]]);
  });

  it("do not exist where folders import each other", () => {
    expect(
      floorsOf(
        graphOf([
          ["a", "b"],
          ["b", "a"],
        ]),
      ),
    ).toBeUndefined();
  });
});
