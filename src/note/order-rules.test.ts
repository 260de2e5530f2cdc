import { describe, expect, it } from "vitest";
import { review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

/** The sentences of one rule on the facts of a step. */
function said(code: string, step: number, facts: string): readonly (readonly [message: string, line: number])[] {
  const note = `---\nheptad: 1\ntitle: T\nsystem: s\n---\n\n## ${step}. S\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`;
  const { design, findings } = parseDesign(note, "a.md");
  if (design === undefined) throw new Error("expected a design");
  const found = review(design, RULES, findings).findings.filter((one) => one.code === code);
  return found.map(({ message, at }) => [message, at.start.line]);
}

describe("limits of latency", () => {
  const of = (facts: string) => said("HP114", 1, `latency: { ${facts} }`).map(([message]) => message);

  it("have to rise with their percentile, each beside the next that is stated", () => {
    expect(of("p99: 100 ms, p50: 200 ms")).toEqual([
      "99 of 100 requests have to be answered within 100 ms, and 50 of 100 within 200 ms: the second limit says nothing",
    ]);
    expect(of("p90: 1 s, p95: 900 ms, p99: 800 ms")).toHaveLength(2);
    expect(of("p50: 2 s, p99.9: 1 s")).toHaveLength(1);
  });

  it("may be equal, one alone, and beside a mean", () => {
    for (const facts of [
      "p50: 100 ms, p99: 100 ms",
      "p99: 100 ms",
      "mean: 300 ms, p99: 200 ms",
      "p50: 90 ms, p99: 0.1 s",
    ])
      expect(of(facts)).toEqual([]);
  });
});

describe("steps of a rollout", () => {
  const of = (steps: string) =>
    said("HP617", 6, `serving: { mode: online }\nrollout: { steps: [${steps}], bake: 2 h }`).map(
      ([message]) => message,
    );

  it("go on to more people", () => {
    expect(of("50%, 10%, 100%")[0]).toMatch(/^the step of 10% follows one of 50%: a rollout goes on to more people/u);
    expect(of("1%, 1%, 10%, 100%")[0]).toMatch(/^the step of 1% follows one of 1%/u);
    expect(of("shadow, 1%, 10%, 50%, 100%").join()).not.toContain("follows one of");
  });
});
