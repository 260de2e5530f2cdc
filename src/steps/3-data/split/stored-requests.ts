/** Requests and cuts as a split leaves them for later stages: any kind's split that stores these is followed by the same stages. */

import type { Column } from "../../../core/table.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import type { StageResult } from "../../../system/stage.ts";
import type { Lists, SharedLists } from "../row-lists.ts";
import { storedFloat64, storedInt32, storedUint8 } from "../stored-columns.ts";

/** Requests as later stages read them: one row per request of a set. */
export interface StoredRequests {
  readonly count: number;
  /** Who asks. */
  readonly unit: Int32Array;
  /** Seconds: nothing at or after this moment may be used to answer. */
  readonly moment: Float64Array;
  /** Rows of the unit's own events strictly before the moment, ascending; impressions are not among them. Sets of requests share their rows. */
  readonly history: SharedLists;
  /** Items to be found, each once, ascending. Items in the history are not among them: they are not offered again. */
  readonly relevant: Lists;
  /** How relevant each of `relevant.items` is, above 0. Absent where all are alike. */
  readonly grades?: Float64Array;
  /** 1 where the unit had any event before the cut. */
  readonly seenBefore: Uint8Array;
}

/** Requests of one kind: models that answer them have learned from events from `Cuts.trainStart` on and before `cut` only. */
export type RequestSetPlan = {
  /** `test`, `test-cold`, `validation`, `validation-cold`, or `fold-2@50` for a fold with half of the events folded in. */
  readonly name: string;
  /** Seconds since 1970: the first request less the gap that the note leaves for labels to arrive. */
  readonly cut: number;
};

export interface Cuts {
  /** Models learn from no event that happened earlier; minus infinity where the note bounds training by nothing. */
  readonly trainStart: number;
  readonly validationStart: number;
  readonly testStart: number;
  readonly sets: readonly RequestSetPlan[];
}

/** Rows that the histories of several sets are stretches of. */
const SHARED_ROWS = "history.rows";

/** Sets of requests by name, as columns of the split's result. Rows that sets share are stored once. */
export function requestsToStored(sets: Readonly<Record<string, StoredRequests>>): Readonly<Record<string, Column>> {
  const arrays: Record<string, Column> = {};
  for (const [name, { unit, moment, seenBefore, history, relevant, grades }] of Object.entries(sets)) {
    arrays[SHARED_ROWS] ??= history.items;
    Object.assign(arrays, {
      [`${name}.unit`]: unit,
      [`${name}.moment`]: moment,
      [`${name}.seen-before`]: seenBefore,
      [`${name}.history.from`]: history.from,
      [`${name}.history.until`]: history.until,
      ...(arrays[SHARED_ROWS] === history.items ? {} : { [`${name}.${SHARED_ROWS}`]: history.items }),
      [`${name}.relevant.offsets`]: relevant.offsets,
      [`${name}.relevant.items`]: relevant.items,
      ...(grades === undefined ? {} : { [`${name}.relevant.grades`]: grades }),
    });
  }
  return arrays;
}

/** Throws where the split has no such set. */
export function requestsFromStored({ arrays }: Pick<StageResult, "arrays">, name: string): StoredRequests {
  const unit = storedInt32(arrays, `${name}.unit`);
  const grades = `${name}.relevant.grades`;
  const own = `${name}.${SHARED_ROWS}`;
  return {
    count: unit.length,
    unit,
    moment: storedFloat64(arrays, `${name}.moment`),
    seenBefore: storedUint8(arrays, `${name}.seen-before`),
    history: {
      from: storedInt32(arrays, `${name}.history.from`),
      until: storedInt32(arrays, `${name}.history.until`),
      items: storedInt32(arrays, own in arrays ? own : SHARED_ROWS),
    },
    relevant: {
      offsets: storedInt32(arrays, `${name}.relevant.offsets`),
      items: storedInt32(arrays, `${name}.relevant.items`),
    },
    ...(grades in arrays ? { grades: storedFloat64(arrays, grades) } : {}),
  };
}

/** The cuts as later stages read them. */
export function cutsFromStored({ json }: Pick<StageResult, "json">): Cuts {
  const sets = isJsonObject(json) && Array.isArray(json.sets) ? json.sets : [];
  const number = (value: unknown): number => {
    if (typeof value === "number") return value;
    throw new Error("the split has no cuts");
  };
  const trainStart = isJsonObject(json) ? json.trainStart : null;
  return {
    trainStart: typeof trainStart === "number" ? trainStart : Number.NEGATIVE_INFINITY,
    validationStart: number(isJsonObject(json) ? json.validationStart : null),
    testStart: number(isJsonObject(json) ? json.testStart : null),
    sets: sets.map((set) => ({ name: String(set.name), cut: number(set.cut) })),
  };
}
