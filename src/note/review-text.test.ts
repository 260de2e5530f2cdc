import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { reviewText } from "./review-text.ts";

const NOTE = readFileSync("designs/card-fraud.md", "utf8");
const without = NOTE.replace(/^---\n[\s\S]*?\n---\n/u, "");

it("names the fault of a design that cannot be read: it was said to hold no facts, and its prose found to be good", () => {
  for (const text of [`   ${NOTE}`, `\n${NOTE}`, without]) {
    const read = reviewText(text, "fraud.md");
    expect(read?.review.fromProse).toBe(false);
    expect(read?.review.findings[0]).toMatchObject({ code: "HP002", severity: "error" });
  }
  expect(reviewText(NOTE, "fraud.md")?.review.findings).toEqual([]);
});

it("reads a plain note by its prose, with YAML of another tool's in it or little of ours", () => {
  const plain = without.replaceAll(/```yaml\n[\s\S]*?\n```\n/gu, "");
  const tool = "```yaml\napiVersion: v1\nkind: Pod\nmetadata: { name: a }\n```\n";
  const little = "```yaml\nusers: { daily: 2M }\n```\n";
  for (const text of [
    plain,
    plain.replaceAll(/^(## .*)$/gmu, `$1\n\n${tool}`),
    plain.replace(/^(## 1.*)$/mu, `$1\n\n${little}`),
  ])
    expect(reviewText(text, "fraud.md")?.review.fromProse).toBe(true);
});
