import { expect, it } from "vitest";
import { describeLoadTaken } from "./load-taken.ts";

const load = (bytes: readonly [number, number], seconds: readonly [number, number]) => ({
  rows: 1e6,
  counted: true,
  bytes: { said: bytes[0], taken: bytes[1] },
  seconds: { said: seconds[0], taken: seconds[1] },
});

it("says memory and time that were more than one and a half times what was said, or less by as much", () => {
  expect(describeLoadTaken(load([2e9, 3.1e9], [100, 140]))).toBe(
    "other than was said before it began: 3.1 GB of memory, where about 2 GB was said (1.6 times as much)",
  );
  expect(describeLoadTaken(load([2e9, 1.2e9], [100, 30]))).toBe(
    "other than was said before it began: 1.2 GB of memory, where about 2 GB was said (1.7 times less); 30 s of time of one core, where about 100 s was said (3.3 times less)",
  );
});

it("says nothing within that factor, and nothing of what was no matter of planning", () => {
  expect(describeLoadTaken(load([2e9, 3e9], [100, 150]))).toBeUndefined();
  expect(describeLoadTaken(load([3e9, 2e9], [150, 100]))).toBeUndefined();
  expect(describeLoadTaken(load([2e8, 9e8], [2, 59]))).toBeUndefined();
  expect(describeLoadTaken(load([2e8, 9e8], [2, 61]))).toContain("61 s of time of one core");
});

it("says nothing of memory where the process had held more before", () => {
  const { bytes: _, ...rest } = load([2e9, 9e9], [100, 140]);
  expect(describeLoadTaken(rest)).toBeUndefined();
});
