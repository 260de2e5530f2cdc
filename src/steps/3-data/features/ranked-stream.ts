/** A ranked task as a stream of events for features: entities are the unit, the item and its groups; measures are the kinds of event. */

import { EVENT_KINDS, type EventKind, kindCode, type RankedTask } from "../ranked-task.ts";
import type { EntityColumn, EventStream, FeatureRequests, Measure } from "./event-stream.ts";

/** Ratings and views have amounts that add up. A click could have come from any impression. */
export function rankedStream(task: RankedTask): EventStream {
  const { events, items, attributes, words } = task;
  const measureOf = (kind: EventKind): Measure => ({
    ...(kind === "rating" || kind === "view" ? { values: events.value } : {}),
    ...(kind === "click" ? { per: "impression" } : {}),
  });
  return {
    time: events.time,
    entities: entitiesOf(task, events.unit, events.item),
    measures: new Map([
      ...EVENT_KINDS.map((kind, code): [string, Measure] => [kind, ofKind(events.kind, code, measureOf(kind))]),
      ...ownMeasures(events),
    ]),
    ...(events.kind.includes(IMPRESSION) ? { counted: mark(events.kind, (one) => one !== IMPRESSION) } : {}),
    attributes: new Map([
      [words.unit, attributes],
      [words.item, items.attributes],
    ]),
  };
}

/** The kinds of the note's own, and what it calls wanted and unwanted. */
function ownMeasures({ kind, kinds = EVENT_KINDS, value, judged }: RankedTask["events"]): [string, Measure][] {
  const own = kinds
    .slice(EVENT_KINDS.length)
    .map((name, at): [string, Measure] => [name, ofKind(kind, EVENT_KINDS.length + at, { values: value })]);
  if (judged === undefined) return own;
  const marked = (verdict: number): Measure => maskedWhenAsked({}, () => mark(judged, (one) => one === verdict));
  return [...own, ["positive", marked(1)], ["negative", marked(-1)]];
}

const IMPRESSION = kindCode("impression");

/** Of the events of one kind; without a mask where there is no other, so that they need not be told apart. */
function ofKind(kinds: Uint8Array, code: number, measure: Measure): Measure {
  return kinds.every((one) => one === code)
    ? measure
    : maskedWhenAsked(measure, () => mark(kinds, (one) => one === code));
}

/** The mask is made when it is first read: a byte an event for each kind, of which a note's features ask about a few. */
function maskedWhenAsked(measure: Measure, make: () => Uint8Array): Measure {
  let made: Uint8Array | undefined;
  return {
    ...measure,
    get mask(): Uint8Array {
      made ??= make();
      return made;
    },
  };
}

/** 1 where what stands there is meant. */
function mark(column: Uint8Array | Int8Array, isMeant: (code: number) => boolean): Uint8Array {
  const marks = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) if (isMeant(column[row])) marks[row] = 1;
  return marks;
}

/** Requests for pairs of a unit and an item at a moment, all three of one length: candidates to be ranked. */
export function pairRequests(
  unit: Int32Array,
  item: Int32Array,
  time: Float64Array,
  task: Pick<RankedTask, "units" | "items" | "words">,
): FeatureRequests {
  return { time, entities: entitiesOf(task, unit, item) };
}

function entitiesOf(
  { units, items, words }: Pick<RankedTask, "units" | "items" | "words">,
  unit: Int32Array,
  item: Int32Array,
): ReadonlyMap<string, EntityColumn> {
  return new Map<string, EntityColumn>([
    [words.unit, { count: units, rows: unit }],
    [words.item, { count: items.count, rows: item }],
    ...[...items.groups].map(([name, { count, lists }]) => [name, { count, rows: item, lists }] as const),
  ]);
}
