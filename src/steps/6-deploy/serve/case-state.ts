/** The feature state of a scored task: what a case or a label that arrives tells it, and what is known of a case that is to be predicted. */

import { DAY } from "../../../core/day.ts";
import type { NumericColumn } from "../../../core/table.ts";
import { goesByArrival } from "../../3-data/features/arrived-stream.ts";
import type { Measure } from "../../3-data/features/event-stream.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { type FeaturePlan, planFeatures } from "../../3-data/features/feature-plan.ts";
import { wordsByRate } from "../../3-data/features/scored-features.ts";
import { scoredStream } from "../../3-data/features/scored-stream.ts";
import type { ScoredTask } from "../../3-data/scored-task.ts";
import { CALENDAR_FLAGS } from "../../3-data/sources/calendar-flags.ts";
import { flagValue } from "../../3-data/sources/value-kinds.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { createFeatureState, type FeatureState } from "./feature-state.ts";
import { IdOwners, mixOf } from "./id-owners.ts";
import { KeyNames } from "./key-names.ts";
import { openLabelArrivals } from "./label-arrivals.ts";
import type { Refusal, StateEvent } from "./state-event.ts";
import type { Vocabulary } from "./state-layout.ts";

/** A case as a caller sends it; null for what it lacks. */
export interface IncomingCase {
  readonly id: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly entities: Readonly<Record<string, string | number | null>>;
  readonly values: Readonly<Record<string, number | boolean | string | null>>;
}

/** What is kept of a case until its label comes: its keys in the order of `entities`, and its amounts in that of the task's `summed`. */
export interface KeptCase {
  /** Tells it apart from others of its moment with the same keys: days without a time of day are full of them. */
  readonly own: number;
  readonly time: number;
  readonly keys: readonly number[];
  readonly amounts: readonly number[];
}

/** Why a case is not taken. */
export type CaseRefusal = Refusal | "id-of-another";

export interface CaseState {
  /** Names of the features, in the order that `read` gives them. */
  readonly names: readonly string[];
  /** Whom a case names, and the numbers that it states; what the moment itself says may be left out. */
  readonly entities: readonly string[];
  readonly values: readonly string[];
  /** Those of the values that are yes or no in all of the data: they may be told in its words. */
  readonly flags: ReadonlySet<string>;
  readonly features: FeatureState;
  /** Whether labels tell both outcomes as they become known; otherwise a case is none until it is told to be a positive one. */
  readonly waitsForLabels: boolean;
  /** Takes a case; gives it as it is kept, and why it was refused: as `id-of-another` where a case about others had its id. */
  take(one: IncomingCase): { readonly kept: KeptCase; readonly refusal: CaseRefusal | undefined };
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
  /** Whom each id was about, behind all else: an earlier version kept it not, and gives undefined for a reader. */
  saveOwners(writer: ByteWriter): void;
  loadOwners(reader: ByteReader | undefined): void;
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
/** How long a case that comes again is known by its id, at least. */
const ID_SPAN = DAY;

/** An empty state for the declared features. Throws a `FailureError` for a feature that the task cannot have. */
export function openCaseState(declarations: readonly FeatureDeclaration[], task: ScoredTask): CaseState {
  const { positive, row: own } = task.words;
  const written = declarations.map((one) => wordsByRate(one, task));
  const entities = [...task.entities.keys()].filter((name) => name !== own && name !== "row");
  const values = [...task.values.keys()];
  const waitsForLabels = task.knownAt !== undefined;
  const plans = planFeatures(written, scoredStream(task));
  const places = placesOf(plans, task);
  const stated = new Map(values.map((name) => [name, new Float64Array(1)]));
  const vocabulary = vocabularyOf(task, { entities, stated, waitsForLabels });
  const features = createFeatureState(places.own, vocabulary, {
    lateness: LATENESS,
    // A moment that the service's clock has not come to is refused at the door, where that clock is known.
    jump: Number.POSITIVE_INFINITY,
    idSpan: ID_SPAN,
  });
  const arrivals = [...places.moved].map(([delay, moved]) => ({
    moved: openLabelArrivals(moved, labelVocabulary(task, vocabulary), delay),
    found: new Float64Array(moved.length),
  }));
  const owners = new IdOwners(ID_SPAN);
  const found = new Float64Array(places.own.length);
  const scratch = plans.map(({ statistics }) => new Float64Array(statistics.length));
  const names = new Map(entities.map((name) => [name, new KeyNames(task.entities.get(name) ?? { count: 0 })]));
  const missing = written.map(({ entity }) => entity.map((name) => entities.indexOf(name)).filter((at) => at >= 0));

  const keysOf = (keys: readonly number[], which = 0): Record<string, number> => {
    const all: Record<string, number> = { [own]: which };
    for (const [at, name] of entities.entries()) all[name] = keys[at];
    return all;
  };
  const timeOf = (time: number): number => (time >= 0 && time < LATEST ? time : Number.NaN);
  const eventOf = ({ own: which, time, keys, amounts }: KeptCase, id?: string): StateEvent => {
    const measures: Record<string, number> = waitsForLabels ? {} : { [positive]: 0 };
    for (const [at, name] of task.summed.entries()) if (!Number.isNaN(amounts[at])) measures[name] = amounts[at];
    return { time: timeOf(time), id, keys: keysOf(keys, which), measures };
  };
  const statedBy = (one: IncomingCase, name: string): number => {
    const given = one.values[name];
    if (given === undefined) return CALENDAR_FLAGS.get(name)?.(one.time) ?? Number.NaN;
    if (given === null) return Number.NaN;
    return typeof given === "string" ? flagValue(given) : Number(given);
  };
  const keysIn = (one: IncomingCase, add: boolean): number[] =>
    entities.map((name) => {
      const who = one.entities[name];
      if (who === undefined || who === null) return -1;
      const known = names.get(name);
      return known?.keyOf(String(who)) ?? (add ? (known?.add(String(who), STRANGER) ?? STRANGER) : STRANGER);
    });
  const keptRow = (row: number): KeptCase => ({
    own: row,
    time: task.time[row],
    keys: entities.map((name) => task.entities.get(name)?.rows[row] ?? -1),
    amounts: task.summed.map((name) => task.values.get(name)?.[row] ?? Number.NaN),
  });
  return {
    names: plans.map(({ name }) => name),
    entities,
    values,
    flags: new Set(values.filter((name) => isFlag(task.values.get(name)))),
    features,
    waitsForLabels,
    take(one) {
      const amounts = task.summed.map((name) => statedBy(one, name));
      const before = { own: hashText(one.id), time: one.time, keys: keysIn(one, false), amounts };
      // Nobody is given a number for a case that leaves no trace.
      const isTaken = features.check(eventOf(before, one.id)) === undefined;
      const kept = isTaken ? { ...before, keys: keysIn(one, true) } : before;
      const refusal = features.apply(eventOf(kept, one.id));
      const [owner = -1, ...others] = kept.keys;
      if (refusal === undefined) owners.add(one.id, owner, mixOf(others), features.newest);
      const isAnothers = refusal === "duplicate" && owners.isAnothers(one.id, owner, mixOf(others), features.newest);
      return { kept, refusal: isAnothers ? "id-of-another" : refusal };
    },
    takeRow: (row) => void features.apply(eventOf(keptRow(row))),
    read(one, into, moment = one.time) {
      for (const [name, column] of stated) column[0] = statedBy(one, name);
      const keys = keysIn(one, false);
      const request = { time: moment, keys: keysOf(keys) };
      const refusal = features.read(request, found);
      for (const { moved, found: told } of arrivals) moved.read(request, told);
      for (const [at, plan] of plans.entries()) {
        for (const [index, { from, place }] of places.of[at].entries())
          scratch[at][index] = from < 0 ? found[place] : arrivals[from].found[place];
        into[at] = refusal === undefined ? plan.finish(scratch[at], moment) : Number.NaN;
      }
      for (const [at, needed] of missing.entries())
        if (needed.some((entity) => keys[entity] < 0)) into[at] = Number.NaN;
      return refusal;
    },
    label(kept, label, knownAt) {
      const { own: which, time, keys, amounts } = kept;
      if (!waitsForLabels) return features.revise({ time: timeOf(time), keys: keysOf(keys, which) }, positive, label);
      // What is told late counts from when it is told: nobody could have used it before.
      const known = Math.max(knownAt, features.newest - LATENESS);
      if (!Number.isFinite(timeOf(time))) return "bad-time";
      const measures: Record<string, number> = { [positive]: label };
      for (const [at, name] of task.summed.entries()) if (!Number.isNaN(amounts[at])) measures[name] = amounts[at];
      for (const { moved } of arrivals) moved.tell({ time, keys: keysOf(keys), measures }, known);
      return undefined;
    },
    keptRow,
    save(writer) {
      const saved = features.save();
      writer.number(saved.length);
      writer.bytes(saved);
      for (const { moved } of arrivals) moved.save(writer);
      for (const known of names.values()) known.save(writer);
    },
    load(reader) {
      features.restore(reader.bytes(reader.number()));
      for (const { moved } of arrivals) moved.load(reader);
      for (const known of names.values()) known.load(reader);
    },
    saveOwners: (writer) => owners.save(writer),
    loadOwners(reader) {
      if (reader === undefined) owners.beginAt(features.newest);
      else owners.load(reader);
    },
    forget: (entity, name) => names.get(entity)?.forget(name),
  };
}

/** FNV-1a over the text's UTF-16 units. */
function hashText(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 0;
}

/** Whether a column says yes and no: 1, 0, and nothing else but what is missing. */
function isFlag(column: NumericColumn | undefined): boolean {
  return column?.every((value) => value === 0 || value === 1 || Number.isNaN(value)) ?? false;
}

/** Where each statistic of a plan is found: in the state of the cases, or in that of the labels with a delay of its own. */
interface StatisticPlaces {
  /** Plans of one statistic each, of the cases themselves. */
  readonly own: readonly FeaturePlan[];
  /** By delay, in the order of `from`. */
  readonly moved: ReadonlyMap<number, readonly FeaturePlan[]>;
  /** By plan and statistic; `from` is -1 for the cases' own. */
  readonly of: readonly (readonly { readonly from: number; readonly place: number }[])[];
}

function placesOf(plans: readonly FeaturePlan[], { knownAt, words }: ScoredTask): StatisticPlaces {
  const arrival = knownAt === undefined ? {} : { arrival: { measure: words.positive, knownAt } };
  const own: FeaturePlan[] = [];
  const moved = new Map<number, FeaturePlan[]>();
  const of = plans.map(({ name, statistics }) =>
    statistics.map((one, at) => {
      const alone: FeaturePlan = { name: `${name} ${at}`, statistics: [one], finish: (values) => values[0] };
      if (one.what === "attribute" || !goesByArrival(arrival, one)) return { from: -1, place: own.push(alone) - 1 };
      const some = moved.get(one.delay) ?? [];
      moved.set(one.delay, some);
      return { from: [...moved.keys()].indexOf(one.delay), place: some.push(alone) - 1 };
    }),
  );
  return { own, moved, of };
}

interface Parts {
  readonly entities: readonly string[];
  readonly stated: ReadonlyMap<string, Float64Array>;
  readonly waitsForLabels: boolean;
}

const NO_ROWS = { rows: new Int32Array(0) };

function vocabularyOf(task: ScoredTask, { entities, stated, waitsForLabels }: Parts): Vocabulary {
  const { positive, row } = task.words;
  // A case that lacks an amount is a case all the same.
  const amount = { values: new Float64Array(0), mask: new Uint8Array(0) };
  const label = [positive, { values: new Float64Array(0), isBinary: true }] as const;
  return {
    entities: new Map([
      ...entities.map((name) => [name, { count: KEYS, ...NO_ROWS }] as const),
      [row, { count: 1, ...NO_ROWS }] as const,
    ]),
    measures: new Map<string, Measure>([
      ...task.summed.map((name) => [name, amount] as const),
      ...(waitsForLabels ? [] : [label]),
    ]),
    attributes: new Map([[row, stated]]),
  };
}

/** Every event of labels has one, and the amounts of its case. */
function labelVocabulary({ words }: ScoredTask, { measures, entities }: Vocabulary): Vocabulary {
  const label = [words.positive, { values: new Float64Array(0), isBinary: true }] as const;
  return { entities, measures: new Map<string, Measure>([...measures, label]), attributes: new Map() };
}
