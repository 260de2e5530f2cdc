import { describe, expect, it } from "vitest";
import { designNames } from "../cli/new-start.ts";
import { readLibrary } from "../node/library-files.ts";
import { readBank } from "../node/question-files.ts";
import { RULES } from "../note/rules.gen.ts";
import { checkLibrary } from "./library.ts";

const library = readLibrary();
const known = { rules: new Set(["r"]), questions: new Set(["q"]), designs: new Set(["d"]) };

describe("the library that ships", () => {
  it("names only rules, questions, works and patterns that are there", async () => {
    const { questions } = await readBank();
    const there = {
      rules: new Set(RULES.map(({ name }) => name)),
      questions: new Set(questions.map(({ id }) => id)),
      designs: new Set(designNames()),
    };
    expect(checkLibrary(library, there)).toEqual([]);
  });

  it("holds at least 40 patterns, and some for every step", () => {
    expect(library.patterns.length).toBeGreaterThanOrEqual(40);
    for (const step of [1, 2, 3, 4, 5, 6, 7]) {
      expect(library.patterns.filter(({ steps }) => steps.includes(step)).length, `step ${step}`).toBeGreaterThan(0);
    }
  });
});

describe("checkLibrary", () => {
  it("says who names what is not there, and which id stands twice", () => {
    const [pattern] = library.patterns;
    const [work] = library.works;
    const [roadmap] = library.roadmaps;
    const lone = {
      ...pattern,
      name: "lone",
      rules: ["r", "gone"],
      questions: ["missing"],
      sources: ["nowhere"],
      designs: ["d", "lost"],
    };
    const way = { ...roadmap, name: "way", weeks: [{ ...roadmap.weeks[0], read: [work.id], patterns: ["absent"] }] };
    expect(checkLibrary({ patterns: [lone], works: [work, work], roadmaps: [way] }, known)).toEqual([
      `the id \`${work.id}\` stands twice in the catalogue`,
      "lone names the rule `gone`, which is not there",
      "lone names the question `missing`, which is not there",
      "lone names the work `nowhere`, which is not there",
      "lone names the design `lost`, which is not there",
      "the roadmap way names the pattern `absent`, which is not there",
    ]);
  });
});
