/** Open questions in a note. */

import { expect, test } from "vitest";
import { withOpenQuestion } from "./ask-openly.ts";

const NOTE =
  "# Feed\n\n## 1. Clarify requirements and goals\n\n```yaml\ngoal: x\n```\n\n## 2. Frame the ML problem\n\nProse.\n";

test("a question stands behind what its section holds, and further ones below it, each once", () => {
  const one = withOpenQuestion(NOTE, 1, "How many  people\nuse it?");
  expect(one).toBe(NOTE.replace("```\n\n## 2.", "```\n\n- open: How many people use it?\n\n## 2."));
  const two = withOpenQuestion(one, 1, "What may it cost?");
  expect(two).toContain("- open: How many people use it?\n- open: What may it cost?\n\n## 2.");
  expect(withOpenQuestion(two, 1, "What may it cost?")).toBe(two);
});

test("the last section, and one that is not there yet, take it too", () => {
  expect(withOpenQuestion(NOTE, 2, "Which task?")).toMatch(/Prose\.\n\n- open: Which task\?\n$/u);
  expect(withOpenQuestion(NOTE, 7, "Who is called?")).toMatch(
    /Prose\.\n\n## 7\. [A-Z][\w ]+\n\n- open: Who is called\?\n$/u,
  );
});
