import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

/** The codes of all that is found in a note, sorted. */
function codesOf(text: string): readonly string[] {
  const { design, findings } = parseDesign(text, "note.md");
  if (design === undefined) return findings.map(({ code }) => code).sort();
  return review(design, RULES, findings)
    .findings.map(({ code }) => code)
    .sort();
}

it.each(["title", "system"])("finds one error more where a note lacks its %s, and all the rest as before", (key) => {
  for (const file of ["designs/movie-recommendations.md", "designs/bad/movie-recommendations.md"]) {
    const text = readFileSync(file, "utf8");
    const without = text.replace(new RegExp(`^${key}: .*\\n`, "mu"), "");
    expect(without.length).toBeLessThan(text.length);
    expect(codesOf(without)).toEqual([...codesOf(text), "HP013"].sort());
  }
});
