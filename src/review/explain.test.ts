import { expect, it } from "vitest";
import { explainRule, referenceOf } from "./explain.ts";
import { defineRule } from "./rule.ts";

const rule = defineRule({
  code: "HP399",
  name: "test-rule",
  step: 3,
  reads: ["0.system", "3.split.by"],
  severity: "error",
  consequence: "late",
  summary: "rows are shuffled",
  why: "the model sees the future!",
  fix: "split by time",
  sources: ["Known work, ch. 2", "Other"],
  examples: { bad: { 3: "split: { by: random }" }, good: { 3: "split: { by: time }" } },
  check: () => [],
  say: () => ({ message: "m" }),
});
const REFERENCES = { "Known work": "Known Work in Full, 2020" };

it("explains a rule: what it finds, why, what to do, what it reads, both examples and the works in full", () => {
  const page = explainRule(rule, REFERENCES).split("\n\n");
  expect(page[0]).toBe("# HP399 test-rule");
  expect(page[1]).toMatch(/^Step 3, usually an \*\*error\*\*\. What comes of it: [a-z]/u);
  expect(page.slice(2, 5)).toEqual([
    "Rows are shuffled.",
    "**Why it matters:** the model sees the future!",
    "**What to do:** split by time.",
  ]);
  expect(page.slice(5, 7)).toEqual(["## It reads", "- `system` (front matter)\n- `split.by` (step 3)"]);
  expect(page.slice(7)).toEqual([
    "## Fires on",
    "```yaml\n# step 3\nsplit: { by: random }\n```",
    "## Passes",
    "```yaml\n# step 3\nsplit: { by: time }\n```",
    "## Sources",
    "- Known work, ch. 2. *Known Work in Full, 2020*\n- Other\n",
  ]);
});

it("says which numbers a project may change, what it leaves out, and that it can mend", () => {
  const page = explainRule(
    { ...rule, severity: "warning", repairs: true, note: "experts differ", settings: { most: 5 } },
    REFERENCES,
  );
  expect(page).toContain("usually a **warning**; `heptad check --fix` can mend it.");
  expect(page).toContain("\n\n**Note:** experts differ.\n\n");
  expect(page).toContain("| name | default |\n| --- | --- |\n| `most` | 5 |\n");
});

it("shows no empty example of a team's rule that has none, and says that nothing tests it", () => {
  const page = explainRule({ ...rule, examples: { bad: {}, good: {} } }, REFERENCES);
  expect(page).not.toMatch(/Fires on|Passes|```/u);
  expect(page).toContain("\n\nIt has no examples, so it is not tested: ");
  const half = explainRule({ ...rule, examples: { bad: rule.examples.bad, good: {} } }, REFERENCES);
  expect(half).toContain("## Fires on");
  expect(half).not.toContain("## Passes");
});

it("knows a work by the beginning of what is cited", () => {
  expect(referenceOf("Known work, p. 3", REFERENCES)).toBe("Known Work in Full, 2020");
  expect(referenceOf("A Known work", REFERENCES)).toBeUndefined();
});

it("keeps a star in the name of a work, which would end the slanted words", () => {
  expect(explainRule(rule, { "Known work": "Known Work, FAT* 2019" })).toContain(String.raw`*Known Work, FAT\* 2019*`);
});
