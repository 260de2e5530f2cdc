/** The form of a task that ranks: who asked for what in a log of events, which items there are, and what is known of both. */

import type { Column, NumericColumn } from "../../core/table.ts";
import { isJsonObject, plainJson } from "../../system/canonical-json.ts";
import type { Json, StageResult } from "../../system/stage.ts";
import type { Lists } from "./row-lists.ts";
import {
  numericOnly,
  storedFloat32,
  storedFloat64,
  storedInt32,
  storedTexts,
  storedUint8,
  storedWithPrefix,
} from "./stored-columns.ts";

/** What can happen between a unit and an item. An event's `kind` is an index into this list; a graded judgement is a rating. */
export const EVENT_KINDS = ["rating", "view", "click", "impression"] as const;
/** The name of a kind of event. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** The `kind` code of an event kind. */
export function kindCode(kind: EventKind): number {
  return EVENT_KINDS.indexOf(kind);
}

/** One row per event, sorted by `time` (ties in the order of the source). An impression is no deed: something was only shown. */
export interface RankedEvents {
  readonly count: number;
  /** Who it was, a whole number below `units`. */
  readonly unit: Int32Array;
  /** With which item, a whole number below `items.count`. */
  readonly item: Int32Array;
  /** Seconds since 1970, UTC: when it became known, where that is later than it happened. */
  readonly time: Float64Array;
  /** When each happened; absent where all were known at once. What was known later is history from then on, and never something to be found. */
  readonly happened?: Float64Array;
  /** Index into `kinds`. */
  readonly kind: Uint8Array;
  /** Names of the kinds by their code: `EVENT_KINDS`, then those of the note's own. `EVENT_KINDS` where absent. */
  readonly kinds?: readonly string[];
  /** What the note says of each event: 1 wanted, -1 unwanted, 0 neither. Absent until it was asked. */
  readonly judged?: Int8Array;
  /** How much each event counts as a sign of preference, by the note's weights; 0 for what is unwanted or neither. */
  readonly strength?: Float32Array;
  /** The rating or grade, how much was viewed, 1 for a click or an impression that was clicked, 0 for one that was not. */
  readonly value: Float32Array;
  /** Place in the list that was shown, from 1; 0 where the event came from no list. Absent when the source logs none. */
  readonly position?: Int32Array;
}

/** What is known of items whether anything ever happened to them or not: one row of `width` numbers per item. */
export interface ItemVectors {
  readonly width: number;
  readonly values: Float32Array;
}

export interface RankedItems {
  readonly count: number;
  /** What content-based scoring and diversity compare. */
  readonly vectors: ItemVectors;
  /** Seconds since 1970 since when it can be shown; NaN where unknown. Absent where no item has such a moment. */
  readonly since?: Float64Array;
  /** Groups that items belong to, such as genres: list i holds the groups of item i, whole numbers below `count`. */
  readonly groups: ReadonlyMap<string, { readonly count: number; readonly lists: Lists }>;
  /** Numbers about items, one per item, as features read them. */
  readonly attributes: ReadonlyMap<string, NumericColumn>;
}

/** How a report speaks of the task; each word in the singular and the plural. */
export type RankedWords = {
  /** `member`, `members`; also the entity that features name. */
  readonly unit: string;
  readonly units: string;
  /** `title`, `titles`; also the entity that features name. */
  readonly item: string;
  readonly items: string;
  /** What makes items comparable: `genres and decade`. */
  readonly vectors: string;
  /** What begins the time in which an item can be shown: `release`. */
  readonly since: string;
};

export interface RankedTask {
  readonly events: RankedEvents;
  /** How many may ask, whether they did anything or not. */
  readonly units: number;
  readonly items: RankedItems;
  /** Numbers about units, one per unit, as features read them. */
  readonly attributes: ReadonlyMap<string, NumericColumn>;
  readonly words: RankedWords;
}

const EVENT = "event.";
const UNIT_ATTRIBUTE = "unit.attribute.";
const ITEM_ATTRIBUTE = "item.attribute.";
const GROUP = "item.group.";

/** The task as a stage result stores it; `rankedTaskFromStored` is the inverse. */
export function rankedTaskToStored({ events, units, items, attributes, words }: RankedTask): {
  readonly json: { readonly [key: string]: Json };
  readonly arrays: Readonly<Record<string, Column>>;
} {
  const { count: _, position, judged, strength, kinds, happened, ...columns } = events;
  const arrays: Record<string, Column> = { "item.vectors": items.vectors.values };
  for (const [name, column] of Object.entries(columns)) arrays[`${EVENT}${name}`] = column;
  if (happened !== undefined) arrays[`${EVENT}happened`] = happened;
  if (position !== undefined) arrays[`${EVENT}position`] = position;
  if (kinds !== undefined) arrays[`${EVENT}kinds`] = kinds;
  // The same bytes: a byte with a sign is none of the types that are stored.
  if (judged !== undefined) arrays[`${EVENT}judged`] = new Uint8Array(judged.buffer, judged.byteOffset, judged.length);
  if (strength !== undefined) arrays[`${EVENT}strength`] = strength;
  if (items.since !== undefined) arrays["item.since"] = items.since;
  for (const [name, column] of attributes) arrays[`${UNIT_ATTRIBUTE}${name}`] = column;
  for (const [name, column] of items.attributes) arrays[`${ITEM_ATTRIBUTE}${name}`] = column;
  for (const [name, { lists }] of items.groups) {
    arrays[`${GROUP}${name}.offsets`] = lists.offsets;
    arrays[`${GROUP}${name}.items`] = lists.items;
  }
  const groups = [...items.groups].map(([name, { count }]) => ({ name, count }));
  const form = { units, items: items.count, width: items.vectors.width, groups, words };
  return { json: { ranked: plainJson(form) }, arrays };
}

/** Throws where a stage stored no such task: that is a fault of the plan, or of the store. */
export function rankedTaskFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): RankedTask {
  const form = isJsonObject(json) ? json.ranked : null;
  if (!isJsonObject(form)) throw new Error("the stage stored no task that ranks");
  const unit = storedInt32(arrays, `${EVENT}unit`);
  const groups = (Array.isArray(form.groups) ? form.groups : []).map((one: Json) => {
    const { name, count } = isJsonObject(one) ? one : { name: "", count: 0 };
    const lists = {
      offsets: storedInt32(arrays, `${GROUP}${String(name)}.offsets`),
      items: storedInt32(arrays, `${GROUP}${String(name)}.items`),
    };
    return [String(name), { count: Number(count), lists }] as const;
  });
  return {
    events: {
      count: unit.length,
      unit,
      item: storedInt32(arrays, `${EVENT}item`),
      time: storedFloat64(arrays, `${EVENT}time`),
      kind: storedUint8(arrays, `${EVENT}kind`),
      value: storedFloat32(arrays, `${EVENT}value`),
      ...(`${EVENT}happened` in arrays ? { happened: storedFloat64(arrays, `${EVENT}happened`) } : {}),
      ...(`${EVENT}position` in arrays ? { position: storedInt32(arrays, `${EVENT}position`) } : {}),
      ...(`${EVENT}kinds` in arrays ? { kinds: storedTexts(arrays, `${EVENT}kinds`) } : {}),
      ...(`${EVENT}judged` in arrays ? { judged: signed(storedUint8(arrays, `${EVENT}judged`)) } : {}),
      ...(`${EVENT}strength` in arrays ? { strength: storedFloat32(arrays, `${EVENT}strength`) } : {}),
    },
    units: Number(form.units),
    items: {
      count: Number(form.items),
      vectors: { width: Number(form.width), values: storedFloat32(arrays, "item.vectors") },
      ...("item.since" in arrays ? { since: storedFloat64(arrays, "item.since") } : {}),
      groups: new Map(groups),
      attributes: numericOnly(storedWithPrefix(arrays, ITEM_ATTRIBUTE)),
    },
    attributes: numericOnly(storedWithPrefix(arrays, UNIT_ATTRIBUTE)),
    words: wordsFrom(form.words),
  };
}

function signed({ buffer, byteOffset, length }: Uint8Array): Int8Array {
  return new Int8Array(buffer, byteOffset, length);
}

function wordsFrom(words: Json): RankedWords {
  const text = (name: string): string => (isJsonObject(words) ? String(words[name]) : "");
  return {
    unit: text("unit"),
    units: text("units"),
    item: text("item"),
    items: text("items"),
    vectors: text("vectors"),
    since: text("since"),
  };
}
