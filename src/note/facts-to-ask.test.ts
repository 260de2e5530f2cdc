/** The facts that a new note asks for. */

import { expect, test } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { parseDesign } from "../steps/design.ts";
import { factsToAsk } from "./facts-to-ask.ts";
import { setFact } from "./set-fact.ts";

const DRAFT = `---\nheptad: 1\ntitle: Feed\nsystem: feed\nstatus: draft\n---\n\n${[1, 2, 3, 4, 5, 6, 7].map((step) => `## ${step}. Step\n\n\`\`\`yaml\n\`\`\`\n`).join("\n")}`;

test("each is known to the schema, is asked once, in the order of the steps, and a rule reads nearly all of them", () => {
  const facts = factsToAsk();
  // A question whose key the schema does not know is not asked.
  expect(facts).toHaveLength(24);
  expect(new Set(facts.map(({ key }) => key)).size).toBe(24);
  expect(facts.map(({ step }) => step)).toEqual(facts.map(({ key }) => Number(key[0])).toSorted());
  for (const { question, kind, about } of facts) {
    expect(question).toMatch(/\?$/u);
    expect([kind, about]).not.toContain("");
  }
  expect(facts.filter(({ rules }) => rules === 0).map(({ key }) => key)).toEqual([]);
});

test("the example of each is taken by the note without an error", () => {
  for (const { key, example, choices } of factsToAsk()) {
    const written = unwrap(setFact(DRAFT, key, example));
    if (choices.length > 0) expect(choices).toContain(example);
    expect([key, parseDesign(written, "note.md").findings]).toEqual([key, []]);
  }
});
