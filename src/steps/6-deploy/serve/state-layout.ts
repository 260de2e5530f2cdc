/** What a feature state has to keep: plans turned into lists of events, what each event carries there, and how long it stays. */

import type { EventStream } from "../../3-data/features/event-stream.ts";
import type { AttributeLookup, FeaturePlan, WindowStatistic } from "../../3-data/features/feature-plan.ts";
import type { EventShape } from "./event-lists.ts";
import type { Slot } from "./window-totals.ts";

/** What the plans were made for; a stream without rows will do. A measure with a `mask` is one that not every event has. */
export type Vocabulary = Pick<EventStream, "entities" | "measures" | "attributes" | "counted">;

/** A property of an event that takes one bit. */
export type Flag =
  | { readonly about: "counted" }
  /** It has the measure, or the measure is 1. */
  | { readonly about: "has" | "is-one"; readonly measure: string };

/** The events of one entity, or of the pairs of two, or of everything where there is none. */
export interface LogLayout {
  readonly entity: readonly string[];
  readonly shape: Omit<EventShape, "span">;
  readonly flags: readonly Flag[];
  /** Measures whose amounts are kept. */
  readonly columns: readonly string[];
  /** How far before a request windows begin and end, in seconds, descending. */
  readonly shifts: readonly number[];
}

/** Where a statistic is found: a slot at the window's end less the same slot at its beginning. */
export type StatisticPlace =
  | {
      readonly log: number;
      readonly slot: number;
      readonly until: number;
      /** Index of the window's beginning; undefined for all of the past. */
      readonly from: number | undefined;
      readonly isLast: boolean;
    }
  | AttributeLookup;

export interface StateLayout {
  readonly logs: readonly LogLayout[];
  /** For each plan the places of its statistics. */
  readonly places: readonly (readonly StatisticPlace[])[];
}

export function layoutState(plans: readonly FeaturePlan[], vocabulary: Vocabulary): StateLayout {
  const drafts = new Map<string, Draft>();
  for (const { statistics } of plans) {
    for (const one of statistics) {
      if (one.what === "attribute") continue;
      const name = one.entity.join("+");
      const draft = drafts.get(name) ?? startDraft(drafts.size, one.entity);
      drafts.set(name, draft);
      draft.shifts.add(one.delay);
      if (one.window === Number.POSITIVE_INFINITY) draft.keepsDropped = true;
      else draft.shifts.add(one.delay + one.window);
      slotOf(draft, one, vocabulary);
    }
  }
  const logs = [...drafts.values()].map(finishDraft);
  const placeOf = (one: WindowStatistic): StatisticPlace => {
    const draft = drafts.get(one.entity.join("+"));
    if (draft === undefined) throw new Error("a statistic without a log");
    const { shifts } = logs[draft.number];
    return {
      log: draft.number,
      slot: slotOf(draft, one, vocabulary),
      until: shifts.indexOf(one.delay),
      from: one.window === Number.POSITIVE_INFINITY ? undefined : shifts.indexOf(one.delay + one.window),
      isLast: one.what === "last",
    };
  };
  const places = plans.map(({ statistics }) =>
    statistics.map((one) => (one.what === "attribute" ? one : placeOf(one))),
  );
  return { logs, places };
}

interface Draft {
  readonly number: number;
  readonly entity: readonly string[];
  readonly flags: Flag[];
  readonly columns: string[];
  readonly slots: Slot[];
  readonly shifts: Set<number>;
  keepsDropped: boolean;
}

function startDraft(number: number, entity: readonly string[]): Draft {
  return { number, entity, flags: [], columns: [], slots: [], shifts: new Set(), keepsDropped: false };
}

function finishDraft({ entity, flags, columns, slots, shifts, keepsDropped }: Draft): LogLayout {
  const presence = columns.map((measure) => {
    const at = flags.findIndex((flag) => flag.about === "has" && flag.measure === measure);
    return at < 0 ? 0 : 2 ** at;
  });
  const shape = { flagBits: flags.length, presence, slots, keepsDropped };
  return { entity, shape, flags, columns, shifts: [...shifts].toSorted((a, b) => b - a) };
}

/** Index of the statistic's slot, made where there is none yet. The sum of a measure of zeros and ones is a count of ones. */
function slotOf(draft: Draft, { what, measure, where }: WindowStatistic, vocabulary: Vocabulary): number {
  let flags = 0;
  const require = (flag: Flag): void => {
    const found = draft.flags.findIndex((one) => JSON.stringify(one) === JSON.stringify(flag));
    if (found < 0) draft.flags.push(flag);
    flags |= 2 ** (found < 0 ? draft.flags.length - 1 : found);
  };
  if (measure === undefined && where === undefined && vocabulary.counted !== undefined) require({ about: "counted" });
  for (const name of [measure, where]) {
    if (name !== undefined && vocabulary.measures.get(name)?.mask !== undefined)
      require({ about: "has", measure: name });
  }
  const { values, isBinary = false } = vocabulary.measures.get(measure ?? "") ?? {};
  const isSum = what === "sum" && values !== undefined && !isBinary;
  if (what === "sum" && isBinary && measure !== undefined) require({ about: "is-one", measure });
  const column = isSum && measure !== undefined ? indexIn(draft.columns, measure) : 0;
  const slot: Slot = { what: what === "sum" && !isSum ? "count" : what, flags, column };
  const found = draft.slots.findIndex((one) => one.what === slot.what && one.flags === flags && one.column === column);
  return found < 0 ? draft.slots.push(slot) - 1 : found;
}

function indexIn(names: string[], name: string): number {
  const found = names.indexOf(name);
  return found < 0 ? names.push(name) - 1 : found;
}
