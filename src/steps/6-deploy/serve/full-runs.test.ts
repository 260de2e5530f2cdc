import { expect, it } from "vitest";
import type { FullRun } from "./full-run.ts";
import { FullRuns } from "./full-runs.ts";

function run(first: number, last: number, bytes = 10): FullRun {
  return { first, last, bytes: new Uint8Array(bytes), bits: 8 * bytes, totals: new Float64Array(2) };
}

it("a run goes once all of it is before the horizon, and stays while an event is at it", () => {
  const runs = new FullRuns();
  const [early, late] = [run(1, 5), run(6, 9)];
  for (const one of [early, late]) runs.add(3, one);
  expect(runs.takeBefore(3, 5)).toBeUndefined();
  expect(runs.takeBefore(3, 6)).toBe(early);
  expect(runs.takeBefore(3, 6)).toBeUndefined();
  expect(runs.of(3)).toEqual([late]);
  expect(runs.takeBefore(3, 10)).toBe(late);
  expect([runs.has(3), runs.takeBefore(3, 10)]).toEqual([false, undefined]);
});

it("the bytes are those of the runs that are there", () => {
  const runs = new FullRuns();
  for (const list of [1, 2]) runs.add(list, run(1, 2));
  const two = runs.bytes;
  expect(two).toBeGreaterThan(20);
  runs.replace(1, 0, run(1, 2, 50));
  expect(runs.bytes).toBe(two + 40);
  runs.remove(1);
  expect(runs.bytes).toBe(two / 2);
  runs.takeBefore(2, 9);
  expect(runs.bytes).toBe(0);
});
