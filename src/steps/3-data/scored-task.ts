/** The form of a task that scores: cases in the order of time, each with a label that arrives later, if it arrives. */

import type { Column, NumericColumn } from "../../core/table.ts";
import { isJsonObject, plainJson } from "../../system/canonical-json.ts";
import type { Json, StageResult } from "../../system/stage.ts";
import { numericOnly, storedFloat64, storedInt32, storedUint8, storedWithPrefix } from "./stored-columns.ts";

/** How a report speaks of the task; each word in the singular and the plural. */
export type ScoredWords = {
  /** What is judged: `payment`, `payments`. */
  readonly case: string;
  readonly cases: string;
  /** A case as data and features name it: `transaction`, `transactions`. */
  readonly row: string;
  readonly rows: string;
  /** Who is drawn as a whole for intervals, because its cases go together: `card`, `cards`. */
  readonly unit: string;
  readonly units: string;
  /** What the label is called in data, and cases whose label is 1 where they are counted: `fraud`, `frauds`. */
  readonly positive: string;
  readonly positives: string;
  /** What such a case is, after "is" or "of them": `fraud`; a label of any name is put in ticks. */
  readonly labelled: string;
  /** All other cases, after "the": `honest ones`. */
  readonly others: string;
  /** The same in full: `honest payments`. */
  readonly negatives: string;
  /** Who is served by one model or the other in a rollout: `customer`, `customers`. */
  readonly party: string;
  readonly parties: string;
  /** Doing nothing about any case, as a subject of figures: `approving everything`. */
  readonly idle: string;
  /** What is said of the time until a label is known, after a colon and without a full stop. */
  readonly meanwhile: string;
};

export interface ScoredTask {
  /** Seconds since 1970, UTC, ascending: when the case came in and was scored. */
  readonly time: Float64Array;
  /** 1 where the case is a positive one. May be read only once it is known. */
  readonly label: Uint8Array;
  /**
   * Seconds since 1970 at which each label is known, `Infinity` for one that never arrives. Absent where every label takes the time that
   * the note's split waits.
   */
  readonly knownAt?: Float64Array;
  /**
   * Who and what cases are about, by the name that features use: keys are whole numbers below `count`. The first is the unit. `names` say what
   * the data calls each key; absent where the data itself has numbers, and empty where it has more names than are kept.
   */
  readonly entities: ReadonlyMap<
    string,
    { readonly count: number; readonly rows: Int32Array; readonly names?: readonly string[] }
  >;
  /** What is known of a case at its own moment, one number per case. */
  readonly values: ReadonlyMap<string, NumericColumn>;
  /** Those of `values` that add up over cases, as an amount does. */
  readonly summed: readonly string[];
  /** The one of `values` that a positive case costs where it is let through; absent where there is no money in it. */
  readonly stake?: string;
  /**
   * How a report says that a unit leaves once one of its positive cases is known, as a card is blocked: `cards known to be compromised left
   * out`. Empty where units stay, as people who clicked do.
   */
  readonly leaves: string;
  /**
   * Present where the data has no time and rows were dealt instead: `time` then says only in which part a row is, over a hundred days from 1970
   * on, and means no moment. Nothing of time may be said of such a task.
   */
  readonly dealt?: Dealt;
  readonly words: ScoredWords;
}

/** Hundredths of the rows, dealt at random or by whole groups: the last are the test, those before it what settings are chosen on. */
export type Dealt = {
  /** The column whose values stay whole; null where rows are dealt one by one. */
  readonly group: string | null;
  readonly validation: number;
  readonly test: number;
};

/** The entity whose cases go together. Throws for a task without entities. */
export function unitOf({ entities }: Pick<ScoredTask, "entities">): {
  readonly count: number;
  readonly rows: Int32Array;
} {
  for (const unit of entities.values()) return unit;
  throw new Error("a task that scores has at least one entity, its unit");
}

/** What each case puts at stake; null where there is no money in the task. */
export function stakesOf({ stake, values }: Pick<ScoredTask, "stake" | "values">): NumericColumn | null {
  return stake === undefined ? null : (values.get(stake) ?? null);
}

/** Labels of some rows. */
export function labelsOf({ label }: Pick<ScoredTask, "label">, rows: ArrayLike<number>): Uint8Array {
  const labels = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) labels[at] = label[rows[at]];
  return labels;
}

const ENTITY = "entity.";
const NAMES = "names.";
const VALUE = "value.";

/** The task as a stage result stores it; `scoredTaskFromStored` is the inverse. */
export function scoredTaskToStored({ time, label, knownAt, entities, values, ...rest }: ScoredTask): {
  readonly json: { readonly [key: string]: Json };
  readonly arrays: Readonly<Record<string, Column>>;
} {
  const arrays: Record<string, Column> = { time, label };
  if (knownAt !== undefined) arrays.knownAt = knownAt;
  for (const [name, { rows, names }] of entities) {
    arrays[`${ENTITY}${name}`] = rows;
    if (names !== undefined) arrays[`${NAMES}${name}`] = names;
  }
  for (const [name, column] of values) arrays[`${VALUE}${name}`] = column;
  const counted = [...entities].map(([name, { count }]) => ({ name, count }));
  return { json: { scored: plainJson({ ...rest, entities: counted }) }, arrays };
}

/** Throws where a stage stored no such task: that is a fault of the plan, or of the store. */
export function scoredTaskFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): ScoredTask {
  const form = isJsonObject(json) ? json.scored : null;
  if (!isJsonObject(form)) throw new Error("the stage stored no task that scores");
  const entities = (Array.isArray(form.entities) ? form.entities : []).map((one: Json) => {
    const { name, count } = isJsonObject(one) ? one : { name: "", count: 0 };
    const names = arrays[`${NAMES}${String(name)}`];
    return [
      String(name),
      {
        count: Number(count),
        rows: storedInt32(arrays, `${ENTITY}${String(name)}`),
        ...(names === undefined || ArrayBuffer.isView(names) ? {} : { names }),
      },
    ] as const;
  });
  return {
    time: storedFloat64(arrays, "time"),
    label: storedUint8(arrays, "label"),
    ...("knownAt" in arrays ? { knownAt: storedFloat64(arrays, "knownAt") } : {}),
    entities: new Map(entities),
    values: numericOnly(storedWithPrefix(arrays, VALUE)),
    summed: (Array.isArray(form.summed) ? form.summed : []).map(String),
    ...(typeof form.stake === "string" ? { stake: form.stake } : {}),
    leaves: typeof form.leaves === "string" ? form.leaves : "",
    ...dealtFrom(form.dealt),
    words: wordsFrom(form.words),
  };
}

function dealtFrom(dealt: Json | undefined): Pick<ScoredTask, "dealt"> {
  if (dealt === undefined || !isJsonObject(dealt)) return {};
  const { group, validation, test } = dealt;
  return {
    dealt: {
      group: typeof group === "string" ? group : null,
      validation: Number(validation),
      test: Number(test),
    },
  };
}

function wordsFrom(words: Json): ScoredWords {
  const text = (name: string): string => (isJsonObject(words) ? String(words[name]) : "");
  return {
    case: text("case"),
    cases: text("cases"),
    row: text("row"),
    rows: text("rows"),
    unit: text("unit"),
    units: text("units"),
    positive: text("positive"),
    positives: text("positives"),
    labelled: text("labelled"),
    others: text("others"),
    negatives: text("negatives"),
    party: text("party"),
    parties: text("parties"),
    idle: text("idle"),
    meanwhile: text("meanwhile"),
  };
}
