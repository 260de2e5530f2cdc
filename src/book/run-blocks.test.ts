import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../test/drawn-run.ts";
import { betterThanBaseline } from "../report/summary/better-than-baseline.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import type { RunRecord } from "../system/run-record.ts";
import { stepDrawings } from "./run-blocks.ts";

const WEEK = 7 * 86_400;
const run = runOf(USUAL_RUN);
const line = (title: string, form = "lines") => ({
  form,
  title,
  caption: `How to read ${title}.`,
  xLabel: "week",
  yLabel: "events",
  points: [
    { x: 0, y: 10 },
    { x: 1, y: 20 },
  ],
});
const time = (name: string, weeks: number, subject = "split") =>
  figure({ step: 3, name, subject, value: weeks * WEEK, unit: "time" });
const cuts = [
  time("data from", 0, "data"),
  ...["train", "validation", "test"].flatMap((name, i) => [time(`${name} from`, i), time(`${name} until`, i + 1)]),
];
const record: RunRecord = {
  ...run,
  figures: [...run.figures, ...cuts],
  charts: [
    { step: 3, chart: line("Events by week") },
    { step: 4, chart: line("Looked at") },
    { step: 4, chart: line("Bars", "bars") },
    { step: 4, chart: { form: "lines", title: "Old", caption: "without points" } },
  ],
  summary: summarizeBy([betterThanBaseline])(run).summary,
};
const figuresOf = (step: 3 | 4, isPocket = false) =>
  stepDrawings({ record, id: "latest", isCurrent: true }, step, isPocket).flatMap((block) =>
    block.kind === "figure" ? [block] : [],
  );

describe("the drawings of a run in the book", () => {
  it("has the weeks of step 3 with what each is used for, as the report has", () => {
    const [weeks, ...others] = figuresOf(3);
    expect(others).toEqual([]);
    expect(weeks.caption).toBe("Events by week, and what each week may be used for");
    expect(weeks.says).toContain("validation 8 Jan 1970 to 15 Jan 1970");
    const bars = [
      ...weeks.svg.matchAll(/<rect x="(?<x>[\d.]+)"[^>]* height="(?<height>[\d.]+)" fill="(?<fill>[^"]+)"/gu),
    ];
    expect(bars.map(({ groups }) => groups?.fill)).toEqual(["#c9d5e6", "#5c82b6"]);
    expect(Number(bars[1].groups?.height)).toBeCloseTo(2 * Number(bars[0].groups?.height), 0);
    expect(Number(bars[1].groups?.x)).toBeCloseTo(640 / 3, 0);
  });

  it("has how many rows each part holds where the data has no time", () => {
    const rows = ["train", "test"].map((name, i) =>
      figure({ step: 3, name: `${name} photos`, subject: "split", value: 300 / (i + 1), unit: "photos" }),
    );
    const without: RunRecord = { ...record, figures: [...run.figures, ...rows], charts: [] };
    const [drawn] = stepDrawings({ record: without, id: "latest", isCurrent: true }, 3, false);
    expect(drawn).toMatchObject({ kind: "figure", caption: "Photos of each part, and what it may be used for" });
  });

  it("draws lines of other steps with how to read them, and leaves bars to the plots and what has no points", () => {
    const drawn = figuresOf(4).filter(({ caption }) => ["Looked at", "Bars", "Old"].includes(caption));
    expect(drawn.map(({ caption }) => caption)).toEqual(["Looked at"]);
    expect(drawn[0].says).toBe("Looked at, events over week: 10 at 0, 20 at 1");
    const blocks = stepDrawings({ record, id: "latest", isCurrent: true }, 4, false);
    expect(JSON.stringify(blocks)).toContain("How to read Looked at.");
  });

  it("is as narrow as a phone in a pocket edition", () => {
    for (const { svg } of [...figuresOf(3, true), ...figuresOf(4, true)])
      expect(Number(/viewBox="0 0 (?<width>\d+)/u.exec(svg)?.groups?.width)).toBe(340);
  });
});
