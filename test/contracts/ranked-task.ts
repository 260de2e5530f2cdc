/** What every ranked task must hold, whatever kind made it: columns that fit together, that survive being stored, and that a split and features can read. */

import { describe, expect, it } from "vitest";
import { pairRequests, rankedStream } from "../../src/steps/3-data/features/ranked-stream.ts";
import {
  EVENT_KINDS,
  type RankedTask,
  rankedTaskFromStored,
  rankedTaskToStored,
} from "../../src/steps/3-data/ranked-task.ts";
import { listAt, sharedListAt } from "../../src/steps/3-data/row-lists.ts";
import { createRequests } from "../../src/steps/3-data/split/request-time.ts";

export function describeRankedTask(name: string, open: () => RankedTask): void {
  describe(`${name} as a ranked task`, () => {
    it("has columns of one length, in the order of time, that point at units and items there are", () => {
      const { events, units, items } = open();
      const columns = [
        events.unit,
        events.item,
        events.time,
        events.kind,
        events.value,
        events.position ?? events.unit,
      ];
      for (const column of columns) expect(column).toHaveLength(events.count);
      expect(events.time.every((time, row) => row === 0 || time >= events.time[row - 1])).toBe(true);
      expect(events.unit.every((unit) => unit >= 0 && unit < units)).toBe(true);
      expect(events.item.every((item) => item >= 0 && item < items.count)).toBe(true);
      expect(events.kind.every((kind) => kind < EVENT_KINDS.length)).toBe(true);
      expect(items.vectors.values).toHaveLength(items.count * items.vectors.width);
      for (const column of items.attributes.values()) expect(column).toHaveLength(items.count);
      for (const { count, lists } of items.groups.values()) {
        expect(lists.offsets).toHaveLength(items.count + 1);
        expect(lists.items.every((group) => group < count)).toBe(true);
      }
    });

    it("is the same after it was stored", () => {
      const task = open();
      const { json, arrays } = rankedTaskToStored(task);
      expect(rankedTaskFromStored({ json: JSON.parse(JSON.stringify(json)), arrays })).toEqual(task);
    });

    it("has words for all that reports name", () => {
      for (const word of Object.values(open().words)) expect(word).not.toBe("");
    });

    it("gives requests that know nothing of their own future", () => {
      const { events, units, items } = open();
      const from = events.count === 0 ? 0 : events.time[Math.floor(events.count / 2)];
      const requests = createRequests(events, units, { from });
      for (let i = 0; i < requests.count; i++) {
        for (const row of sharedListAt(requests.history, i)) expect(events.time[row]).toBeLessThan(requests.moment[i]);
        for (const item of listAt(requests.relevant, i)) expect(item).toBeLessThan(items.count);
      }
    });

    it("is a stream with the entities that its words name", () => {
      const task = open();
      const { entities } = rankedStream(task);
      for (const entity of [task.words.unit, task.words.item, ...task.items.groups.keys()])
        expect(entities.get(entity)?.rows).toHaveLength(task.events.count);
      const asked = pairRequests(Int32Array.of(), Int32Array.of(), Float64Array.of(), task);
      expect([...asked.entities.keys()]).toEqual([...entities.keys()]);
    });
  });
}
