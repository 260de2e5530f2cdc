import { describe, expect, it } from "vitest";
import { estimateDesign } from "../../../note/estimate-design.ts";
import { parseDesign } from "../../design.ts";

/** A line of a sheet of a note whose million users grow. */
function lineOf(growth: string, sheet: string, name: string): number {
  const note = `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n## 1. Clarify\n\`\`\`yaml\nusers: { daily: 1M, growth: ${growth} }\nrequests: { average: 400/s }\n\`\`\`\n`;
  const { design } = parseDesign(note, "t.md");
  if (design === undefined) throw new Error("no design");
  const filled = estimateDesign(design).sheets.find((one) => one.sheet === sheet);
  return filled?.lines.find((line) => line.name === name)?.value ?? Number.NaN;
}

describe("the growth of a note", () => {
  it.each([
    ["2x/year", 2],
    ["10%/month", 1.1 ** 12],
    ["50k/month", 1.6],
    ["20%/year", 1.2],
    ["-1%/week", 0.99 ** (365 / 7)],
  ])("of %s is the same in the users, the storage and everywhere", (growth, factor) => {
    expect(lineOf(growth, "growth", "later") / 1e6).toBeCloseTo(factor, 9);
    expect(lineOf(growth, "storage", "in_a_year") / lineOf(growth, "storage", "provisioned")).toBeCloseTo(factor, 9);
  });
});
