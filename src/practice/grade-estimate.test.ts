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
    expect(grade("5000000", share).because[0]).toContain("far off: more than a hundred times too high");
  });

  it("forgives a missing unit with a word, and grades nothing in a unit of another kind", () => {
    expect(grade("76.8")).toMatchObject({ verdict: "right", notes: ["no unit was given: read as GB"] });
    expect(() => grade("76.8 GB/s")).toThrow("is in byte/second, and the answer is asked for in GB");
  });

  it("takes a bare number for base units where only that makes it right, or one of the mistakes", () => {
    for (const typed of ["76.8e9", "76800000000", "50M*128*4*3"])
      expect(grade(typed), typed).toMatchObject({
        verdict: "right",
        notes: ["no unit was given: read in the base unit (byte), which is 76.8 GB; GB was asked for"],
      });
    expect(grade("50M*128*4")).toMatchObject({ verdict: "wrong", mistake: 0, because: ["the copies were forgotten"] });
    expect(grade("76.8").notes).toEqual(["no unit was given: read as GB"]);
    expect(grade("200e9").because[0]).toContain("2.6 times too high");
    expect(grade("200e9").notes.join()).toContain("base unit (byte), which is 200 GB");
    expect(grade("4000e9").because[0]).toContain("52 times too high");
    // Near in neither: the unit asked for counts.
    expect(grade("76.8e15").because[0]).toContain("far off");
    expect(grade("76.8e9 GB").because[0]).toContain("far off");
    expect(grade("76.8e9 kB").verdict).toBe("wrong");
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

describe("slips that no question foresaw", () => {
  const of = (answer: string, mistakes: readonly string[], changes: object = {}) =>
    prepare({ answer, mistakes: mistakes.map((one) => ({ answer: one, why: "x" })), ...changes });
  const because = (prepared: PreparedEstimate, typed: string): string => grade(typed, prepared).because[0];
  const bytes = of("items * dims * width * copies -> GB", ["items * 3 B", "items * 1 B"]);
  const time = of("items / dims * 1 s / copies -> h", ["items * 7 s", "items * 1 s"]);
  const work = of("items * dims * 2 FLOP * copies -> GFLOP", ["items * 7 FLOP", "items * 1 FLOP"]);
  const count = of("items / copies", ["items * 7", "items * 11"]);

  it("are told by their factor, up and down, where the unit allows them", () => {
    const hours = 50e6 / 128 / 3 / 3600;
    for (const [prepared, unit, right, factor, words] of [
      [bytes, "GB", 76.8, 8, "off by 8: bits"],
      [bytes, "GB", 76.8, 1000, "off by 1,000: a prefix"],
      [bytes, "GB", 76.8, 1e6, "off by 1,000,000: two prefixes"],
      [bytes, "GB", 76.8, 1.024 ** 4, "off by 10 %: TiB"],
      [bytes, "GB", 76.8, 10, "off by 10: a power of ten"],
      [bytes, "GB", 76.8, 100, "off by 100: percent"],
      [time, "h", hours, 3600, "off by 3,600: hours and seconds"],
      [time, "h", hours, 60, "off by 60: minutes"],
      [time, "h", hours, 24, "off by 24: days"],
      [work, "GFLOP", 38.4, 2, "off by 2: a multiply-add"],
      [count, "", 50e6 / 3, 1000, "off by 1,000"],
    ] as const) {
      expect(because(prepared, `${right * factor} ${unit}`)).toContain(words);
      expect(because(prepared, `${right / factor} ${unit}`)).toContain(words);
    }
    expect(because(count, `${(50e6 / 3) * 8}`)).toBe(
      "8 times too high (5% is allowed: there must be room for rounding on the way)",
    );
    expect(because(count, `${(50e6 / 3) * 60}`)).toContain("60 times too high");
    expect(because(bytes, `${76.8 * 2} GB`)).toContain("2 times too high");
  });

  it("are taken for slips only near their factor", () => {
    expect(because(bytes, `${76.8 * 8.1} GB`)).toContain("off by 8");
    expect(because(bytes, `${76.8 * 8.3} GB`)).toContain("8.3 times too high");
    expect(because(bytes, `${76.8 * 1.08} GB`)).toContain("GiB");
    expect(because(bytes, `${76.8 * 1.085} GB`)).toContain("8.5 % too high");
    const wide = of("items / copies", ["items * 7", "items * 11"], {
      tolerance: { within: "2x", because: "it is a guess" },
    });
    expect(because(wide, `${(50e6 / 3) * 10.5}`)).toContain("11 times too high (2x is allowed: it is a guess)");
  });

  it("are else told as a share below twice, and as times from there on", () => {
    expect(because(bytes, `${76.8 * 1.3} GB`)).toContain("30 % too high");
    expect(because(bytes, `${76.8 / 1.3} GB`)).toContain("30 % too low");
    expect(because(bytes, `${76.8 * 1.99} GB`)).toContain("99 % too high");
    expect(because(bytes, `${76.8 * 5} GB`)).toContain("5 times too high");
    expect(because(count, `${(50e6 / 3) * 99}`)).toContain("off by 100");
    expect(because(count, `${(50e6 / 3) * 110}`)).toContain("more than a hundred times too high");
    expect(because(count, `${50e6 / 3 / 110}`)).toContain("more than a hundred times too low");
    expect(because(bytes, "-3 GB")).toContain("the sign is wrong, or one of the two is zero");
    const exact = of("items / 1M * copies", ["items / 1M", "items"], {
      tolerance: { within: "exact", because: "it is a count" },
    });
    expect(because(exact, "180")).toBe("20 % too high (only the exact answer counts: it is a count)");
  });

  it("are the question's own within its tolerance, within 5 % where that is wide, and within half a percent where it is exact", () => {
    const own = (within: string, factor: number): number | undefined =>
      grade(`${25.6 * factor} GB`, prepare({ tolerance: { within, because: "x" } })).mistake;
    expect([1.04, 1.06].map((factor) => own("2x", factor))).toEqual([0, undefined]);
    expect([1.015, 1.03].map((factor) => own("2%", factor))).toEqual([0, undefined]);
    expect([1.004, 1.006].map((factor) => own("exact", factor))).toEqual([0, undefined]);
  });

  it("are the nearest of two that the answer could be", () => {
    const two = of("items * dims * width * copies -> GB", [
      "items * dims * width * 1.03 -> GB",
      "items * dims * width -> GB",
    ]);
    expect(grade("25.7 GB", two).mistake).toBe(1);
    expect(grade("26.2 GB", two).mistake).toBe(0);
    const same = of("items * dims * width * copies -> GB", [
      "items * dims * width -> GB",
      "items * dims * width -> GB",
    ]);
    expect(grade("25.6 GB", same).mistake).toBe(0);
  });
});
