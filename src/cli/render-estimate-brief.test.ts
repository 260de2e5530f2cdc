import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { estimateDesign } from "../note/estimate-design.ts";
import { parseDesign } from "../steps/design.ts";
import { renderBriefEstimate } from "./render-estimate-brief.ts";

function firstLineOf(text: string): string {
  const { design } = parseDesign(text, "begun.md");
  if (design === undefined) throw new Error("the note cannot be read");
  const plain = { paint: (_: string, words: string) => words, width: 100 };
  return renderBriefEstimate(design, estimateDesign(design), undefined, plain).split("\n")[0];
}

const BEGUN = `---
heptad: 1
title: Begun
system: recommendation
---

## 1. Clarify requirements and goals

\`\`\`yaml
goal: something better
\`\`\`
`;

it("says of a note without a limit that none can be checked, not that every one holds", () => {
  expect(firstLineOf(BEGUN)).toContain("no limit can be checked yet");
  expect(firstLineOf(readFileSync("designs/movie-recommendations.md", "utf8"))).toContain("every limit");
});
