import { describe, expect, it } from "vitest";
import { noteOfExample } from "../../review/example.ts";
import { parseDesign } from "../design.ts";
import { funnelOf } from "./funnel.ts";

const received = (stages: string): readonly (number | undefined)[] => {
  const { design } = parseDesign(noteOfExample({ 1: "items: { count: 20M }", 4: `stages:\n${stages}` }), "note.md");
  if (design === undefined) throw new Error("no design");
  return funnelOf(design).map((stage) => stage.in);
};

describe("funnelOf", () => {
  it("gives the first stage the catalogue and each next one what the one before keeps", () => {
    expect(received("  - { name: candidates, keep: 500 }\n  - { name: ranking, keep: 20 }")).toEqual([20e6, 500]);
  });

  it("gives stages side by side what stands before them, and the next one what they keep together", () => {
    const stages = `  - { name: spelling, keep: 20M }
  - { name: words, keep: 500, parallel-group: recall }
  - { name: vectors, keep: 300, parallel-group: recall }
  - { name: ranking, keep: 20 }`;
    expect(received(stages)).toEqual([20e6, 20e6, 20e6, 800]);
  });

  it("gives stages side by side the catalogue where they come first", () => {
    const stages = `  - { name: words, keep: 500, parallel-group: recall }
  - { name: vectors, keep: 300, parallel-group: recall }`;
    expect(received(stages)).toEqual([20e6, 20e6]);
  });

  it("does not guess where one of them does not say what it keeps", () => {
    const stages = `  - { name: words, parallel-group: recall }
  - { name: vectors, keep: 300, parallel-group: recall }
  - { name: ranking, keep: 20 }`;
    expect(received(stages)).toEqual([20e6, 20e6, undefined]);
  });
});
