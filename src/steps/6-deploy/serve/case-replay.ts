/** Cases of the data told to a serving state as production would have met them: each at its moment, and labels in the order in which they were known. */

import type { ScoredTask } from "../../3-data/scored-task.ts";
import type { CaseState } from "./case-state.ts";

export interface CaseReplay {
  /** Goes on up to row `until`; `visit` is called with each row once the labels before it have arrived, and before it is taken. */
  advance(until: number, visit?: (row: number) => void): void;
  /** Lets the labels that were known before a moment arrive. */
  arrive(moment: number): void;
  /** Rows that were taken and whose labels have not arrived, in the order in which they will; empty where labels have no moments of their own. */
  waiting(): Int32Array;
}

export function openCaseReplay(state: CaseState, task: ScoredTask): CaseReplay {
  const { time, label, knownAt } = task;
  // Without moments of their own, labels are only used after their delay: told at once, they are still not seen early.
  const known = knownAt ?? time;
  const rows = Int32Array.from({ length: time.length }, (_, row) => row);
  const told =
    knownAt === undefined ? rows.filter((row) => label[row] === 1) : rows.sort((a, b) => known[a] - known[b] || a - b);
  let [next, labelled] = [0, 0];
  const arrive = (isDue: (row: number) => boolean): void => {
    for (; labelled < told.length && isDue(told[labelled]); labelled++) {
      const row = told[labelled];
      state.label(state.keptRow(row), label[row] === 1 ? 1 : 0, known[row]);
    }
  };
  return {
    advance(until, visit) {
      for (; next < until; next++) {
        if (knownAt !== undefined) arrive((row) => known[row] < time[next]);
        visit?.(next);
        state.takeRow(next);
        if (knownAt === undefined) arrive((row) => row <= next);
      }
    },
    arrive: (moment) => arrive((row) => row < next && known[row] < moment),
    waiting: () => (knownAt === undefined ? new Int32Array(0) : told.subarray(labelled).filter((row) => row < next)),
  };
}

/** Row `row` of the data as a caller would send it, without its id and time. */
export function requestOfRow(task: ScoredTask, entities: readonly string[], values: readonly string[], row: number) {
  const keys: Record<string, string | number | null> = {};
  for (const name of entities) {
    const { rows, names } = task.entities.get(name) ?? { rows: new Int32Array(0) };
    const key = rows[row] ?? -1;
    keys[name] = key < 0 ? null : (names?.[key] ?? key);
  }
  const stated: Record<string, number | null> = {};
  for (const name of values) {
    const value = task.values.get(name)?.[row];
    if (value !== undefined) stated[name] = Number.isNaN(value) ? null : value;
  }
  return { entities: keys, values: stated };
}
