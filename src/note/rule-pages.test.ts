import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { explainRule } from "../review/explain.ts";
import { REFERENCES } from "../steps/references.ts";
import { RULES } from "./rules.gen.ts";

// The page has the rule's words, severity, examples and the numbers that a project may change.
it.each(RULES.map((rule) => [rule.name, rule] as const))("%s says of itself what its page says", (name, rule) => {
  expect(explainRule(rule, REFERENCES)).toBe(readFileSync(`docs/rules/${name}.md`, "utf8"));
});
