import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Design, parseDesign } from "../../steps/design.ts";
import { compareLoad } from "./compare-load.ts";
import type { LoadReading } from "./find-rate.ts";

const NOTE = join(import.meta.dirname, "..", "..", "..", "designs", "movie-recommendations.md");
const design = ((): Design => {
  const { design: read } = parseDesign(readFileSync(NOTE, "utf8"), "movies.md");
  if (read === undefined) throw new Error("the note is no design");
  return read;
})();
const reading = (rate: number, p99: number, parts: Partial<LoadReading> = {}): LoadReading => ({
  ...{ rate, p99, sent: 5000, shed: 0, failed: 0, degraded: 0, p50: 0.002, slowest: p99, lateness: 0 },
  ...parts,
});
const measured = {
  found: { held: reading(500, 0.08), broke: reading(550, Number.POSITIVE_INFINITY, { shed: 70 }), readings: [] },
  stages: [
    { stage: "candidates", mean: 0.001, p99: 0.005 },
    { stage: "re-ranking", mean: 0.0002, p99: 0.03 },
  ],
  request: { mean: 0.002 },
  cpu: 0.0015,
  processors: 2,
  busy: 1,
};
const figures = [{ step: 6, name: "latency p99", subject: "candidates", value: 0.004 }];

it("sets note, run and load side by side, with the reasons in numbers", () => {
  const { rows, reasons } = compareLoad(design, figures, measured);
  expect(rows.map(({ what, note, run, load }) => [what, note, run, load])).toEqual([
    ["candidates", "20 ms", "4 ms", "mean 1 ms, p99 <= 5 ms"],
    ["re-ranking", "5 ms", "-", "mean 200 µs, p99 <= 30 ms"],
    ["waiting, HTTP and the rest", "ranking 30 ms, network 20 ms", "-", "mean 800 µs"],
    ["whole request, p99", "100 ms", "-", "80 ms from when it should have left"],
    // 16 at once, 60 % busy, 15 ms each: 16 * 0.6 / 0.015.
    ["requests/s of one copy", "640 (16 at once, 60% busy, assumed)", "-", "500"],
  ]);
  expect(reasons).toEqual([
    "the note counts on 16 requests at once in a copy; one process answers one after the other, so its bound is 1 / CPU time: 666.7/s",
    "a request takes 1.5 ms of CPU; the note plans with 15 ms, 10 times as much",
    "the peak of 1,200/s needs 3 such copies, by this rate; the note has 4",
    "re-ranking passed its budget of 5 ms in more than one request of a hundred",
    "40% of a request's time in the service is waiting and HTTP, 75% of a processor is used at this rate",
    "at 550/s it broke: p99 without end, 70 shed, 0 failed of 5000",
    "loopback has no network: what the note grants it was not measured",
  ]);
});

it("says that a machine with others on it holds less, and that the generator was late", () => {
  const late = { ...measured, busy: 9, found: { ...measured.found, held: reading(500, 0.08, { lateness: 0.02 }) } };
  expect(compareLoad(design, figures, late).reasons.join("\n")).toMatch(
    /9 processes wanted the 2 processors[^\n]*\n.*up to 20 ms late/u,
  );
});

it("says that nothing held", () => {
  const none = { ...measured, found: { held: undefined, broke: reading(1, 2), readings: [] } };
  const { rows, reasons } = compareLoad(design, figures, none);
  expect(rows.at(-1)?.load).toBe("none held");
  expect(reasons.join()).not.toContain("such copies");
});
