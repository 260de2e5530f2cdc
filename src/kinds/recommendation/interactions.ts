/** Interaction data: who did what with which title and when, as columns sorted by time, with everything known about both sides. */

import type { Column } from "../../core/table.ts";
import {
  type RankedTask,
  type RankedWords,
  rankedTaskFromStored,
  rankedTaskToStored,
} from "../../steps/3-data/ranked-task.ts";
import type { DataSource, Repair } from "../../steps/3-data/sources/source-report.ts";
import { numericOnly, storedTexts, storedWithPrefix } from "../../steps/3-data/stored-columns.ts";
import type { Json, StageResult } from "../../system/stage.ts";
import { titleVectors } from "./title-vectors.ts";

export { EVENT_KINDS, type EventKind, kindCode } from "../../steps/3-data/ranked-task.ts";

/** One row per event, sorted by `time` (ties in the order of the source). */
export interface Events {
  readonly count: number;
  /** Index into `members`. */
  readonly member: Int32Array;
  /** Index into `titles`. */
  readonly title: Int32Array;
  /** Seconds since 1970, UTC: when it became known, where that is later than it happened. */
  readonly time: Float64Array;
  /** When each happened; absent where all were known at once. */
  readonly happened?: Float64Array;
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

/** Seconds from the first event to the last; 0 when there is none. */
export function historyLength({ time, count }: Events): number {
  return count === 0 ? 0 : time[count - 1] - time[0];
}

/** Interaction data as the task that it is: members ask for titles. Columns are shared, not copied. */
export function rankedTaskOf({
  events,
  members,
  titles,
}: Pick<Interactions, "events" | "members" | "titles">): RankedTask {
  const { member, title, ...columns } = events;
  const { names, offsets, indices } = titles.genres;
  return {
    events: { ...columns, unit: member, item: title },
    units: members.count,
    items: {
      count: titles.count,
      vectors: titleVectors(titles),
      since: titles.released,
      groups: new Map([["genre", { count: names.length, lists: { offsets, items: indices } }]]),
      attributes: new Map([...numericOnly(titles.attributes), [RELEASED, titles.released]]),
    },
    attributes: numericOnly(members.attributes),
    words: INTERACTION_WORDS,
  };
}

/** How reports speak of members and titles. */
export const INTERACTION_WORDS: RankedWords = {
  unit: "member",
  units: "members",
  item: "title",
  items: "titles",
  vectors: "genres and decade",
  since: "release",
};

/** The attribute of titles that features know their release by. */
export const RELEASED = "released";

/** What a stage result holds of interaction data: small things as JSON, columns as arrays. */
export type StoredInteractions = Pick<StageResult, "json" | "arrays">;

/** Interaction data as a stage result stores it, as a ranked task with what only this kind knows; `interactionsFromStored` is its inverse. */
export function interactionsToStored(interactions: Interactions): StoredInteractions {
  const { members, titles, repairs, source } = interactions;
  const task = rankedTaskToStored(rankedTaskOf(interactions));
  const arrays: Record<string, Column> = {
    "member.id": members.ids,
    "title.id": titles.ids,
    "title.name": titles.names,
    "genre.name": titles.genres.names,
  };
  for (const [name, column] of members.attributes) arrays[`${MEMBER_ATTRIBUTE}${name}`] = column;
  for (const [name, column] of titles.attributes) arrays[`${TITLE_ATTRIBUTE}${name}`] = column;
  const described = {
    ...source,
    readings: source.readings === undefined ? null : [...source.readings],
    timeless: source.timeless === true,
  };
  const json = { ...task.json, source: described, repairs: repairs.map((repair) => ({ ...repair })) };
  return { json, arrays: { ...task.arrays, ...arrays } };
}

const MEMBER_ATTRIBUTE = "member.attribute.";
const TITLE_ATTRIBUTE = "title.attribute.";

/** Interaction data from what `interactionsToStored` gave. Throws when a column is missing or of another type: that is a fault of the store. */
export function interactionsFromStored({ json, arrays }: StoredInteractions): Interactions {
  const { events, items } = rankedTaskFromStored({ json, arrays });
  const { unit, item, ...columns } = events;
  const memberIds = storedTexts(arrays, "member.id");
  const titleIds = storedTexts(arrays, "title.id");
  const genres = items.groups.get("genre")?.lists;
  if (genres === undefined || items.since === undefined)
    throw new Error("stored interactions have no genres or releases");
  return {
    events: { ...columns, member: unit, title: item },
    members: {
      count: memberIds.length,
      ids: memberIds,
      attributes: storedWithPrefix(arrays, MEMBER_ATTRIBUTE),
    },
    titles: {
      count: titleIds.length,
      ids: titleIds,
      names: storedTexts(arrays, "title.name"),
      released: items.since,
      genres: { names: storedTexts(arrays, "genre.name"), offsets: genres.offsets, indices: genres.items },
      attributes: storedWithPrefix(arrays, TITLE_ATTRIBUTE),
    },
    ...readDescription(json),
  };
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
