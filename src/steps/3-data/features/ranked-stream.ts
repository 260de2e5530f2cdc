/** A ranked task as a stream of events for features: entities are the unit, the item and its groups; measures are the kinds of event. */

import { EVENT_KINDS, type EventKind, kindCode, type RankedTask } from "../ranked-task.ts";
import type { EntityColumn, EventStream, FeatureRequests, Measure } from "./event-stream.ts";

/** Ratings and views have amounts that add up. A click could have come from any impression. */
export function rankedStream(task: RankedTask): EventStream {
  const { events, items, attributes, words } = task;
  const measureOf = (kind: EventKind): Measure => {
    const code = kindCode(kind);
    return {
      mask: mark(events.kind, (one) => one === code),
      ...(kind === "rating" || kind === "view" ? { values: events.value } : {}),
      ...(kind === "click" ? { per: "impression" } : {}),
    };
  };
  const impression = kindCode("impression");
  return {
    time: events.time,
    entities: entitiesOf(task, events.unit, events.item),
    measures: new Map([
      ...EVENT_KINDS.map((kind): [string, Measure] => [kind, measureOf(kind)]),
      ...ownMeasures(events),
    ]),
    counted: mark(events.kind, (one) => one !== impression),
    attributes: new Map([
      [words.unit, attributes],
      [words.item, items.attributes],
    ]),
  };
}

/** The kinds of the note's own, and what it calls wanted and unwanted. */
function ownMeasures({ kind, kinds = EVENT_KINDS, value, judged }: RankedTask["events"]): [string, Measure][] {
  const own = kinds.slice(EVENT_KINDS.length).map((name, at): [string, Measure] => {
    const code = EVENT_KINDS.length + at;
    return [name, { mask: mark(kind, (one) => one === code), values: value }];
  });
  if (judged === undefined) return own;
  const marked = (verdict: number): Measure => ({ mask: Uint8Array.from(judged, (one) => (one === verdict ? 1 : 0)) });
  return [...own, ["positive", marked(1)], ["negative", marked(-1)]];
}

/** 1 for each kind that is meant. */
function mark(kind: Uint8Array, isMeant: (code: number) => boolean): Uint8Array {
  const marks = new Uint8Array(kind.length);
  for (let row = 0; row < kind.length; row++) if (isMeant(kind[row])) marks[row] = 1;
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
