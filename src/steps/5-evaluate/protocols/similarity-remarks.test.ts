import { describe, expect, it } from "vitest";
import { figure } from "../../../core/figure.ts";
import { similarityMeasures } from "./similarity-measures.ts";
import { similarityRemarks, unmadeSlicesRemark, unseenClassesRemark } from "./similarity-remarks.ts";
import { type PlainSearch, statedSearch } from "./stated-search.ts";

const [headline] = similarityMeasures(["ndcg@10"]);

/** The network at 0.488, the note's own search or another as the baseline at 0.355, and pixels at `pixels`. */
function saidOf({ chosen, stated = null, pixels = 0.3, empty = false }: Told): string {
  const level = (subject: string, value: number) => figure({ step: 5, name: "ndcg@10", subject, value });
  const figures = [
    ...[level("network", 0.488), level("histogram", 0.355), level("pixels", pixels)],
    { ...level("network", 0.134), against: "histogram", interval: [0.06, 0.21] as const },
  ];
  const told = { headline, baseline: "histogram", stated, chosen, queries: 40, classes: [], byPhoto: false } as const;
  const validated = new Map(empty ? [] : [["histogram", 0.4] as const, ["network", 0.5] as const]);
  return similarityRemarks(figures, { ...told, validated, leak: undefined })[0].text;
}

interface Told {
  readonly chosen: "network" | "histogram";
  readonly stated?: PlainSearch | null;
  readonly pixels?: number;
  readonly empty?: boolean;
}

describe("what is said of a search by photo", () => {
  it("names the baseline for what it is: the note's, or the better one on validation photos", () => {
    expect(saidOf({ chosen: "network", stated: "histogram" })).toMatch(
      /^The network beats histogram, the note's baseline: /u,
    );
    expect(saidOf({ chosen: "network" })).toMatch(
      /^The network beats histogram, the better on validation photos of the two plain searches, since the note names neither: /u,
    );
  });

  it("says of a network that was not chosen no word of beating, whatever the test shows", () => {
    const said = saidOf({ chosen: "histogram" });
    expect(said).toMatch(/^The network was not chosen: on validation photos it did not beat histogram, /u);
    expect(said).not.toContain("beats");
    expect(saidOf({ chosen: "histogram", empty: true })).toMatch(
      /^Nothing was held against the baseline before the test/u,
    );
  });

  it("names a plain search that stands above the network", () => {
    expect(saidOf({ chosen: "network", pixels: 0.507 })).toContain("; pixels stands above it there, at 0.507.");
    expect(saidOf({ chosen: "network", pixels: 0.45 })).not.toContain("stands above");
  });
});

describe("the plain search that a note means", () => {
  it.each([
    ["nearest small pixels", "pixels"],
    ["Nearest colour histogram", "histogram"],
    ["the better of pixels and histogram", null],
    ["search by words", null],
    [undefined, null],
  ])("by %j is %s", (rule, search) => {
    expect(statedSearch(rule)).toBe(search);
  });
});

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
      expect.stringMatching(/`hat` is found is not known: it has test photos, none of which was asked about/u),
    ]);
    expect(said(label, [0, 1, 4], [0, 1])).toEqual([
      expect.stringMatching(
        /^How well `dress` and `hat` are found .* each has no test photo that was asked about.* 1\.$/u,
      ),
    ]);
  });

  it("are none where each was asked, and left to the other warning where nothing was", () => {
    expect(said([0, 1, 2], [0, 1, 2], [0, 1, 2])).toEqual([]);
    expect(said([0, 1, 2], [0, 1, 2], [])).toEqual([]);
  });
});

it("names each slice of the note that is no class, and none that is one in other letters", () => {
  const said = (slices: readonly string[]): string =>
    unmadeSlicesRemark(slices, ["Hat", "shoes"])
      .map(({ text }) => text)
      .join();
  expect(said(["hat", "Shoes "])).toBe("");
  expect(said(["hat", "dim light"])).toMatch(/^Of the note's slices `dim light` is not measured/u);
  expect(said(["new items", "dim light"])).toMatch(/`new items`, `dim light` are not measured/u);
});
