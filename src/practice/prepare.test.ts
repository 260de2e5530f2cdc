import { describe, expect, it } from "vitest";
import { prepareQuestion } from "./prepare.ts";
import { sampleQuestion } from "./sample-question.ts";

/** What is wrong with a question, or `ready`. */
function prepared(changes: Readonly<Record<string, unknown>>): string {
  const outcome = prepareQuestion(sampleQuestion(changes));
  if (outcome.ok) return "ready";
  const { code, message, fix, where } = outcome.failure;
  return `${code}: ${message} (${where}; ${fix})`;
}
const rows = (...cases: readonly object[]) => ({
  ask: "{device} with {memory}?",
  given: undefined,
  cases,
  answer: "memory * 2 -> GB",
  mistakes: [
    { answer: "memory", why: "x" },
    { answer: "memory / 2", why: "y" },
  ],
});

describe("cases of a question", () => {
  it("have the same names and units in every row, whatever their order", () => {
    expect(prepared(rows({ device: "A", memory: "16 GB" }, { memory: "80 MB", device: "B" }))).toBe("ready");
    const uneven = (at: number) =>
      `uneven-cases: case ${at} has other names or units than case 1 (sample; give every case the same values)`;
    const first = { device: "A", memory: "16 GB" };
    expect(prepared(rows(first, { device: "B" }))).toBe(uneven(2));
    expect(prepared(rows({}, {}))).toBe(uneven(1));
    expect(prepared(rows(first, first, { device: "B", memory: "80 GB", more: "x" }))).toBe(uneven(3));
    expect(prepared(rows(first, { device: "B", memory: "80 s" }))).toBe(uneven(2));
    expect(prepared(rows(first, { device: "B", memory: "much" }))).toBe(uneven(2));
    expect(prepared(rows(first, { device: "5 GB", memory: "80 GB" }))).toBe(uneven(2));
  });
});

describe("a question", () => {
  it("names only values that it has, and is told the nearest", () => {
    expect(prepared({ ask: "{item} {dims} {width} {copies}?" })).toBe(
      "unknown-value: no value is called `item` (sample; did you mean `{items}`?)",
    );
    expect(prepared({ ask: "{items} {dims} {width} {copies} {nothing_like_it}?" })).toBe(
      "unknown-value: no value is called `nothing_like_it` (sample; add it under `given`)",
    );
  });

  it("has mistakes of the answer's unit, which may use its lines", () => {
    const mistakes = (second: string) => [
      { answer: "size -> GB", why: "x" },
      { answer: second, why: "y" },
    ];
    expect(prepared({ mistakes: mistakes("size * 3 -> GB") })).toBe("ready");
    expect(prepared({ mistakes: mistakes("items") })).toMatch(
      /^unit-clash: mistake 2 has another unit than the answer \(sample: mistakes\[1\];/u,
    );
  });

  it("says in which formula and where a fault stands", () => {
    expect(prepared({ answer: "size = items * dims\nsize * colour -> GB" })).toMatch(
      /\(answer, line 2 column 8\) \(sample;/u,
    );
    expect(
      prepared({
        mistakes: [
          { answer: "size -> GB", why: "x" },
          { answer: "shape", why: "y" },
        ],
      }),
    ).toMatch(/\(mistakes\[1\], line 1 column 1\) \(sample;/u);
  });

  it("varies with cases or with ranges, and else does not", () => {
    const varies = (changes: Readonly<Record<string, unknown>>): boolean | undefined => {
      const outcome = prepareQuestion(sampleQuestion(changes));
      return outcome.ok ? outcome.value.values.varies : undefined;
    };
    expect(varies({})).toBe(true);
    expect(varies({ given: { items: "50M", dims: 128, width: "4 B", copies: 3 } })).toBe(false);
    expect(varies(rows({ device: "A", memory: "16 GB" }, { device: "B", memory: "80 GB" }))).toBe(true);
  });
});
