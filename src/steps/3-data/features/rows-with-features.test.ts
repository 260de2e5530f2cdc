import { expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import type { Round } from "../split/late-label-split.ts";
import { rowsWithFeatures, rowsWithout } from "./rows-with-features.ts";

const task = plantScored(Array.from({ length: 10 }, (_, day) => ({ day, unit: 0, label: 0 as const })));
const { cases, case: one } = task.words;
const round = (trainFrom: number, ...test: readonly number[]): Round => ({
  testDay: test[0],
  trainFrom,
  trainUntil: trainFrom + 1,
  test: Int32Array.from(test),
});

it("features reach from the first round's first row to the last row that is judged", () => {
  expect(rowsWithFeatures({ earlier: [], final: round(3, 5, 6) })).toEqual({ from: 3, until: 7 });
  expect(rowsWithFeatures({ earlier: [round(1, 3), round(2, 4)], final: round(3, 5, 7) })).toEqual({
    from: 1,
    until: 8,
  });
});

it("every row without features is counted with the reason why it needs none", () => {
  expect(rowsWithout(task, { from: 3, until: 8 })).toBe(
    ` The other ${cases} need none: 5, 3 before the first round and 2 after the last that is judged.`,
  );
  expect(rowsWithout(task, { from: 0, until: 8 })).toBe(
    ` The other ${cases} need none: 2 after the last that is judged.`,
  );
  expect(rowsWithout(task, { from: 1, until: 10 })).toBe(` The other ${one} needs none: 1 before the first round.`);
  expect(rowsWithout(task, { from: 0, until: 10 })).toBe("");
});
