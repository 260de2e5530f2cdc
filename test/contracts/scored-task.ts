/** What every scored task must hold, whatever kind made it: columns that fit together, that survive being stored, and rounds that read no label before it is known. */

import { describe, expect, it } from "vitest";
import { DAY, dayNumber } from "../../src/core/day.ts";
import { FailureError } from "../../src/core/outcome.ts";
import { caseRequests, scoredStream } from "../../src/steps/3-data/features/scored-stream.ts";
import {
  type ScoredTask,
  scoredTaskFromStored,
  scoredTaskToStored,
  stakesOf,
  unitOf,
} from "../../src/steps/3-data/scored-task.ts";
import { lateLabelRound, type Round, trainingRows } from "../../src/steps/3-data/split/late-label-split.ts";

export function describeScoredTask(name: string, open: () => ScoredTask): void {
  describe(`${name} as a scored task`, () => {
    it("has columns of one length, in the order of time, with keys of entities there are", () => {
      const task = open();
      const rows = task.time.length;
      expect(task.label).toHaveLength(rows);
      if (task.knownAt !== undefined) expect(task.knownAt).toHaveLength(rows);
      expect(task.time.every((time, row) => row === 0 || time >= task.time[row - 1])).toBe(true);
      expect(task.label.every((label) => label === 0 || label === 1)).toBe(true);
      for (const { count, rows: keys } of task.entities.values()) {
        expect(keys).toHaveLength(rows);
        expect(keys.every((key) => key >= 0 && key < count)).toBe(true);
      }
      for (const column of task.values.values()) expect(column).toHaveLength(rows);
      for (const summed of task.summed) expect(task.values.has(summed)).toBe(true);
      expect(stakesOf(task) === null).toBe(task.stake === undefined);
      expect(unitOf(task).rows).toHaveLength(rows);
    });

    it("is the same after it was stored", () => {
      const task = open();
      const { json, arrays } = scoredTaskToStored(task);
      expect(scoredTaskFromStored({ json: JSON.parse(JSON.stringify(json)), arrays })).toEqual(task);
    });

    it("has words for all that reports name", () => {
      for (const word of Object.values(open().words)) expect(word).not.toBe("");
    });

    it("is laid out in rounds that learn from known labels alone and judge what has one, or in none", () => {
      const task = open();
      const { time, knownAt } = task;
      const first = time.length === 0 ? 0 : dayNumber(time[0]);
      const periods = { train: 2, delay: 1, test: 2 };
      const round = tryRound(() => lateLabelRound(task, first + 3, periods));
      if (round === undefined) return;
      for (const row of trainingRows(task, round)) {
        expect(time[row]).toBeLessThan((round.testDay - periods.delay) * DAY);
        if (knownAt !== undefined) expect(knownAt[row]).toBeLessThanOrEqual(round.testDay * DAY);
      }
      for (const row of round.test) {
        expect(time[row]).toBeGreaterThanOrEqual(round.testDay * DAY);
        if (knownAt !== undefined) expect(knownAt[row]).toBeLessThan(Number.POSITIVE_INFINITY);
      }
    });

    it("is a stream with the case itself as an entity, and its label as a measure", () => {
      const task = open();
      const { entities, measures } = scoredStream(task);
      expect([...entities.keys()]).toEqual([...task.entities.keys(), task.words.row]);
      expect(measures.get(task.words.positive)?.isBinary).toBe(true);
      expect(caseRequests(task, new Int32Array(0)).time).toHaveLength(0);
    });
  });
}

function tryRound(lay: () => Round): Round | undefined {
  try {
    return lay();
  } catch (error) {
    expect(error).toBeInstanceOf(FailureError);
    return undefined;
  }
}
