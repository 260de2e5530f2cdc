import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Design } from "../steps/design.ts";
import { designChapter } from "./design-chapter.ts";
import { readNote } from "./read-note.ts";

const NOTE = `---
heptad: 1
title: Small
system: other
---

# Small

Said before the sections.

## 1. Clarify requirements and goals

Said in section one.

## Glossary

Said under a heading without a number.

## 2. Frame the ML problem

Said in section two.
`;

function wordsOf(text: string, canRun?: (design: Design) => boolean): string {
  const read = readNote({ file: "small.md", text, id: "small", run: undefined }, {}, canRun);
  if (read === undefined) throw new Error("expected a design");
  return JSON.stringify(designChapter(read, {}, false).chapter.blocks);
}

describe("designChapter", () => {
  it("prints what a note says outside its seven sections, each sentence once", () => {
    const words = wordsOf(NOTE);
    for (const said of ["before the sections", "in section one", "heading without a number", "in section two"]) {
      expect(words.split(said), said).toHaveLength(2);
    }
    expect(words).toContain("Also in the note");
    expect(words.indexOf("before the sections")).toBeLessThan(words.indexOf("in section one"));
    expect(words.indexOf("without a number")).toBeGreaterThan(words.indexOf("in section two"));
  });

  it("says first that nothing can be checked where no limit has an estimate beside it, and what is missing", () => {
    expect(wordsOf(NOTE)).toMatch(/No limit of the note can be checked yet, and \d+ facts are missing/u);
    const movies = readFileSync("designs/movie-recommendations.md", "utf8");
    expect(wordsOf(movies)).toContain("By its estimates every limit that can be checked holds");
    expect(wordsOf(movies.replace(/p99: \d+ ms/u, "p99: 3 ms"))).toMatch(
      /By its estimates (?:one limit is|\d+ limits are) broken: /u,
    );
  });

  it("says of an empty list that there is nothing in it, and leaves no name without a value", () => {
    const facts = "```yaml\nprivacy: { personal: [], special: [], basis: contract }\n```\n\nSaid in section one.";
    expect(wordsOf(NOTE.replace("Said in section one.", facts))).toContain(
      "personal none, special none, basis contract",
    );
  });

  it("prints neither the facts at the head nor the title a second time", () => {
    const words = wordsOf(NOTE.replace("Said before the sections.\n", "").replace(/## Glossary[\s\S]*?(?=## 2)/u, ""));
    expect(words).not.toContain("heptad: 1");
    expect(words).not.toContain("Also in the note");
  });

  it("says how to measure only what can be run", () => {
    expect(wordsOf(NOTE)).toContain("heptad run small.md");
    const words = wordsOf(NOTE, ({ front }) => front.system !== "other");
    expect(words).toContain("Nothing has been measured");
    expect(words).not.toContain("heptad run");
  });
});
