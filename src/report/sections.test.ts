import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../test/drawn-run.ts";
import { reportSections } from "./sections.ts";
import { betterThanBaseline } from "./summary/better-than-baseline.ts";
import { summarizeBy } from "./summary/summarize.ts";

function tablesOf(figures: readonly ReturnType<typeof figure>[]) {
  const measured = { ...runOf(USUAL_RUN), figures: [...figures] };
  const record = { ...measured, summary: summarizeBy([betterThanBaseline])(measured).summary };
  const tables = reportSections(record, []).find(({ step }) => step === 3)?.tables ?? [];
  return new Map(tables.map((table) => [table.title, table]));
}

describe("the figures of a step", () => {
  const of = { step: 3, value: 0.5 } as const;
  const tables = tablesOf([
    figure({ ...of, name: "rows", subject: "data", value: 12 }),
    figure({ ...of, name: "missing", subject: "age", value: 0.25 }),
    figure({ ...of, name: "missing", subject: "city", value: 0.75 }),
    figure({ ...of, name: "missing", subject: "city", slice: "new members" }),
    figure({ ...of, name: "missing", subject: "city", against: "age" }),
  ]);

  it("stand in a list where they are of one subject, and side by side where they are of several", () => {
    expect([...tables.keys()]).toEqual(["Figures", "Side by side", "Paired differences", "By slice"]);
    expect(tables.get("Figures")?.rows.map((row) => row.join(" "))).toEqual([expect.stringMatching(/rows.*12/u)]);
    const beside = tables.get("Side by side");
    expect(beside?.header).toEqual(["subject", "missing"]);
    expect(beside?.rows.map(([subject]) => subject)).toEqual(["age", "city"]);
    expect(beside?.rows.map(([, value]) => value)).toEqual([
      expect.stringContaining("0.25"),
      expect.stringContaining("0.75"),
    ]);
  });

  it("stand apart where they are differences, and where they are of a slice", () => {
    expect(tables.get("Paired differences")?.rows).toHaveLength(1);
    expect(tables.get("By slice")?.rows.map((row) => row.slice(0, 2))).toEqual([["new members", "city"]]);
  });
});
