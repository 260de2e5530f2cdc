import { describe, expect, it } from "vitest";
import { defineEstimate } from "./define.ts";
import { fillSheets } from "./fill-sheets.ts";
import type { FilledSheet, SheetCase, SheetInput } from "./sheet.ts";

const cost = defineEstimate({
  name: "test-cost",
  step: 6,
  summary: "s",
  inputs: {
    servers: { kind: "number", about: "servers" },
    price: { kind: "number", about: "the price", default: "10" },
    rest: { kind: "number", about: "the rest", default: "0" },
  },
  formula: "machines = servers * price\nbeside = rest * 1\nall = machines + beside",
  answer: "all",
  source: "arithmetic",
});
const fact = (value: number | undefined, key = "6.servers"): SheetInput => ({
  from: "fact",
  key,
  value,
  text: String(value),
  example: "3",
});
const of = (line: string): SheetInput => ({ from: "result", of: line });
const assumed: SheetInput = { from: "assumption", text: "7", why: "nobody said" };

/** Sheets of one case each, in the order given. */
function filled(...cases: readonly (Partial<SheetCase> & { readonly name?: string })[]): readonly FilledSheet[] {
  const sheets = cases.map(({ name = "cost", ...one }) => ({
    name,
    title: `the ${name}`,
    step: 6 as const,
    cases: (): SheetCase[] => [{ subject: "", estimate: cost, inputs: { servers: fact(3) }, ...one }],
  }));
  return fillSheets(sheets, undefined);
}

describe("a filled sheet", () => {
  it("has the lines of its estimate from facts, with what nobody stated as assumptions", () => {
    const [sheet] = filled({});
    expect(sheet.answer).toMatchObject({ name: "all", value: 30 });
    expect(sheet.lines.map(({ name, value }) => [name, value])).toEqual([
      ["machines", 30],
      ["beside", 0],
      ["all", 30],
    ]);
    expect(sheet.assumptions).toEqual([
      { input: "the price", text: "10", why: "the formula's default" },
      { input: "the rest", text: "0", why: "the formula's default" },
    ]);
    const [other] = filled({ inputs: { servers: assumed, price: fact(2, "6.price") }, shows: ["machines"] });
    expect(other.answer?.value).toBe(14);
    expect(other.assumptions).toEqual([{ input: "servers", text: "7", why: "nobody said" }]);
  });

  it("takes of several sources the first that is there", () => {
    const answer = (...servers: readonly SheetInput[]) => filled({ inputs: { servers } })[0].answer?.value;
    expect(answer(fact(undefined), fact(4), assumed)).toBe(40);
    expect(answer(fact(undefined), assumed)).toBe(70);
  });

  it("lists what to write where nothing is there, the last of several sources and each key once", () => {
    const [sheet] = filled({
      inputs: { servers: [fact(undefined, "6.a"), fact(undefined, "6.b")], price: fact(undefined, "6.b") },
    });
    expect(sheet.missing).toEqual([{ key: "6.b", example: "3", about: "servers" }]);
    expect([sheet.lines, sheet.answer, sheet.failure]).toEqual([[], undefined, undefined]);
  });

  it("takes lines of earlier sheets, by the sheet or by its case, and hands on what those are missing", () => {
    const later = { name: "later", inputs: { servers: of("cost.machines") } };
    expect(filled({}, later)[1].answer?.value).toBe(300);
    expect(
      filled({ subject: "index" }, { ...later, inputs: { servers: of("cost.index.beside") } })[1].answer?.value,
    ).toBe(0);
    expect(filled({ inputs: { servers: fact(undefined) } }, later)[1].missing.map(({ key }) => key)).toEqual([
      "6.servers",
    ]);
    const twice = filled({ subject: "a" }, { subject: "b", inputs: { servers: fact(5) } }, later);
    expect(twice[2].answer?.value).toBe(300);
    expect(
      filled(
        { subject: "a" },
        { subject: "b", inputs: { servers: fact(5) } },
        { ...later, inputs: { servers: of("cost.b.all") } },
      )[2].answer?.value,
    ).toBe(500);
  });

  it("breaks a limit only beyond it", () => {
    const limit = (atMost: number) => ({ line: "all", atMost, holds: "fits", broken: "does not" });
    const [sheet] = filled({ limits: [limit(30), limit(29.9)] });
    expect(sheet.limits.map(({ value, isBroken }) => [value, isBroken])).toEqual([
      [30, false],
      [30, true],
    ]);
  });

  it("names the part that dominates with its share of the sum, the first of two that are alike, and none of nothing", () => {
    const parts = { machines: "the machines", beside: "what is beside" };
    const dominant = (servers: number, rest: number) =>
      filled({ parts, inputs: { servers: fact(servers), rest: fact(rest, "6.rest") } })[0].dominant;
    expect(dominant(3, 10)).toBe("the machines: 30, 75% of the sum");
    expect(dominant(1, 30)).toBe("what is beside: 30, 75% of the sum");
    expect(dominant(1, 10)).toBe("the machines: 10, 50% of the sum");
    expect(dominant(0, 0)).toBeUndefined();
    expect(filled({})[0].dominant).toBeUndefined();
    expect(filled({ parts, largest: "the largest" })[0].dominant).toBe("the largest");
  });

  it("says which fact makes it fail", () => {
    const refused = defineEstimate({ ...cost, checks: [{ holds: "servers > 0", otherwise: "no servers" }] });
    const [sheet] = filled({ estimate: refused, inputs: { servers: fact(-1) } });
    expect(sheet.failure?.where).toBe("6.servers");
    expect([sheet.answer, sheet.missing]).toEqual([undefined, []]);
  });
});
