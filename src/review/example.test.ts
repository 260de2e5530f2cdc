import { expect, it } from "vitest";
import { fragmentOfExample, noteOfExample } from "./example.ts";

const example = { system: "feed", 1: "goal: clicks\n", 3: "  split: { by: time }\n", prose: "As fast as we can." };

it("shows of an example only what it states", () => {
  expect(fragmentOfExample(example)).toBe(
    "# front matter\nsystem: feed\n# step 1\ngoal: clicks\n# prose: As fast as we can.\n# step 3\nsplit: { by: time }",
  );
  expect(fragmentOfExample({ prose: "Words." })).toBe("# step 1\n# prose: Words.");
  expect(fragmentOfExample({ 2: "  \n", 4: "a: 1" })).toBe("# step 4\na: 1");
});

it("makes a whole note of an example: seven headings, facts in blocks, prose under those of step 1", () => {
  const note = noteOfExample(example);
  expect(note).toMatch(/^---\nheptad: 1\ntitle: Example\nsystem: feed\n---\n\n## 1\. Step 1\n/u);
  expect(note).toContain("## 1. Step 1\n\n```yaml\ngoal: clicks\n```\n\nAs fast as we can.\n\n## 2. Step 2\n\n## 3.");
  expect(note.match(/^## /gmu)).toHaveLength(7);
  expect(noteOfExample({ 4: "a: 1" })).toContain("system: example\n");
});
