/** Interaction data: who did what with which title and when, as columns sorted by time, with everything known about both sides. */

import type { Column, NumericColumn } from "../../core/table.ts";
import type { DataSource, Repair } from "../../steps/3-data/sources/source-report.ts";
import type { Json } from "../../system/stage.ts";

/** What can happen between a member and a title. An event's `kind` is an index into this list. */
export const EVENT_KINDS = ["rating", "view", "click", "impression"] as const;
/** The name of a kind of event. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** One row per event, sorted by `time` (ties in the order of the source). */
export interface Events {
  readonly count: number;
  /** Index into `members`. */
  readonly member: Int32Array;
  /** Index into `titles`. */
  readonly title: Int32Array;
  /** Seconds since 1970, UTC. */
  readonly time: Float64Array;
  /** Index into `kinds`. */
  readonly kind: Uint8Array;
  /** Names of the kinds by their code: `EVENT_KINDS`, then those of the note's own. `EVENT_KINDS` where absent. */
  readonly kinds?: readonly string[];
  /** What the note says of each event: 1 wanted, -1 unwanted, 0 neither. Absent until it was asked. */
  readonly judged?: Int8Array;
  /** How much each event counts as a sign of preference, by the note's weights; 0 for what is unwanted or neither. */
  readonly strength?: Float32Array;
  /** The rating, the minutes watched, 1 for a click or an impression that was clicked, 0 for one that was not. */
  readonly value: Float32Array;
  /** Place in the list that was shown, from 1; 0 where the event came from no list. Absent when the source logs none. */
  readonly position?: Int32Array;
}

/** Everybody who may ask, whether they did anything or not. */
export interface Members {
  readonly count: number;
  /** The source's own identifiers. */
  readonly ids: readonly string[];
  /** Facts about a member, such as `age` or `occupation`. */
  readonly attributes: ReadonlyMap<string, Column>;
}

/** Everything that may be recommended, touched or not. */
export interface Titles {
  readonly count: number;
  readonly ids: readonly string[];
  /** Display names; the identifier where the source has none. */
  readonly names: readonly string[];
  /** Seconds since 1970; NaN where unknown. Years before 1970 are negative. */
  readonly released: Float64Array;
  readonly genres: TitleGenres;
  readonly attributes: ReadonlyMap<string, Column>;
}

/** Genres of title t are `names[indices[i]]` for i from `offsets[t]` up to `offsets[t + 1]`. */
export interface TitleGenres {
  readonly names: readonly string[];
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
}

/** A whole recommendation data set. */
export interface Interactions {
  readonly events: Events;
  readonly members: Members;
  readonly titles: Titles;
  readonly repairs: readonly Repair[];
  readonly source: DataSource;
}

/** The `kind` code of an event kind. */
export function kindCode(kind: EventKind): number {
  return EVENT_KINDS.indexOf(kind);
}

/** No genres for any of `count` titles. */
export function noGenres(count: number): TitleGenres {
  return { names: [], offsets: new Int32Array(count + 1), indices: new Int32Array(0) };
}

/** Seconds from the first event to the last; 0 when there is none. */
export function historyLength({ time, count }: Events): number {
  return count === 0 ? 0 : time[count - 1] - time[0];
}

/** What a stage result holds of interaction data: small things as JSON, columns as arrays. */
export interface StoredInteractions {
  readonly json: Json;
  readonly arrays: Readonly<Record<string, Column>>;
}

/** Interaction data as a stage result stores it; `interactionsFromStored` is its inverse. */
export function interactionsToStored({ events, members, titles, repairs, source }: Interactions): StoredInteractions {
  const arrays: Record<string, Column> = {
    "event.member": events.member,
    "event.title": events.title,
    "event.time": events.time,
    "event.kind": events.kind,
    "event.value": events.value,
    "member.id": members.ids,
    "title.id": titles.ids,
    "title.name": titles.names,
    "title.released": titles.released,
    "genre.name": titles.genres.names,
    "genre.offsets": titles.genres.offsets,
    "genre.indices": titles.genres.indices,
  };
  if (events.position !== undefined) arrays["event.position"] = events.position;
  if (events.strength !== undefined) arrays["event.strength"] = events.strength;
  if (events.judged !== undefined) arrays["event.judged"] = Int32Array.from(events.judged);
  for (const [name, column] of members.attributes) arrays[`${MEMBER_ATTRIBUTE}${name}`] = column;
  for (const [name, column] of titles.attributes) arrays[`${TITLE_ATTRIBUTE}${name}`] = column;
  const kinds = events.kinds === undefined ? null : [...events.kinds];
  const described = {
    ...source,
    readings: source.readings === undefined ? null : [...source.readings],
    timeless: source.timeless === true,
  };
  const json = { source: described, kinds, repairs: repairs.map((repair) => ({ ...repair })) };
  return { json, arrays };
}

const MEMBER_ATTRIBUTE = "member.attribute.";
const TITLE_ATTRIBUTE = "title.attribute.";

/** Interaction data from what `interactionsToStored` gave. Throws when a column is missing or of another type: that is a fault of the store. */
export function interactionsFromStored({ json, arrays }: StoredInteractions): Interactions {
  const ids = text(arrays, "member.id");
  const titleIds = text(arrays, "title.id");
  const member = int32(arrays, "event.member");
  return {
    events: {
      count: member.length,
      member,
      title: int32(arrays, "event.title"),
      time: float64(arrays, "event.time"),
      kind: of(arrays, "event.kind", (column) => column instanceof Uint8Array && column),
      value: of(arrays, "event.value", (column) => column instanceof Float32Array && column),
      ...("event.position" in arrays ? { position: int32(arrays, "event.position") } : {}),
      ...("event.judged" in arrays ? { judged: Int8Array.from(int32(arrays, "event.judged")) } : {}),
      ...("event.strength" in arrays
        ? { strength: of(arrays, "event.strength", (column) => column instanceof Float32Array && column) }
        : {}),
      ...kindsOf(json),
    },
    members: { count: ids.length, ids, attributes: withPrefix(arrays, MEMBER_ATTRIBUTE) },
    titles: {
      count: titleIds.length,
      ids: titleIds,
      names: text(arrays, "title.name"),
      released: float64(arrays, "title.released"),
      genres: {
        names: text(arrays, "genre.name"),
        offsets: int32(arrays, "genre.offsets"),
        indices: int32(arrays, "genre.indices"),
      },
      attributes: withPrefix(arrays, TITLE_ATTRIBUTE),
    },
    ...readDescription(json),
  };
}

type Arrays = StoredInteractions["arrays"];

function withPrefix(arrays: Arrays, prefix: string): ReadonlyMap<string, Column> {
  const entries = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  return new Map(entries.map(([name, column]) => [name.slice(prefix.length), column]));
}

const int32 = (arrays: Arrays, name: string): Int32Array => of(arrays, name, (it) => it instanceof Int32Array && it);
const float64 = (arrays: Arrays, name: string): Float64Array =>
  of(arrays, name, (it) => it instanceof Float64Array && it);
const text = (arrays: Arrays, name: string): readonly string[] => of(arrays, name, (it) => !isNumeric(it) && it);

function isNumeric(column: Column): column is NumericColumn {
  return ArrayBuffer.isView(column);
}

function of<T extends Column>(arrays: Arrays, name: string, accept: (column: Column) => T | false): T {
  const column = arrays[name];
  if (column === undefined) throw new Error(`stored interactions have no column ${name}`);
  const accepted = accept(column);
  if (accepted === false) throw new Error(`stored column ${name} is of another type`);
  return accepted;
}

function kindsOf(json: Json): Pick<Events, "kinds"> {
  const { kinds } = field(json);
  return Array.isArray(kinds) ? { kinds: kinds.map(String) } : {};
}

function readDescription(json: Json): Pick<Interactions, "repairs" | "source"> {
  const { source, repairs } = field(json);
  const { format, description, simulated, readings, timeless } = field(source);
  const list = Array.isArray(repairs) ? repairs : [];
  return {
    source: {
      format: String(format),
      description: String(description),
      simulated: simulated === true,
      ...(Array.isArray(readings) ? { readings: readings.map(String) } : {}),
      ...(timeless === true ? { timeless: true } : {}),
    },
    repairs: list.map((entry: Json) => {
      const { kind, count, description: done } = field(entry);
      return { kind: String(kind), count: Number(count), description: String(done) };
    }),
  };
}

function field(json: Json): Readonly<Record<string, Json>> {
  if (json === null || typeof json !== "object" || Array.isArray(json))
    throw new Error("stored interactions are broken");
  return Object.fromEntries(Object.entries(json));
}
