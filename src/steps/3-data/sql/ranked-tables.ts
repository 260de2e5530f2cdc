/** A task that ranks as tables that any engine can read, and what its features may ask of them. */

import { type Column, createTable, type Table } from "../../../core/table.ts";
import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import { entityTables } from "../features/query-features.ts";
import { rankedStream } from "../features/ranked-stream.ts";
import { type Preferences, settledPreferences } from "../preferences.ts";
import { EVENT_KINDS, type RankedTask } from "../ranked-task.ts";
import { splitOptions, type WrittenPeriods } from "../split/written-periods.ts";
import { EVENTS, keyColumn, MOMENT } from "./feature-tables.ts";
import { EVENT, type RankedMeasure, type RankedQuery } from "./ranked-script.ts";
import { HAPPENED } from "./ranked-split-query.ts";

/** What a note that ranks declares of its data. Plain data. */
export interface RankedDeclarations {
  readonly declarations: readonly FeatureDeclaration[];
  readonly preferences: Preferences;
  readonly split: WrittenPeriods;
  readonly folds: number;
  /** How many requests of each set a run draws; absent where it asks all. */
  readonly asked?: number;
}

/** Events in their order, and lists and facts of each entity, by name. What is missing is NaN here and NULL in SQL. */
export function rankedTables(task: RankedTask): ReadonlyMap<string, Table> {
  const { events, words } = task;
  const columns: Record<string, Column> = {
    [EVENT]: Int32Array.from({ length: events.count }, (_, row) => row),
    [MOMENT]: events.time,
    [HAPPENED]: events.happened ?? events.time,
    [keyColumn(words.unit)]: events.unit,
    [keyColumn(words.item)]: events.item,
    kind: Int32Array.from(events.kind),
    value: events.value,
  };
  return new Map([[EVENTS, createTable(columns)], ...entityTables(rankedStream(task))]);
}

/** What is asked of such tables; `rows` is the query that gives those of a table, by its name. */
export function rankedTaskQuery(
  task: RankedTask,
  { declarations, preferences, split, folds, asked }: RankedDeclarations,
  rows: (table: string) => string,
): RankedQuery {
  const { events, items, attributes, words } = task;
  const kinds = events.kinds ?? EVENT_KINDS;
  const stream = rankedStream(task);
  return {
    source: rows(EVENTS),
    entityTables: new Map([...entityTables(stream).keys()].map((name) => [name, rows(name)])),
    unit: words.unit,
    item: words.item,
    groups: [...items.groups.keys()],
    attributes: new Map([
      [words.unit, attributes],
      [words.item, items.attributes],
    ]),
    kinds,
    measures: [...stream.measures].map(([name, { values, per }]): RankedMeasure => {
      const code = kinds.indexOf(name);
      const verdict = name === "positive" ? 1 : -1;
      return {
        name,
        condition: code < 0 ? `s.judged = ${verdict}` : `s.kind = ${code}`,
        hasUnits: values !== undefined,
        ...(per !== undefined && { per }),
      };
    }),
    preferences: settledPreferences(events, kinds, preferences),
    split: splitOptions(split),
    folds,
    ...(asked !== undefined && { asked }),
    declarations,
  };
}
