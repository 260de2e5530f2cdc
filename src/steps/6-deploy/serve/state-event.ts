/** What a feature state is told and asked, and the ways in which it refuses what it is told. */

import type { EventStream, FeatureRequests } from "../../3-data/features/event-stream.ts";
import { keysOf } from "../../3-data/features/event-stream.ts";

/** The keys of an entity: one, several (the genres of a title), or -1 for one that nobody knows. */
export type Keys = number | ArrayLike<number>;

/** Something that happened. */
export interface StateEvent {
  /** Seconds, on the clock of the stream that the features were declared for. */
  readonly time: number;
  /** What tells it apart from all others; an event that comes a second time is refused. Absent: taken as new. */
  readonly id?: number | string;
  readonly keys: Readonly<Record<string, Keys>>;
  /** How much of each measure it has; 1 for a measure without an amount. A measure left out is one that the event does not have. */
  readonly measures: Readonly<Record<string, number>>;
  /** Whether `count()` counts it; default true. */
  readonly isCounted?: boolean;
}

/** Which event a label is about that arrives after it: the time and the keys that it was applied with. Two that share all are taken for one. */
export type EventIdentity = Pick<StateEvent, "time" | "keys">;

/** A question: what are the features of these entities at this moment. */
export interface StateRequest {
  readonly time: number;
  readonly keys: Readonly<Record<string, Keys>>;
}

/** Each way in which a state does not simply take what it is given, in words. */
export const REASONS = {
  "bad-time": "the time is no finite number, or none that a clock can show",
  "from-the-past": "it is older than the newest event by more than the allowed lateness",
  "clock-jump":
    "it is ahead of its arrival, or of the newest event, by more than a clock can be, and no other events say so too",
  "bad-id": "its id is longer than an id can be",
  duplicate: "an event with this id has been taken before",
  "bad-amount": "an amount is no number, or outside the bounds of its measure",
  "missing-measure": "it lacks an amount that every event has",
  "missing-entity": "it does not say whom it is about",
  "unknown-entity": "it is about an entity that nobody knows; taken for the others and for the totals",
  "unknown-event": "there is no such event, or no window reaches it any more",
  "unknown-measure": "there is no measure of this name that every event has",
  "sum-not-exact": "the amounts add up to more than can be added exactly",
  "set-aside": "it lay ahead of the clock when that was set right, and was taken out again",
} as const;

/** Why something was refused; `unknown-entity` and `set-aside` are only counted. */
export type Reason = keyof typeof REASONS;
/** All of them, in a fixed order. */
export const reasons: readonly Reason[] = [
  "bad-time",
  "from-the-past",
  "clock-jump",
  "bad-id",
  "duplicate",
  "bad-amount",
  "missing-measure",
  "missing-entity",
  "unknown-entity",
  "unknown-event",
  "unknown-measure",
  "sum-not-exact",
  "set-aside",
];
/** Why an event or a request was refused. */
export type Refusal = Exclude<Reason, "unknown-entity" | "set-aside">;

/** The keys that are known: whole numbers from 0 up to `count`. */
export function keysIn(keys: Keys | undefined, count: number): ArrayLike<number> {
  if (keys === undefined) return NOBODY;
  if (typeof keys === "number") return isBelow(keys, count) ? [keys] : NOBODY;
  for (let at = 0; at < keys.length; at++)
    if (!isBelow(keys[at], count)) return Array.from(keys).filter((key) => isBelow(key, count));
  return keys;
}

function isBelow(key: number, count: number): boolean {
  return Number.isInteger(key) && key >= 0 && key < count;
}

const NOBODY: readonly number[] = [];

/** A number that tells an event apart from others of its moment by whom it is about; never 0. */
export function printOf(keys: StateEvent["keys"], entities: readonly string[]): number {
  let print = 0;
  for (let at = 0; at < entities.length; at++) {
    const key = keys[entities[at]];
    if (typeof key === "number") print = mix(print, key);
    else for (let item = 0; key !== undefined && item < key.length; item++) print = mix(print, key[item]);
    print = mix(print, at);
  }
  return print === 0 ? 1 : print;
}

/** Mixes a number in: the finalizer of MurmurHash3. */
function mix(print: number, key: number): number {
  let bits = (Math.imul(print, 31) + key) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** Row `row` of a stream as an event, its number as id. */
export function eventOf(stream: EventStream, row: number): StateEvent {
  const measures: Record<string, number> = {};
  for (const [name, { mask, values }] of stream.measures) {
    if (mask === undefined || mask[row] === 1) measures[name] = values === undefined ? 1 : values[row];
  }
  const isCounted = stream.counted === undefined || stream.counted[row] === 1;
  return { time: stream.time[row], id: row, keys: keysAt(stream, row), measures, isCounted };
}

/** Row `row` of the requests. */
export function requestOf(requests: FeatureRequests, row: number): StateRequest {
  return { time: requests.time[row], keys: keysAt(requests, row) };
}

function keysAt({ entities }: Pick<FeatureRequests, "entities">, row: number): Record<string, Keys> {
  const keys: Record<string, Keys> = {};
  for (const [name, column] of entities)
    keys[name] = column.lists === undefined ? column.rows[row] : keysOf(column, row);
  return keys;
}
