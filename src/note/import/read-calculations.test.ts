import { describe, expect, it } from "vitest";
import { readCalculations } from "./read-calculations.ts";

function again(text: string): readonly (readonly [says: string, quote: string])[] {
  const place = { file: "a.md", line: 1, quote: text };
  return readCalculations({ text, steps: [6], under: "", place }).map(({ says, at }) => [says, at.quote]);
}

describe("a calculation in the prose", () => {
  it("is done again as it was typed", () => {
    expect(again("memory: 10^9 * 256 * 2 ~ 500 GB")).toEqual([
      ["computed again: 5.12e11 bytes, which agrees", "10^9 * 256 * 2 ~ 500 GB"],
    ]);
    expect(again("100 * 30 = 4,000")).toEqual([["computed again: 3000, which is 25% from 4,000", "100 * 30 = 4,000"]]);
  });

  it("is done again where it is set as a formula, and quoted as it stands", () => {
    const text = "Memory is $10^{9} \\cdot 256 \\times 2 \\approx 500\\,\\text{GB}$ in all.";
    expect(again(text)).toEqual([["computed again: 5.12e11 bytes, which agrees", text]]);
    expect(again("about $10^9 \\cdot 256 \\cdot 2 \\sim 200$ GB")[0][0]).toContain("which is far from 200 GB");
  });

  it("is none where a dollar is a price", () => {
    expect(again("It costs $5 a day and $7 a night.")).toEqual([]);
  });
});
