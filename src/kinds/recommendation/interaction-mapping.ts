/** What a recommendation reads of its files, as the check of mappings takes it. */

import type { Preferences } from "../../steps/3-data/preferences.ts";
import { EVENT_KINDS } from "../../steps/3-data/ranked-task.ts";
import { DEFAULT_REPAIR_POLICY } from "../../steps/3-data/sources/repair-policy.ts";
import {
  expecting,
  type MappedColumn,
  type MappedSide,
  type SourceMapping,
} from "../../steps/3-data/sources/source-mapping.ts";
import { formatByName, type Layout, type RowFormat } from "../../steps/3-data/sources/table-types.ts";
import type { InteractionSource } from "./interaction-source.ts";
import { EVENT_MEANINGS, type MappedFilesSource, type SideTable } from "./mapped-files.ts";

/** Undefined for data whose columns need no mapping. */
export function interactionMapping(source: InteractionSource, preferences: Preferences): SourceMapping | undefined {
  if (source.format === "simulated" || source.format === "movielens") return undefined;
  const { path, layout, columns = {}, time, known, policy = DEFAULT_REPAIR_POLICY } = source;
  const timeless = time === "none";
  const same = timeless ? [] : ["member", "title", "event", "time"];
  return {
    path,
    layout: expecting(layout ?? plainLayout(source.format), [...Object.values(columns), ...EVENT_MEANINGS]),
    columns: columnsOf(source),
    ...(timeless ? {} : { time: time ?? { column: columns.time ?? "time" } }),
    ...(known?.column === undefined ? {} : { known: known.column }),
    ...(source.events === undefined ? {} : { events: source.events }),
    knownEvents: EVENT_KINDS,
    ...(source.kind === undefined ? {} : { onlyEvent: source.kind }),
    preferences,
    same: columns.id === undefined ? same : ["id"],
    sides: [...sideOf("titles", "title", source.titles), ...sideOf("profiles", "member", source.members)],
    policy,
  };
}

function columnsOf({ columns = {}, layout }: MappedFilesSource): readonly MappedColumn[] {
  const isList = layout?.kind === "text" && layout.rows === "list";
  const optional = (meaning: string, holds: MappedColumn["holds"]): MappedColumn =>
    columns[meaning] === undefined
      ? { meaning, column: meaning, holds, isOptional: true }
      : { meaning, column: columns[meaning], holds };
  const parties: readonly MappedColumn[] = [
    { meaning: "member", column: columns.member ?? "member", holds: "id" },
    { meaning: "title", column: columns.title ?? (isList ? "item" : "title"), holds: "id" },
  ];
  if (isList) return parties;
  const values = columns.value === undefined ? ["rating", "value"] : ["value"];
  const valued = columns.rating === undefined || columns.value !== undefined ? values : ["rating"];
  return [
    ...parties,
    ...valued.map((meaning) => optional(meaning, "rating")),
    optional("event", "event"),
    optional("position", "any"),
    ...(columns.id === undefined ? [] : [optional("id", "any")]),
  ];
}

function sideOf(name: string, of: "member" | "title", side: SideTable | undefined): readonly MappedSide[] {
  if (side === undefined) return [];
  const { [of]: key = of, ...rest } = side.columns ?? {};
  return [
    {
      name,
      of,
      key,
      path: side.path,
      layout: expecting(side.layout ?? plainLayout(formatByName(side.path)), [key, ...Object.values(rest)]),
      columns: Object.entries(rest).map(([meaning, column]) => ({ meaning, column, holds: "any" })),
    },
  ];
}

function plainLayout(format: RowFormat): Layout {
  if (format === "parquet") return { kind: "parquet" };
  if (format === "json") return { kind: "parquet", isJson: true };
  return { kind: "text", delimiter: format === "tsv" ? "\t" : undefined, header: "guess" };
}
