/** Interaction data as a stream of events for features: entities member, title and genre; measures rating, view, click and impression. */

import type { NumericColumn } from "../../core/table.ts";
import type { EntityColumn, EventStream, FeatureRequests, Measure } from "../../steps/3-data/features/event-stream.ts";
import { EVENT_KINDS, type EventKind, type Interactions, kindCode } from "./interactions.ts";

/** Sums of `rating` are of stars, of `view` of what the source logs (minutes). A click could have come from any impression. */
export function interactionStream({ events, members, titles }: Interactions): EventStream {
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
    entities: entitiesOf(events.member, events.title, { members, titles }),
    measures: new Map([
      ...EVENT_KINDS.map((kind): [string, Measure] => [kind, measureOf(kind)]),
      ...ownMeasures(events),
    ]),
    counted: mark(events.kind, (one) => one !== impression),
    attributes: new Map([
      ["member", numericOf(members.attributes)],
      ["title", new Map([...numericOf(titles.attributes), ["released", titles.released]])],
    ]),
  };
}

/** The kinds of the note's own, and what it calls wanted and unwanted. */
function ownMeasures({ kind, kinds = EVENT_KINDS, value, judged }: Interactions["events"]): [string, Measure][] {
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

/** Requests for pairs of a member and a title at a moment, all three of one length: candidates to be ranked. */
export function pairRequests(
  member: Int32Array,
  title: Int32Array,
  time: Float64Array,
  interactions: Pick<Interactions, "members" | "titles">,
): FeatureRequests {
  return { time, entities: entitiesOf(member, title, interactions) };
}

function entitiesOf(
  member: Int32Array,
  title: Int32Array,
  { members, titles }: Pick<Interactions, "members" | "titles">,
): ReadonlyMap<string, EntityColumn> {
  const { names, offsets, indices } = titles.genres;
  return new Map<string, EntityColumn>([
    ["member", { count: members.count, rows: member }],
    ["title", { count: titles.count, rows: title }],
    ["genre", { count: names.length, rows: title, lists: { offsets, items: indices } }],
  ]);
}

function numericOf(attributes: ReadonlyMap<string, ArrayLike<number> | readonly string[]>): Map<string, NumericColumn> {
  const numeric = new Map<string, NumericColumn>();
  for (const [name, column] of attributes) {
    if (column instanceof Float64Array || column instanceof Float32Array || column instanceof Int32Array)
      numeric.set(name, column);
  }
  return numeric;
}
