/** The feature state of a scored task: what a case or a label that arrives tells it, and what is known of a case that is to be predicted. */

import { DAY } from "../../../core/day.ts";
import { goesByArrival } from "../../3-data/features/arrived-stream.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { type FeaturePlan, planFeatures, type Statistic } from "../../3-data/features/feature-plan.ts";
import { wordsByRate } from "../../3-data/features/scored-features.ts";
import { scoredStream } from "../../3-data/features/scored-stream.ts";
import type { ScoredTask } from "../../3-data/scored-task.ts";
import { CALENDAR_FLAGS } from "../../3-data/sources/calendar-flags.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { createFeatureState, type FeatureState } from "./feature-state.ts";
import { KeyNames } from "./key-names.ts";
import type { Refusal, StateEvent } from "./state-event.ts";
import type { Vocabulary } from "./state-layout.ts";

/** A case as a caller sends it; null for what it lacks. */
export interface IncomingCase {
  readonly id: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly entities: Readonly<Record<string, string | number | null>>;
  readonly values: Readonly<Record<string, number | boolean | null>>;
}

/** What is kept of a case until its label comes: its keys in the order of `entities`, and its amounts in that of the task's `summed`. */
export interface KeptCase {
  readonly time: number;
  readonly keys: readonly number[];
  readonly amounts: readonly number[];
}

export interface CaseState {
  /** Names of the features, in the order that `read` gives them. */
  readonly names: readonly string[];
  /** Whom a case names, and the numbers that it states; what the moment itself says may be left out. */
  readonly entities: readonly string[];
  readonly values: readonly string[];
  readonly features: FeatureState;
  /** Whether labels tell both outcomes as they become known; otherwise a case is none until it is told to be a positive one. */
  readonly waitsForLabels: boolean;
  /** Takes a case; gives it as it is kept, and why it was refused. */
  take(one: IncomingCase): { readonly kept: KeptCase; readonly refusal: Refusal | undefined };
  /** Takes row `row` of the task. */
  takeRow(row: number): void;
  /** Fills `values` with what is known just before `moment`, the case's own unless told; NaN where it is about nobody. */
  read(one: IncomingCase, values: Float64Array, moment?: number): Refusal | undefined;
  /** Takes a label that became known at `knownAt`. */
  label(kept: KeptCase, label: 0 | 1, knownAt: number): Refusal | undefined;
  /** Row `row` as it is kept. */
  keptRow(row: number): KeptCase;
  save(writer: ByteWriter): void;
  load(reader: ByteReader): void;
  /** Takes the name of an entity away: its numbers lead to nobody any more. */
  forget(entity: string, name: string): number | undefined;
}

/** Keys are below this; memory grows with those that occur, not with this. */
const KEYS = 2 ** 26;
/** Whoever was never met has no past: the key that nobody is given. */
const STRANGER = KEYS - 1;
/** A case, or the news of a label, may be this much older than the newest, which may itself lie an hour ahead. */
export const LATENESS = 7200;
const LATEST = 2 ** 33;

/** An empty state for the declared features. Throws a `FailureError` for a feature that the task cannot have. */
export function openCaseState(declarations: readonly FeatureDeclaration[], task: ScoredTask): CaseState {
  const { positive, row: own } = task.words;
  const written = declarations.map((one) => wordsByRate(one, task));
  const entities = [...task.entities.keys()].filter((name) => name !== own && name !== "row");
  const values = [...task.values.keys()];
  const waitsForLabels = task.knownAt !== undefined;
  const arrival = waitsForLabels ? { arrival: { measure: positive, knownAt: new Float64Array(0) } } : {};
  const plans = planFeatures(written, { ...scoredStream(task) }).map((plan) =>
    byArrival(plan, (one) => goesByArrival(arrival, one)),
  );
  const delays = waitsForLabels ? [...new Set(plans.flatMap(({ delays: some }) => some))] : [];
  const lateness = LATENESS + Math.max(0, ...delays);
  const stated = new Map(values.map((name) => [name, new Float64Array(1)]));
  const features = createFeatureState(plans, vocabularyOf(task, { entities, delays, stated, waitsForLabels }), {
    lateness,
    // A moment that the service's clock has not come to is refused at the door, where that clock is known.
    jump: Number.POSITIVE_INFINITY,
    idSpan: Math.max(DAY, lateness),
  });
  const names = new Map(entities.map((name) => [name, new KeyNames(task.entities.get(name) ?? { count: 0 })]));
  const missing = written.map(({ entity }) => entity.map((name) => entities.indexOf(name)).filter((at) => at >= 0));

  const keysOf = (keys: readonly number[]): Record<string, number> => {
    const all: Record<string, number> = { [own]: 0 };
    for (const [at, name] of entities.entries()) all[name] = keys[at];
    return all;
  };
  const timeOf = (time: number): number => (time >= 0 && time < LATEST ? time : Number.NaN);
  const eventOf = ({ time, keys, amounts }: KeptCase, id?: string): StateEvent => {
    const measures: Record<string, number> = waitsForLabels ? {} : { [positive]: 0 };
    for (const [at, name] of task.summed.entries()) if (!Number.isNaN(amounts[at])) measures[name] = amounts[at];
    return { time: timeOf(time), id, keys: keysOf(keys), measures, isCounted: true };
  };
  const statedBy = (one: IncomingCase, name: string): number => {
    const given = one.values[name];
    if (given === undefined) return CALENDAR_FLAGS.get(name)?.(one.time) ?? Number.NaN;
    return given === null ? Number.NaN : Number(given);
  };
  const keysIn = (one: IncomingCase, add: boolean): number[] =>
    entities.map((name) => {
      const who = one.entities[name];
      if (who === undefined || who === null) return -1;
      const known = names.get(name);
      return known?.keyOf(String(who)) ?? (add ? (known?.add(String(who), STRANGER) ?? STRANGER) : STRANGER);
    });
  const keptRow = (row: number): KeptCase => ({
    time: task.time[row],
    keys: entities.map((name) => task.entities.get(name)?.rows[row] ?? -1),
    amounts: task.summed.map((name) => task.values.get(name)?.[row] ?? Number.NaN),
  });
  return {
    names: features.names,
    entities,
    values,
    features,
    waitsForLabels,
    take(one) {
      const amounts = task.summed.map((name) => statedBy(one, name));
      const before = { time: one.time, keys: keysIn(one, false), amounts };
      // Nobody is given a number for a case that leaves no trace.
      const isTaken = features.check(eventOf(before, one.id)) === undefined;
      const kept = isTaken ? { ...before, keys: keysIn(one, true) } : before;
      return { kept, refusal: features.apply(eventOf(kept, one.id)) };
    },
    takeRow: (row) => void features.apply(eventOf(keptRow(row))),
    read(one, into, moment = one.time) {
      for (const [name, column] of stated) column[0] = statedBy(one, name);
      const keys = keysIn(one, false);
      const refusal = features.read({ time: moment, keys: keysOf(keys) }, into);
      for (const [at, needed] of missing.entries())
        if (needed.some((entity) => keys[entity] < 0)) into[at] = Number.NaN;
      return refusal;
    },
    label(kept, label, knownAt) {
      const { time, keys, amounts } = kept;
      if (!waitsForLabels) return features.revise({ time: timeOf(time), keys: keysOf(keys) }, positive, label);
      // What is told late counts from when it is told: nobody could have used it before.
      const known = Math.max(knownAt, features.newest - LATENESS);
      let refusal: Refusal | undefined;
      for (const delay of delays) {
        const measures: Record<string, number> = { [arrived(positive, delay)]: label };
        for (const [at, name] of task.summed.entries())
          if (!Number.isNaN(amounts[at])) measures[arrived(name, delay)] = amounts[at];
        const moment = timeOf(Math.max(time, known - delay));
        refusal ??= features.apply({ time: moment, keys: keysOf(keys), measures, isCounted: false });
      }
      return refusal;
    },
    keptRow,
    save(writer) {
      const saved = features.save();
      writer.number(saved.length);
      writer.bytes(saved);
      for (const known of names.values()) known.save(writer);
    },
    load(reader) {
      features.restore(reader.bytes(reader.number()));
      for (const known of names.values()) known.load(reader);
    },
    forget: (entity, name) => names.get(entity)?.forget(name),
  };
}

/** A measure of the labels that a statistic with this delay adds up, apart from the cases themselves. */
function arrived(measure: string, delay: number): string {
  return `${measure}@${delay}`;
}

/** The plan with each statistic of labels reading what has arrived: an event of its own, at the moment from which it may be used. */
function byArrival(
  plan: FeaturePlan,
  isMoved: (one: Exclude<Statistic, { readonly what: "attribute" }>) => boolean,
): FeaturePlan & { readonly delays: readonly number[] } {
  const delays: number[] = [];
  const statistics = plan.statistics.map((one): Statistic => {
    if (one.what === "attribute" || !isMoved(one)) return one;
    const { delay, measure, where } = one;
    delays.push(delay);
    return {
      ...one,
      ...(measure === undefined ? {} : { measure: arrived(measure, delay) }),
      ...(where === undefined ? {} : { where: arrived(where, delay) }),
    };
  });
  return { ...plan, statistics, delays };
}

interface Parts {
  readonly entities: readonly string[];
  readonly delays: readonly number[];
  readonly stated: ReadonlyMap<string, Float64Array>;
  readonly waitsForLabels: boolean;
}

const NO_ROWS = { rows: new Int32Array(0) };
/** A measure that not every event has. */
const SOME = { mask: new Uint8Array(0) };

function vocabularyOf(task: ScoredTask, { entities, delays, stated, waitsForLabels }: Parts): Vocabulary {
  const { positive, row } = task.words;
  // A case that lacks an amount is a case all the same.
  const amount = { values: new Float64Array(0), ...SOME };
  const label = { values: new Float64Array(0), isBinary: true };
  const measures = new Map<string, Vocabulary["measures"] extends ReadonlyMap<string, infer M> ? M : never>();
  for (const name of task.summed) measures.set(name, amount);
  if (!waitsForLabels) measures.set(positive, label);
  for (const delay of delays) {
    measures.set(arrived(positive, delay), { ...label, ...SOME });
    for (const name of task.summed) measures.set(arrived(name, delay), amount);
  }
  return {
    entities: new Map([
      ...entities.map((name) => [name, { count: KEYS, ...NO_ROWS }] as const),
      [row, { count: 1, ...NO_ROWS }] as const,
    ]),
    measures,
    ...(waitsForLabels ? { counted: new Uint8Array(0) } : {}),
    attributes: new Map([[row, stated]]),
  };
}
