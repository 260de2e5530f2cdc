import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../../test/property-runs.ts";
import { parseDesign } from "../steps/design.ts";
import { setFact } from "./set-fact.ts";

const movies = readFileSync("test/notes/movies.md", "utf8");
const front = "---\nheptad: 1\ntitle: t\nsystem: x\n---\n";

function set(text: string, path: string, value: string | number | boolean): string {
  const outcome = setFact(text, path, value);
  if (!outcome.ok) throw new Error(`${outcome.failure.message}: ${outcome.failure.fix}`);
  return outcome.value;
}

function failure(text: string, path: string, value: string): { code: string; message: string; fix?: string } {
  const outcome = setFact(text, path, value);
  if (outcome.ok) throw new Error("it was set");
  return outcome.failure;
}

describe("setting a fact", () => {
  it("changes the value and not one character more", () => {
    expect(set(movies, "4.stages.candidates.factors", "32")).toBe(movies.replace("factors: 64", "factors: 32"));
    expect(set(movies, "model.stages[0].factors", 32)).toBe(movies.replace("factors: 64", "factors: 32"));
    expect(set(movies, "1.latency.p99", "80 ms")).toBe(movies.replace("p99: 100 ms", "p99: 80 ms"));
    expect(set(movies, "0.title", "Films")).toBe(movies.replace("title: Movie recommendations", "title: Films"));
    expect(set(movies, "5.slices[1]", "old members")).toBe(movies.replace("heavy members", "old members"));
    expect(set(movies, "7.health.latency p99.owner", "search on-call")).toBe(
      movies.replace("for: 5 m, owner: serving", "for: 5 m, owner: search"),
    );
  });

  it("keeps a comment behind the value", () => {
    expect(set(movies, "2.task", "retrieval")).toBe(movies.replace("task: ranking  ", "task: retrieval  "));
  });

  it("adds an absent fact at the end of its map, in the map's own style", () => {
    expect(set(movies, "1.latency.p50", "30 ms")).toContain("latency: { p99: 100 ms, p50: 30 ms }");
    expect(set(movies, "4.cold-start.image", "content")).toContain("title: content, image: content }");
    expect(set(movies, "6.serving.timeout", "50 ms")).toContain("  fallback: most-popular\n  timeout: 50 ms\nrollout:");
    expect(set(movies, "6.rollback.kind", "automatic")).toContain("\nrollback: { kind: automatic }\n```");
    expect(set(movies, "5.slices[3]", "old titles")).toContain("new titles, old titles]");
  });

  it("writes the first facts of a section, with line endings as the file has them", () => {
    const text = `${front}## 5. Evaluation\nProse.\n`.replaceAll("\n", "\r\n");
    const result = set(text, "5.seed", 7);
    expect(result).toBe(text.replace("## 5. Evaluation", "## 5. Evaluation\r\n\r\n```yaml\r\nseed: 7\r\n```"));
    expect(parseDesign(result, "n.md").design?.evaluate.seed).toBe(7);
  });

  it("puts text in quotes that YAML would read differently", () => {
    const result = set(movies, "1.questions[0].answer", "no, and # is no comment");
    expect(result).toContain('answer: "no, and # is no comment", changes');
    expect(parseDesign(result, "n.md").design?.clarify.questions?.[0].answer).toBe("no, and # is no comment");
    expect(set(movies, "1.goal", "1984")).toContain('goal: "1984"');
    expect(set(movies, "7.health[0].alert", "> 80 ms")).toContain('alert: "> 80 ms", for: 5 m');
  });

  it("refuses unknown paths with the nearest known one", () => {
    expect(failure(movies, "4.stages.candidates.factor", "32")).toMatchObject({ fix: "did you mean `factors`?" });
    expect(failure(movies, "4.stages.candidate.factors", "32")).toMatchObject({ fix: "did you mean `candidates`?" });
    expect(failure(movies, "4.stages[9].factors", "32").code).toBe("no-such-element");
    expect(failure(movies, "8.x", "32")).toMatchObject({ code: "no-such-section" });
    expect(failure(front, "1.goal", "x").fix).toBe("add a heading `## 1. Clarify requirements and goals`");
  });

  it("refuses a value that is wrong for the fact, and says what belongs there", () => {
    expect(failure(movies, "1.latency.p99", "3 GB")).toMatchObject({
      code: "wrong-value",
      fix: "write it like `100 ms`",
    });
    expect(failure(movies, "4.stages[0].factors", "many").message).toContain("a whole number");
    expect(failure(movies, "6.serving.cache.hit-rate", "30%").code).toBe("short-form");
  });

  it("never throws, whatever the note, the path and the value", () => {
    const broken = fc
      .tuple(fc.nat(movies.length), fc.nat(200), fc.string({ unit: "binary" }))
      .map(([at, length, put]) => movies.slice(0, at) + put + movies.slice(at + length));
    const path = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "4.stages.candidates.factors",
        "1.users.total",
        "6.rollout.bake",
        "7.retrain.when[0]",
        "4.stages[",
        "2..task",
        "5.slices[3]",
      ),
    );
    fc.assert(
      fc.property(broken, path, fc.string({ unit: "binary" }), (text, where, value) => {
        const outcome = setFact(text, where, value);
        if (!outcome.ok) expect(outcome.failure.message).not.toBe("");
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it("leaves every other fact as it was, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("1.goal", "1.questions[0].ask", "2.unit", "3.source.path"),
        (value, path) => {
          const outcome = setFact(movies, path, value);
          if (!outcome.ok) return;
          const before = parseDesign(movies, "n.md").design;
          const after = parseDesign(outcome.value, "n.md");
          expect(after.findings).toEqual([]);
          const blank = (design: typeof before): unknown => ({
            ...design,
            text: "",
            places: 0,
            spanAt: 0,
            sections: 0,
            clarify: {
              ...design?.clarify,
              goal: 0,
              questions: design?.clarify.questions?.map((one) => ({ ...one, ask: 0 })),
            },
            frame: { ...design?.frame, unit: 0 },
            data: { ...design?.data, source: { ...design?.data.source, path: 0 } },
          });
          expect(blank(after.design)).toEqual(blank(before));
        },
      ),
      { numRuns: propertyRuns(200) },
    );
  });
});
