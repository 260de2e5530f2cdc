import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";
import { drawVariant, fillPlaces } from "./variant.ts";

const prepare = (changes: Readonly<Record<string, unknown>>, id = "sample") =>
  unwrap(prepareQuestion(sampleQuestion(changes, id)));

describe("one sitting of a question", () => {
  it("is the same for the same seed, and another for another question of the same seed", () => {
    const given = { items: "20M..900M", dims: 128, width: "4 B", copies: "2..4" };
    const question = prepare({ given });
    expect(drawVariant(question, 3)).toEqual(drawVariant(question, 3));
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => drawVariant(question, seed).texts.items));
    expect(seen.size).toBeGreaterThan(10);
    expect(drawVariant(prepare({ given }, "other"), 3).texts).not.toEqual(drawVariant(question, 3).texts);
  });

  it("says values where the sentence names them, and lists those that it does not name", () => {
    const { ask, given, texts, values } = drawVariant(
      prepare({
        ask: " {items} things in {place}? ",
        given: { items: "50M", place: "Lyon", key_bytes: "8 B" },
        answer: "items * key_bytes -> GB",
        mistakes: [
          { answer: "items * 1 B", why: "x" },
          { answer: "key_bytes", why: "y" },
        ],
      }),
      1,
    );
    expect(ask).toBe("50M things in Lyon?");
    expect(given).toEqual([{ name: "key bytes", text: "8 B" }]);
    expect(texts).toEqual({ items: "50M", place: "Lyon", key_bytes: "8 B" });
    expect(values).toEqual({ items: 50e6, key_bytes: 8 });
  });

  it("takes values that belong together from one row", () => {
    const question = prepare({
      ask: "{device} with {memory}?",
      given: undefined,
      cases: [
        { device: "A", memory: "16 GB" },
        { device: "B", memory: "80 GB" },
      ],
      answer: "memory * 2 -> GB",
      mistakes: [
        { answer: "memory", why: "x" },
        { answer: "memory / 2", why: "y" },
      ],
    });
    const asks = new Set(Array.from({ length: 30 }, (_, seed) => drawVariant(question, seed).ask));
    expect(asks).toEqual(new Set(["A with 16 GB?", "B with 80 GB?"]));
  });

  it("never shows a list in the order that is asked for", () => {
    const question = prepare({
      kind: "order",
      given: undefined,
      answer: undefined,
      ask: "Order these.",
      items: ["one", "two", "three"],
      why: "counting",
      mistakes: [
        { order: [3, 2, 1], why: "x" },
        { order: [2, 3, 1], why: "y" },
      ],
    });
    const orders = Array.from({ length: 60 }, (_, seed) => drawVariant(question, seed).shown.join(""));
    expect(orders).not.toContain("012");
    expect(new Set(orders)).toEqual(new Set(["021", "102", "120", "201", "210"]));
  });

  it("leaves a place alone that has no value", () => {
    expect(fillPlaces("{a} and {b}", { a: "1" })).toBe("1 and {b}");
  });
});
