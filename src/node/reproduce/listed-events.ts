/** Lines of a person and their items, oldest first, as a task that ranks. */

import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { kindCode, type RankedTask } from "../../steps/3-data/ranked-task.ts";
import type { DataCounts } from "./data-counts.ts";

/** What one line of a file says. */
export interface Listed {
  readonly person: string;
  readonly items: readonly number[];
}

/** Throws a `FailureError` at the first line that is not numbers with blanks between. */
export function readListed(text: string, file: string): readonly Listed[] {
  return text
    .split(/\r?\n/u)
    .map((line, at) => ({ line: line.trim(), at }))
    .filter(({ line }) => line !== "")
    .map(({ line, at }) => {
      const [person, ...items] = line.split(/\s+/u);
      const numbers = items.map(Number);
      if (numbers.every((item) => Number.isInteger(item) && item >= 0)) return { person, items: numbers };
      throw new FailureError({
        code: "broken-line",
        message: "a line holds a person and then items, all whole numbers",
        where: `${file}:${at + 1}`,
        fix: "take the file as its source publishes it",
      });
    });
}

/** As a file says it, with one blank between. */
export function lineOf({ person, items }: Listed): string {
  return [person, ...items].join(" ");
}

/** People, items and events of lists, one a person, as tables of ranking count them. */
export function countsOf(lists: readonly (readonly number[])[]): DataCounts {
  return {
    people: lists.length,
    items: new Set(lists.flat()).size,
    events: lists.reduce((sum, list) => sum + list.length, 0),
  };
}

/** Lists by unit as a task; `time` of an event is its place in its list. Items are numbered anew by chance: the numbers of a file may speak of who chose what. */
export function taskOfLists(lists: readonly (readonly number[])[], random: Random): RankedTask {
  const occurring = [...new Set(lists.flat())].sort((a, b) => a - b);
  const items = occurring.length;
  const dealt = random.shuffle(Int32Array.from(occurring, (_, at) => at));
  const number = new Map(occurring.map((item, at) => [item, dealt[at]]));
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const unit = new Int32Array(count);
  const item = new Int32Array(count);
  const time = new Float64Array(count);
  let next = 0;
  for (let place = 0; place < longest; place++) {
    for (let person = 0; person < lists.length; person++) {
      if (place >= lists[person].length) continue;
      unit[next] = person;
      item[next] = number.get(lists[person][place]) ?? 0;
      time[next++] = place;
    }
  }
  return {
    events: {
      count,
      unit,
      item,
      time,
      kind: new Uint8Array(count).fill(kindCode("rating")),
      value: new Float32Array(count).fill(1),
    },
    units: lists.length,
    items: {
      count: items,
      vectors: { width: 1, values: new Float32Array(items) },
      groups: new Map(),
      attributes: new Map(),
    },
    attributes: new Map(),
    words: { unit: "person", units: "people", item: "item", items: "items", vectors: "nothing", since: "nothing" },
  };
}
