import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { unwrap } from "../core/outcome.ts";
import { writeCards } from "./flash-card.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";

const none = { given: undefined, answer: undefined };
function back(changes: Readonly<Record<string, unknown>>, review?: () => readonly Finding[]): readonly string[] {
  const [card] = writeCards([unwrap(prepareQuestion(sampleQuestion(changes)))], 1, review);
  return card.back.split("\n");
}

describe("a flash card", () => {
  it("has the question in front, and who it is beside it", () => {
    const given = { items: "50M", dims: 128, width: "4 B", copies: 3 };
    const [card] = writeCards([unwrap(prepareQuestion(sampleQuestion({ given }, "table")))], 9);
    expect(card).toMatchObject({ id: "table", title: "Table size", area: "ranking", level: 2, step: 4, seed: 9 });
    expect(card.front).toContain("50M items of 128 numbers, 4 B each, kept 3 times. How large?");
    const lines = card.back.split("\n");
    expect(lines[0]).toBe("76.8 GB");
    expect(lines.slice(-3)).toEqual(["slips:", "- the copies were forgotten", "- the width was counted twice"]);
    expect(lines.filter((line) => line.includes("a good answer: 76.8 GB"))).toEqual([]);
  });

  it("of a choice has the right option behind, by its letter, and each wrong one with its reason", () => {
    const lines = back({
      kind: "choose",
      ...none,
      mistakes: undefined,
      ask: "Which one?",
      options: [
        { text: "right one", right: true, why: "it is" },
        { text: "wrong one", right: false, why: "it is not" },
        { text: "third one", right: false, why: "nor this" },
      ],
    });
    expect(lines[0]).toMatch(/^[abc]\) right one$/u);
    expect(lines.slice(-2)).toEqual(["- wrong one: it is not", "- third one: nor this"]);
  });

  it("of an order, of blanks and of an explanation has what is right", () => {
    const order = back({
      kind: "order",
      ...none,
      ask: "Order these.",
      items: ["one", "two", "three"],
      why: "counting",
      mistakes: [
        { order: [3, 2, 1], why: "backwards" },
        { order: [2, 3, 1], why: "one comes first" },
      ],
    });
    expect(order[0]).toMatch(/one.*two.*three/u);
    expect(order.slice(-2)).toEqual(["- backwards", "- one comes first"]);
    const fill = back({
      kind: "fill",
      ...none,
      mistakes: undefined,
      ask: "Fill in.",
      note: "split: ____, gap: ____",
      blanks: [
        { accept: ["time", "by time"], why: "x", mistakes: [{ answer: "random", why: "it leaks" }] },
        { accept: ["7 d"], why: "y", mistakes: [{ answer: "1 d", why: "too short" }] },
      ],
    });
    expect(fill[0]).toBe("time; 7 d");
    expect(fill.slice(-2)).toEqual(["- random: it leaks", "- 1 d: too short"]);
    const explain = back({
      kind: "explain",
      ...none,
      ask: "Why?",
      model: "The split follows time.",
      rubric: [
        { point: "Time", cues: ["time"] },
        { point: "A gap", cues: ["gap"] },
      ],
      mistakes: [
        { cues: ["shuffle"], why: "it leaks" },
        { cues: ["random"], why: "it leaks too" },
      ],
    });
    expect(explain[0]).toBe("The split follows time.");
    expect(explain.join("\n")).toContain("points:\n- Time\n- A gap");
    expect(explain.slice(-2)).toEqual(["- it leaks", "- it leaks too"]);
  });

  it("of a critique asks the reviewer which lines are faulty", () => {
    const finding = (name: string, line: number): Finding => ({
      code: "HP301",
      name,
      severity: "error",
      message: "the split is random",
      at: { file: "note", start: { line, column: 1, offset: 0 }, end: { line, column: 5, offset: 4 } },
    });
    const lines = back(
      {
        kind: "critique",
        ...none,
        ask: "What is wrong?",
        note: "time: ts\nsplit: random\nsource: clicks",
        finds: ["random-split"],
        mistakes: [
          { key: "time", why: "x" },
          { key: "source", why: "y" },
        ],
      },
      () => [finding("random-split", 2), finding("other", 3)],
    );
    expect(lines[0]).toContain("2");
    expect(lines[0]).toContain("the split is random");
    expect(lines.slice(-2)).toEqual(["- time is sound: x", "- source is sound: y"]);
  });
});
