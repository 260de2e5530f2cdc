import { describe, expect, it } from "vitest";
import type { Finding } from "../core/finding.ts";
import { parseDesign } from "../steps/design.ts";
import { applyWaivers } from "./waiver.ts";

const RULES = [
  { code: "HP301", name: "random-split" },
  { code: "HP302", name: "late-labels" },
] as const;
const mark = { line: 1, column: 1, offset: 0 };
const finding = (code: string, name: string): Finding => ({
  code,
  name,
  severity: "error",
  message: "m",
  at: { file: "n.md", start: mark, end: mark },
});

function apply(waivers: string, findings: readonly Finding[]) {
  const { design } = parseDesign(`---\nheptad: 1\ntitle: T\nsystem: feed\nwaive: ${waivers}\n---\n`, "n.md");
  if (design === undefined) throw new Error("no design was read");
  const { findings: kept, waived } = applyWaivers(design, RULES, findings);
  return { kept: kept.map(({ code }) => code), waived: waived.map((one) => one.finding.code) };
}

describe("a waiver", () => {
  it("takes a rule's findings away, by code or by name", () => {
    const both = [finding("HP301", "random-split"), finding("HP302", "late-labels")];
    expect(apply("[{ rule: HP301, reason: measured }]", both)).toEqual({ kept: ["HP302"], waived: ["HP301"] });
    expect(apply("[{ rule: late-labels, reason: measured }]", both)).toEqual({ kept: ["HP301"], waived: ["HP302"] });
  });

  it("does not waive what is no rule's finding, and is not called idle for one that carries its name", () => {
    const foreign = finding("HP009", "random-split");
    expect(apply("[{ rule: random-split, reason: measured }]", [foreign])).toEqual({ kept: ["HP009"], waived: [] });
  });

  it("that names no rule, gives no reason or finds nothing is itself a finding", () => {
    expect(apply("[{ rule: HP999, reason: x }]", []).kept).toEqual(["HP020"]);
    expect(apply('[{ rule: HP301, reason: " " }]', [finding("HP301", "random-split")]).kept).toEqual([
      "HP301",
      "HP021",
    ]);
    expect(apply("[{ rule: HP301, reason: x }]", []).kept).toEqual(["HP022"]);
  });
});
