/** Open questions in a note. */

import { expect, test } from "vitest";
import { withOpenQuestion } from "./ask-openly.ts";
import { factsToAsk } from "./facts-to-ask.ts";
import { reviewNote } from "./review-note.ts";

const FRONT = "---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n";
const NOTE = `${FRONT}## 1. Clarify requirements and goals\n\n\`\`\`yaml\ngoal: x\n\`\`\`\n\n## 2. Frame the ML problem\n\nProse.\n`;
const USERS = { ask: "How many  people\nuse it?", step: 1, topic: "users" } as const;
const COST = { ask: 'What may "it" cost?', step: 6, topic: "other" } as const;

test("a question stands among those of section 1, and further ones below it, each once", () => {
  const one = withOpenQuestion(NOTE, USERS);
  const first = 'questions:\n  - { topic: users, ask: "How many people use it?", status: open, changes: [1] }';
  expect(one).toBe(NOTE.replace("goal: x", `goal: x\n${first}`));
  const two = withOpenQuestion(one, COST);
  const second = '  - { topic: other, ask: "What may \\"it\\" cost?", status: open, changes: [6] }';
  expect(two).toBe(one.replace(first, `${first}\n${second}`));
  expect(withOpenQuestion(two, COST)).toBe(two);
});

test("is an asked topic without an answer to the review: nobody was said to have asked", () => {
  const said = (text: string, code: string): string[] =>
    reviewNote(text)
      .filter((one) => one.code === code)
      .map(({ message }) => message);
  expect(said(NOTE, "HP102")[0]).toContain("touch 1 of 10 usual topics");
  const asked = withOpenQuestion(withOpenQuestion(NOTE, USERS), { ...USERS, ask: "How many?", topic: "scale" });
  expect(said(asked, "HP102")[0]).toMatch(/touch 3 of 10 usual topics; nothing is asked or said about `latency`, /u);
  expect(said(asked, "HP101")).toEqual(["2 of 2 clarifying questions are still open, `How many people use it?` first"]);
});

test("a note whose first section cannot be read takes it as a line below the heading of its step, and a section that is not there yet too", () => {
  const broken = NOTE.replace("goal: x", "goal: one: x");
  const line = withOpenQuestion(broken, USERS);
  expect(line).toBe(broken.replace("```\n\n## 2.", "```\n\n- open: How many people use it?\n\n## 2."));
  expect(withOpenQuestion(line, { ...COST, step: 1 })).toContain(
    '- open: How many people use it?\n- open: What may "it" cost?\n\n## 2.',
  );
  expect(withOpenQuestion(line, USERS)).toBe(line);
  expect(withOpenQuestion(broken, { ...USERS, step: 2 })).toMatch(/Prose\.\n\n- open: How many people use it\?\n$/u);
  expect(withOpenQuestion(broken, { ...USERS, step: 7 })).toMatch(
    /Prose\.\n\n## 7\. [A-Z][\w ]+\n\n- open: How many people use it\?\n$/u,
  );
});

test("a question changes no line's ending, whatever endings the note mixes", () => {
  const broken = NOTE.replace("goal: x", "goal: one: x").replace("---\n", "---\r\n").replace("Prose.\n", "Prose.\r");
  expect(withOpenQuestion(broken, USERS)).toBe(
    broken.replace("```\n\n## 2.", "```\n\r\n- open: How many people use it?\r\n\r\n## 2."),
  );
});

test("every fact that a new note asks for can be left open, and the note stays one", () => {
  const all = factsToAsk().reduce(
    (text, { question, step, topic }) => withOpenQuestion(text, { ask: question, step, topic }),
    NOTE,
  );
  expect(all).not.toContain("- open:");
  const wrong = reviewNote(all).filter(({ code }) => code.startsWith("HP0"));
  expect(wrong).toEqual([]);
});
