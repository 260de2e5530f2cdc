import { describe, expect, it } from "vitest";
import { unwrap } from "../../core/outcome.ts";
import { prepareQuestion } from "../../practice/prepare.ts";
import { sampleQuestion } from "../../practice/sample-question.ts";
import { sit } from "../../practice/sitting.ts";
import { readTyped } from "./practice-views.ts";

const asked = (changes: Readonly<Record<string, unknown>>) => ({
  sitting: sit(unwrap(prepareQuestion(sampleQuestion(changes))), 1),
  number: 1,
  reason: "",
  hintsShown: 0,
});

describe("what a typed number is read as", () => {
  it("stands in the unit of the answer, and in the base unit where it has one and the number is long or short", () => {
    expect(readTyped(asked({}), "76.8 GB")).toMatchObject({
      read: "76.8 GB",
      inBase: { mantissa: "7.680", exponent: "10", unit: "bytes" },
    });
    expect(readTyped(asked({}), "12 kB").inBase).toBeNull();
  });

  it("has no base unit where it is of several", () => {
    const rate = {
      ask: "{items} items of {size} in {time}?",
      given: { items: "50M", size: "4 B", time: "10 s" },
      answer: "items * size / time -> MB/s",
      mistakes: [
        { answer: "items * size / 1 s -> MB/s", why: "the time was forgotten" },
        { answer: "items * size * 2 / time -> MB/s", why: "it was counted twice" },
      ],
    };
    expect(readTyped(asked(rate), "20 MB/s")).toMatchObject({ inBase: { mantissa: "2.000", exponent: "7", unit: "" } });
  });

  it("is nothing where nothing was typed, and says why where it is no number", () => {
    expect(readTyped(asked({}), "  ")).toEqual({ read: null });
    expect(readTyped(asked({}), "large")).toMatchObject({ read: null, why: expect.any(String) });
  });
});
