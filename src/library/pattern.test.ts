import { describe, expect, it } from "vitest";
import { PATTERN_SECTIONS, parsePattern } from "./pattern.ts";

const HEAD = "---\ntitle: A pattern\nsteps: [3]\nrules: [one]\nquestions: [two]\nsources: [three]\n---\n";
const whole = `${HEAD}\n# A pattern\n${PATTERN_SECTIONS.map((heading) => `\n## ${heading}\n\nText of ${heading}.\n`).join("")}`;

function failureOf(text: string): string {
  const outcome = parsePattern("some", text);
  if (outcome.ok) throw new Error("expected a failure");
  expect(outcome.failure.where).toBe("library/patterns/some.md");
  return outcome.failure.message;
}

describe("parsePattern", () => {
  it("reads facts and every section without its heading", () => {
    const outcome = parsePattern("some", whole);
    if (!outcome.ok) throw new Error(outcome.failure.message);
    expect(outcome.value).toMatchObject({ name: "some", title: "A pattern", steps: [3], sources: ["three"] });
    for (const heading of PATTERN_SECTIONS) expect(outcome.value.sections[heading]).toBe(`Text of ${heading}.`);
  });

  it("reads files with Windows line ends", () => {
    expect(parsePattern("some", whole.replaceAll("\n", "\r\n")).ok).toBe(true);
  });

  it("names a section that is missing, empty or unknown", () => {
    expect(failureOf(whole.replace("## When", "## Whenever"))).toContain("`Whenever`");
    expect(failureOf(whole.replace("Text of How.", ""))).toContain("`How`");
    expect(failureOf(whole.replace(/## Failure modes[\s\S]*?(?=\n## )/u, ""))).toContain("`Failure modes`");
  });

  it("names a fact that is missing, and facts that are no YAML", () => {
    expect(failureOf(whole.replace("rules: [one]\n", ""))).toContain("rules");
    expect(failureOf(whole.replace("steps: [3]", "steps: [8]"))).toContain("steps");
    expect(failureOf(whole.replace("title: A pattern", "title: a: b: ["))).toContain("YAML");
    expect(failureOf("# no head")).toContain("---");
  });
});
