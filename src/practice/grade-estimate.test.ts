import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { gradeEstimate } from "./grade-estimate.ts";
import { type PreparedEstimate, prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";
import { drawVariant } from "./variant.ts";

function prepare(changes: Readonly<Record<string, unknown>> = {}): PreparedEstimate {
  const prepared = unwrap(
    prepareQuestion(sampleQuestion({ given: { items: "50M", dims: 128, width: "4 B", copies: 3 }, ...changes })),
  );
  if (!("answer" in prepared)) throw new Error("an estimate was expected");
  return prepared;
}
const table = prepare();
const grade = (typed: string, prepared = table) => unwrap(gradeEstimate(prepared, drawVariant(prepared, 1), typed));

describe("grading a number whose answer is 76.8 GB within 5 %", () => {
  it("is the same up and down on a log scale", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.0001, max: 30, noNaN: true }), (factor) => {
        const [over, under] = [grade(`${76.8 * factor} GB`), grade(`${76.8 / factor} GB`)];
        // Named slips lie on one side only; everything else is symmetric.
        if (over.mistake === undefined && under.mistake === undefined) expect(over.verdict).toBe(under.verdict);
      }),
    );
    expect(grade(`${76.8 * 1.049} GB`).verdict).toBe("right");
    expect(grade(`${76.8 / 1.049} GB`).verdict).toBe("right");
    expect(grade(`${76.8 * 1.06} GB`).verdict).toBe("close");
    expect(grade(`${76.8 / 1.06} GB`).verdict).toBe("close");
    expect(grade("1 GB").verdict).toBe("wrong");
  });

  it("keeps partial apart from right, and an empty answer apart from a wrong one", () => {
    expect(grade("81.6 GB")).toMatchObject({ verdict: "close", score: 0.5 });
    expect(grade("  ")).toMatchObject({ verdict: "unanswered", score: 0, because: [] });
  });

  it("explains the reader's own slip", () => {
    expect(grade("25.6 GB")).toMatchObject({ verdict: "wrong", mistake: 0, because: ["the copies were forgotten"] });
    expect(grade("307 GB")).toMatchObject({ mistake: 1 });
  });

  it("recognises slips that the question did not foresee", () => {
    expect(grade("614 GB").because[0]).toContain("bits");
    expect(grade("76.8 TB").because[0]).toContain("prefix");
    expect(grade("71.53 GB").because[0]).toContain("GiB");
    expect(grade("71.53 GiB").verdict).toBe("right");
  });

  it("reads a bare number where percent are asked for as percent, and a fraction as a share", () => {
    const share = prepare({
      ask: "{part} of {whole}?",
      given: { part: 7, whole: 11 },
      answer: "part / whole -> %",
      mistakes: [
        { answer: "whole / part -> %", why: "x" },
        { answer: "part / 100 -> %", why: "y" },
      ],
    });
    expect(grade("63.6", share).verdict).toBe("right");
    expect(grade("0.636", share).verdict).toBe("right");
    expect(grade("3", share).because[0]).toContain("21 times too low");
    expect(grade("5000000", share).because[0]).toContain("not the same kind of quantity");
  });

  it("forgives a wrong unit with a word", () => {
    const forgiven = grade("76.8 GB/s");
    expect(forgiven.verdict).toBe("right");
    expect(forgiven.notes.join()).toContain("byte/second");
    expect(grade("76.8").notes.join()).toContain("read as GB");
  });

  it("takes an exact answer to the unit, and wide tolerances as factors", () => {
    const exact = prepare({
      tolerance: { within: "exact", because: "it is a count" },
      answer: "items / 1M * copies",
      mistakes: [
        { answer: "items / 1M", why: "x" },
        { answer: "items", why: "y" },
      ],
    });
    expect(grade("150", exact).verdict).toBe("right");
    expect(grade("151", exact).verdict).toBe("wrong");
    const wide = prepare({ tolerance: { within: "2x", because: "it is a guess" } });
    expect(grade("150 GB", wide).verdict).toBe("right");
    expect(grade("39 GB", wide).verdict).toBe("right");
    expect(grade("250 GB", wide).verdict).toBe("close");
  });

  it("calls a number of the wrong sign wrong", () => {
    expect(grade("-76.8 GB").verdict).toBe("wrong");
    expect(grade("0 GB").verdict).toBe("wrong");
  });
});
