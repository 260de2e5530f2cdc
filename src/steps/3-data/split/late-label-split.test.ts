import { describe, expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import { DAY } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import { type ScoredTask, unitOf } from "../scored-task.ts";
import { lateLabelRound } from "./late-label-split.ts";

/** One payment a line: day, card, fraud. Cards leave once a fraud of theirs is known. */
function payments(lines: readonly (readonly [number, number, 0 | 1])[]): ScoredTask {
  return plantScored(
    lines.map(([day, unit, label]) => ({ day, unit, label })),
    { leaves: "cards known to be compromised left out" },
  );
}

describe("a round with late labels", () => {
  const lines = payments([
    [0, 1, 1],
    [1, 2, 0],
    [2, 3, 1],
    [3, 4, 1],
    [5, 1, 0],
    [5, 2, 0],
    [5, 3, 0],
    [6, 3, 0],
    [6, 4, 0],
    [7, 4, 0],
  ]);
  const round = lateLabelRound(lines, 5, { train: 2, delay: 3, test: 2 });

  it("trains on the days before the wait alone", () => {
    expect([round.trainFrom, round.trainUntil]).toEqual([0, 2]);
  });

  it("leaves out a card whose fraud is older than the delay on the judged day, and no other", () => {
    // Card 1 was caught in training; the fraud of card 3 on day 2 is known on day 6, that of card 4 on day 3 only on day 7.
    expect([...round.test].map((row) => [lines.time[row], unitOf(lines).rows[row]])).toEqual([
      [5 * DAY + 60, 2],
      [5 * DAY + 60, 3],
      [6 * DAY + 60, 4],
    ]);
  });

  it("is refused where it does not fit into the data", () => {
    expect(() => lateLabelRound(lines, 4, { train: 2, delay: 3, test: 2 })).toThrow(FailureError);
    expect(() => lateLabelRound(lines, 30, { train: 2, delay: 3, test: 2 })).toThrow(FailureError);
  });
});
