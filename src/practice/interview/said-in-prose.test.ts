import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/finding.ts";
import { unsaid } from "./said-in-prose.ts";

const span = { file: "note.md", start: { line: 3, column: 1, offset: 0 }, end: { line: 3, column: 2, offset: 1 } };
const left = (name: string, ...sections: readonly string[]): boolean => {
  const finding: Finding = { code: "HP618", name, severity: "error", message: "nothing says", at: span };
  const said = Object.fromEntries(sections.map((text, i) => [i + 1, text]));
  const state = { sections: { 6: "serving: { mode: online }", ...said }, probes: [], asked: [] };
  return unsaid([finding], state).length > 0;
};

describe("what the reviewer misses", () => {
  it.each([
    ["no-rollback", "On a jump in alert rate they switch back to the previous model kept warm."],
    ["no-fallback", "If scoring times out the old rules decide."],
    ["missing-split", "Train on the past and test on later weeks."],
    ["missing-baseline", "It has to beat the two hundred rules."],
    ["missing-retrain-trigger", "Retrain weekly and whenever precision falls by 20%."],
    ["missing-rollout", "We go shadow, 1%, 10%, 50% with a stop when honest declines rise."],
    ["missing-experiment-facts", "We randomise by card, 200k cards an arm for 60 days."],
    ["selective-labels", "What we declined has no chargeback, so a small random share is let through."],
    ["adversary-not-declared", "Fraudsters change their ways when a rule stops them."],
  ])("is left out where the prose says it: %s, %s", (name, say) => {
    expect(left(name, say)).toBe(false);
  });

  it("stays where it is denied, where nothing is said of it, and where the fact itself is written", () => {
    expect(left("no-rollback", "We never go back to the previous model.")).toBe(true);
    expect(left("no-rollback", "Alerts go to the on-call team.")).toBe(true);
    expect(left("no-rollback", "rollback: { kind: none }\nwe could switch back to the previous model kept warm")).toBe(
      true,
    );
    expect(left("random-split", "Train on the past and test on later weeks.")).toBe(true);
  });

  it("is heard in the answers to probes, too", () => {
    const finding: Finding = { code: "HP618", name: "no-rollback", severity: "error", message: "m", at: span };
    const probes = [{ finding: "x", question: "?", answer: "A switch brings back the previous model." }];
    expect(unsaid([finding], { sections: { 6: "serving: { mode: online }" }, probes, asked: [] })).toEqual([]);
  });

  it("is no question that was asked of the interviewer", () => {
    const finding: Finding = {
      code: "HP102",
      name: "question-topics-uncovered",
      severity: "advice",
      message: "m",
      at: span,
    };
    const asked = [{ text: "What is the goal?", fact: "goal" }];
    const sections = { 1: "goal: more purchases" };
    expect(unsaid([finding], { sections, probes: [], asked })).toEqual([]);
    expect(unsaid([finding], { sections, probes: [], asked: [] })).toEqual([finding]);
  });

  it("is not asked of a section in plain sentences, nor of the form of the note", () => {
    const finding: Finding = { code: "HP601", name: "late", severity: "error", message: "m", at: span };
    const heard = (text: string, code = "HP601") =>
      unsaid([{ ...finding, code }], { sections: { 6: text }, probes: [], asked: [] }).length;
    expect([heard("Two replicas behind a cache."), heard(""), heard("serving: { replicas: 2 }")]).toEqual([0, 0, 1]);
    expect(heard("Prose first.\n```yaml\nserving: { replicas: 2 }\n```")).toBe(1);
    expect(heard("serving: { replicas: 2 }", "HP012")).toBe(0);
  });
});
