/** Tiny tasks made by hand for tests: a few events, or a few cases, and everything else left plain. */

import { DAY } from "../src/core/day.ts";
import { type EventKind, kindCode, type RankedTask, type RankedWords } from "../src/steps/3-data/ranked-task.ts";
import type { ScoredTask, ScoredWords } from "../src/steps/3-data/scored-task.ts";

export const RANKED_WORDS: RankedWords = {
  unit: "reader",
  units: "readers",
  item: "story",
  items: "stories",
  vectors: "topics",
  since: "printing",
};

export interface PlantedEvent {
  readonly time: number;
  readonly unit: number;
  readonly item: number;
  /** Default a rating. */
  readonly kind?: EventKind;
  /** Default 5. */
  readonly value?: number;
  /** Default 0, no place. */
  readonly position?: number;
}

/** Events in the order of time; as many units and items as are named, or more. Every item has a vector of its own. */
export function plantRanked(
  events: readonly PlantedEvent[],
  counts: { units?: number; items?: number } = {},
): RankedTask {
  const most = (of: (event: PlantedEvent) => number): number => events.reduce((max, one) => Math.max(max, of(one)), -1);
  const units = counts.units ?? most(({ unit }) => unit) + 1;
  const items = counts.items ?? most(({ item }) => item) + 1;
  const logsPlaces = events.some(({ position }) => position !== undefined);
  return {
    events: {
      count: events.length,
      unit: Int32Array.from(events, ({ unit }) => unit),
      item: Int32Array.from(events, ({ item }) => item),
      time: Float64Array.from(events, ({ time }) => time),
      kind: Uint8Array.from(events, ({ kind = "rating" }) => kindCode(kind)),
      value: Float32Array.from(events, ({ value = 5 }) => value),
      ...(logsPlaces ? { position: Int32Array.from(events, ({ position = 0 }) => position) } : {}),
    },
    units,
    items: {
      count: items,
      vectors: {
        width: items,
        values: Float32Array.from({ length: items * items }, (_, i) => (i % (items + 1) === 0 ? 1 : 0)),
      },
      since: new Float64Array(items),
      groups: new Map(),
      attributes: new Map(),
    },
    attributes: new Map(),
    words: RANKED_WORDS,
  };
}

export const SCORED_WORDS: ScoredWords = {
  case: "visit",
  cases: "visits",
  row: "visit",
  rows: "visits",
  unit: "person",
  units: "people",
  positive: "sale",
  positives: "sales",
  labelled: "a sale",
  others: "others",
  negatives: "visits without a sale",
  party: "person",
  parties: "people",
  idle: "expecting no sale",
  meanwhile: "what happens now shows in it after the delay",
};

export interface PlantedCase {
  readonly day: number;
  readonly unit: number;
  readonly label: 0 | 1;
  /** Day number at whose beginning the label is known; Infinity for never. */
  readonly known?: number;
  readonly value?: number;
}

/** A minute after midnight each, in the order of days. Labels come with their own time where any case says when. */
export function plantScored(cases: readonly PlantedCase[], rest: Partial<ScoredTask> = {}): ScoredTask {
  const units = cases.reduce((most, { unit }) => Math.max(most, unit), -1) + 1;
  const known = cases.some((one) => one.known !== undefined);
  return {
    time: Float64Array.from(cases, ({ day }) => day * DAY + 60),
    label: Uint8Array.from(cases, ({ label }) => label),
    ...(known ? { knownAt: Float64Array.from(cases, (one) => (one.known ?? one.day + 1) * DAY) } : {}),
    entities: new Map([["person", { count: units, rows: Int32Array.from(cases, ({ unit }) => unit) }]]),
    values: new Map([["pages", Float64Array.from(cases, ({ value = 1 }) => value)]]),
    summed: ["pages"],
    leaves: "",
    words: SCORED_WORDS,
    ...rest,
  };
}
