import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";
import { answerPrompt, answerSitting, askLines, revealLines, type Sitting, sit } from "./sitting.ts";

const sittingOf = (changes: Readonly<Record<string, unknown>> = {}, seed = 1): Sitting =>
  sit(unwrap(prepareQuestion(sampleQuestion(changes))), seed);
const answer = (sitting: Sitting, typed: string, hints = 0) =>
  unwrap(
    answerSitting(sitting, {
      typed,
      hints,
      seconds: 3,
      id: "answer-0001",
      at: "2026-11-22T12:00:00.000Z",
      mode: "practice",
      confidence: 0.7,
    }),
  );

describe("a sitting", () => {
  const fixed = { given: { items: "50M", dims: 128, width: "4 B", copies: 3 } };

  it("draws the same variant for the same seed and another for others", () => {
    const ask = (seed: number) => sittingOf({}, seed).variant.ask;
    expect(ask(7)).toBe(ask(7));
    expect(new Set(Array.from({ length: 30 }, (_, seed) => ask(seed))).size).toBe(3);
  });

  it("says every value, those of the sentence in it and the others below", () => {
    const lines = askLines(sittingOf({ ...fixed, ask: "{items} items. How large?" }));
    expect(lines).toEqual(["50M items. How large?", "  dims: 128", "  width: 4 B", "  copies: 3"]);
    expect(answerPrompt(sittingOf(fixed))).toBe("your number, in GB");
  });

  it("numbers the lines of a note as its file does, and leaves out those that hold no fact", () => {
    const note = "---\nheptad: 1\n---\n\n```yaml\nsplit: { by: random }\ntime: ts\n```\n";
    const mistakes = ["time", "split"].map((key) => ({ key, why: "it is right" }));
    const critique = { kind: "critique", given: undefined, answer: undefined, mistakes, note, finds: ["random-split"] };
    expect(askLines(sittingOf({ ...critique, ask: "Which line is wrong?" }))).toEqual([
      "   6 │ split: { by: random }",
      "   7 │ time: ts",
      "Which line is wrong?",
    ]);
  });

  it("works the answer out line by line, with the values drawn", () => {
    const sitting = sittingOf(fixed);
    const { grade } = answer(sitting, "25.6 GB");
    expect(revealLines(sitting, grade)).toEqual([
      "not right",
      "the copies were forgotten",
      "answer: 76.8 GB",
      "",
      "size = items × dims × width = 50M × 128 × 4 B = 25.6 GB",
      "size × copies = 25.6 GB × 3 = 76.8 GB",
      "right is within 5%: there must be room for rounding on the way",
      "source: arithmetic",
    ]);
  });

  it("takes a quarter of the score for each hint, and records what happened", () => {
    const sitting = sittingOf(fixed);
    expect(sitting.hints).toHaveLength(2);
    const { grade, record } = answer(sitting, "about 77 GB", 2);
    expect([grade.score, record.score]).toEqual([1, 0.5]);
    expect(record).toMatchObject({ verdict: "right", seed: 1, hints: 2, confidence: 0.7, typed: "about 77 GB" });
    expect(revealLines(sitting, grade, 2)[0]).toBe("right (2 hints: 50% of the score)");
  });

  it("shows the options in an order of the seed, and grades by what was shown", () => {
    const options = [
      { text: "first", right: true, why: "so it is" },
      { text: "second", why: "not this" },
      { text: "third", why: "nor this" },
    ];
    const choice = { kind: "choose", given: undefined, answer: undefined, mistakes: undefined, ask: "Which?", options };
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const sitting = sittingOf(choice, seed);
      const place = askLines(sitting).findIndex((line) => line.endsWith("first")) - 1;
      expect(answer(sitting, "abc"[place]).grade.verdict).toBe("right");
      expect(answer(sitting, "fir").grade.verdict).toBe("right");
      orders.add(sitting.variant.shown.join());
    }
    expect(orders.size).toBeGreaterThan(3);
    expect(
      answerSitting(sittingOf(choice), {
        typed: "z",
        hints: 0,
        seconds: 1,
        id: "answer-0002",
        at: "2026-11-22T12:00:00.000Z",
        mode: "x",
      }).ok,
    ).toBe(false);
  });
});
