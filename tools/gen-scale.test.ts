import { join } from "node:path";
import { expect, it } from "vitest";
import { keepPoint, type LargePoint, largePoints, pointOf } from "../bench/large-run-points.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { generateScale, growthSentence, measuredText } from "./gen-scale.ts";

function point(events: number, cpu: number): LargePoint {
  const stages = { interactions: cpu / 10, "train-als": cpu / 2 };
  return { events, cpu, wall: cpu * 2, memory: 1.5, stages, date: "2026-11-30", machine: "2 cores, 23 GiB" };
}

it("says how far the time of an event is from being the same, whichever point is the slowest", () => {
  expect(growthSentence([point(2e6, 20), point(2e7, 190), point(2e8, 2200)])).toBe(
    "From 2,000,000 to 200,000,000 events one event takes between 9.5 and 11 µs of a processor, a factor of 1.16: within the 1.3 that this project allows itself. One of the largest log takes 1.1 times what one of the smallest does.",
  );
  expect(growthSentence([point(2e6, 30), point(2e8, 2000)])).toContain("a factor of 1.5: beyond the 1.3");
});

it("says that the largest log is not among the points, and that one point tells nothing of growth", () => {
  expect(growthSentence([point(2e6, 20), point(2e7, 200)])).toContain("200,000,000 events are not among the points.");
  expect(growthSentence([point(2e8, 20)])).toBe("One point, of 200,000,000 events: how it grows is not measured.");
});

it("gives each point a line with what its stages took", () => {
  const lines = measuredText([point(2e6, 20), point(2e8, 2000)]).split("\n");
  expect(lines[2]).toBe("| 2,000,000 | 20 s | 10 µs | 2 s | little | 10 s | little | 40 s | 1.5 GiB | 2026-11-30 |");
  expect(lines[3]).toContain("| 200,000,000 | 2,000 s | 10 µs | 200 s |");
  expect(lines[3]).toContain("| 67 min |");
});

it("keeps one point for each number of events, the newest, and large stages by their name", () => {
  const path = join(temporaryFolder(), "points.json");
  expect(largePoints(path)).toEqual([]);
  keepPoint(point(2e7, 200), path);
  keepPoint(point(2e6, 20), path);
  keepPoint(point(2e7, 180), path);
  expect(largePoints(path).map(({ events, cpu }) => [events, cpu])).toEqual([
    [2e6, 20],
    [2e7, 180],
  ]);
  const made = pointOf(
    100,
    [
      { stage: "interactions", wall: 3, cpu: 4.5678, peak: 2 },
      { stage: "goals", wall: 1, cpu: 0.01, peak: 1 },
    ],
    new Date("2026-11-30T20:00:00Z"),
  );
  expect(made).toMatchObject({ cpu: 4.58, wall: 4, memory: 2, date: "2026-11-30", stages: { interactions: 4.57 } });
});

it("draws the kept points as a picture of its own", () => {
  const [page, picture] = generateScale();
  expect(page.path).toBe("docs/scale.md");
  expect(picture.text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
  expect(picture.text).toContain("in proportion to the first");
});
