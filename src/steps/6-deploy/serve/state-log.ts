/** The events that a state keeps for one entity, or for the pairs of two: which list an event belongs to, and what a request finds there. */

import { quantize } from "../../3-data/features/feature-plan.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { EventLists, type Revision } from "./event-lists.ts";
import { KeyPlaces } from "./key-places.ts";
import { PutOffAppends } from "./put-off-appends.ts";
import { type EventIdentity, type Keys, keysIn, type StateEvent, type StateRequest } from "./state-event.ts";
import type { Flag, LogLayout, Vocabulary } from "./state-layout.ts";

/** Whether all keys of a question are known, and their totals exact. */
export type StateAnswer = "known" | "unknown" | "not-exact";

/** What can be wrong with a question, as a number: what is worse is more. */
export const ANSWER_CODES = { known: 0, unknown: 1, "not-exact": 2 } as const satisfies Record<StateAnswer, number>;

export interface Questions {
  readonly time: number;
  readonly count: number;
  /** Of each entity the keys of each question; undefined where all have the same. */
  readonly own: readonly [ArrayLike<Keys> | undefined, ArrayLike<Keys> | undefined];
  readonly shared: readonly [Keys | undefined, Keys | undefined];
}

export interface StateLog {
  /** Adds an event under each of its keys; `print` tells it apart. False when nobody knows whom it is about. */
  append(event: StateEvent, print: number): boolean;
  /** The newest event is of `newest`, and `oldest` is the earliest moment that may still be asked about. */
  advance(newest: number, oldest: number): void;
  /** The time is `newest` again: takes out what lies beyond, and gives how many entries went. */
  setBack(newest: number, oldest: number): number;
  /** How far before a request an event may lie that its windows still see, in seconds. */
  readonly reach: number;
  /**
   * Where the event is, so that `measure` can be revised: `here` under all of its keys; `gone` where no window reaches it any more, or never
   * did; `unused` where no feature looks at the measure, and the event may be there; `missing` where it should be, and is not.
   */
  find(event: EventIdentity, measure: string): "here" | "missing" | "gone" | "unused";
  /** Whether every event has a place here, whatever its measures. */
  readonly keepsAll: boolean;
  /** Whether there is an event of that very moment under all of its keys. */
  has(event: EventIdentity): boolean;
  /** Whether events are given their places later, many at a time, or whenever something is asked for that needs them: for telling many and asking nothing. */
  putOff(isPutOff: boolean): void;
  /** Gives a measure of an event that is here another value, under each of its keys. Whether that changed any. */
  revise(event: EventIdentity, print: number, measure: string, value: number): boolean;
  /** The entities whose events these are: none, one or two. */
  readonly entity: readonly string[];
  /** Fills `moments` and `sums`; `unknown` when nobody knows whom the request is about. */
  ask(request: StateRequest): StateAnswer;
  /**
   * The same of `count` questions of one moment, by the keys of the first and of the second entity, each its own or those of all: fills `moments`, and
   * `totals` with those of one question after the other. What is wrong with one goes to `codes`, unless worse is there.
   */
  askEach(questions: Questions, totals: Float64Array, codes: Uint8Array): void;
  /** The moments that the last request's windows begin and end at, ascending. */
  readonly moments: Float64Array;
  /** Totals before each moment, pooled over the request's keys: `sums[moment * width + slot]`. */
  readonly sums: Float64Array;
  readonly width: number;
  readonly bytes: number;
  save(writer: ByteWriter): void;
  /** `newest` as it was when the log was saved. */
  load(reader: ByteReader, newest: number): void;
}

/** Lists of entities that fall silent are visited so many times while the longest window passes. */
const ROUNDS = 48;

/** `lateness` is how far before the newest event an event or a request may lie; `kept` how many lists' totals are kept as they were found last. */
export function openLog(layout: LogLayout, vocabulary: Vocabulary, lateness: number, kept = 0): StateLog {
  const { entity, shape, shifts, columns } = layout;
  const counts = entity.map((name) => vocabulary.entities.get(name)?.count ?? 0);
  const range = counts.reduce((product, count) => product * count, 1);
  let places = new KeyPlaces(range);
  const reach = shifts[0];
  const round = Math.max(1, (reach + lateness) / ROUNDS);
  const span = Math.ceil(Math.log2(reach + lateness + 2 * round + 2));
  const openLists = (): EventLists =>
    new EventLists(
      { ...shape, span: span <= 32 ? span : 0 },
      kept > 0 ? { places: kept, moments: shifts.length } : undefined,
    );
  let lists = openLists();
  /** Stands before the lists while much is told and little asked. */
  let waiting: PutOffAppends | undefined;
  const settled = (): EventLists => {
    waiting?.settle();
    return lists;
  };
  const width = shape.slots.length;
  const moments = new Float64Array(shifts.length);
  const sums = new Float64Array(shifts.length * width);
  const amounts = new Float64Array(columns.length);
  const nothing = Float64Array.from(sums, (_, at) =>
    shape.slots[at % width].what === "last" ? Number.NEGATIVE_INFINITY : 0,
  );
  // An event is kept even where all that is counted is a label that it does not have: it may arrive yet.
  const labels = layout.flags.reduce((bits, { about }, at) => (about === "is-one" ? bits | (2 ** at) : bits), 0);
  const everyFlag = shape.slots.map(({ flags }) => flags & ~labels);
  const keepsAll = everyFlag.includes(0);
  const labelOf = (measure: string): number => {
    const at = layout.flags.findIndex((flag) => flag.about === "is-one" && flag.measure === measure);
    return at < 0 ? 0 : 2 ** at;
  };
  let horizon = Number.NEGATIVE_INFINITY;
  /** The last question about one key, or about everything, while nothing has changed since: the candidates of a request share whom it is for. Before an event the time goes on. */
  const asked = { key: -1, time: Number.NaN, answer: "known" as "known" | "not-exact" };
  const emptied = (list: number): void => {
    if (!shape.keepsDropped) places.release(list);
  };

  /** The keys that were last combined, `combined` of them. */
  const combinations: number[] = [];
  let combined = 0;
  /** False when nobody knows whom it is about. */
  const combine = (first: Keys | undefined, second: Keys | undefined): boolean => {
    combined = 0;
    if (entity.length === 1 && typeof first === "number") {
      if (!(Number.isInteger(first) && first >= 0 && first < counts[0])) return false;
      combinations[combined++] = first;
      return true;
    }
    const range = counts[1] ?? 1;
    if (
      entity.length === 2 &&
      typeof first === "number" &&
      Number.isInteger(first) &&
      first >= 0 &&
      first < counts[0]
    ) {
      // A member and a title's genres: asked for each candidate of a list.
      const others = keysIn(second, range);
      for (let j = 0; j < others.length; j++) combinations[combined++] = first * range + others[j];
      return isKnown(second, others);
    }
    const ones = entity.length === 0 ? ONE : keysIn(first, counts[0]);
    const others = entity.length < 2 ? ONE : keysIn(second, range);
    for (let i = 0; i < ones.length; i++) {
      for (let j = 0; j < others.length; j++) combinations[combined++] = ones[i] * range + others[j];
    }
    return (entity.length < 1 || isKnown(first, ones)) && (entity.length < 2 || isKnown(second, others));
  };
  const combineAll = (keys: StateEvent["keys"]): boolean => combine(keys[entity[0]], keys[entity[1]]);

  /** Under how many of the keys, which are combined, there is an event of that moment. */
  const countHere = (time: number, keys: StateEvent["keys"]): number => {
    combineAll(keys);
    let found = 0;
    for (let at = 0; at < combined; at++) {
      const list = places.find(combinations[at]);
      if (list >= 0 && (waiting ?? lists).has(list, time)) found++;
    }
    return found;
  };

  /** Writes the totals of the keys, which are combined, to `totals`; false where one is too large to be exact. */
  const pool = (totals: Float64Array, from: number): boolean => {
    let isExact = true;
    let isFirst = true;
    for (let at = 0; at < combined; at++) {
      const list = places.find(combinations[at]);
      if (list < 0) continue;
      isExact = settled().sumBefore(list, moments, totals, from, isFirst) && isExact;
      isFirst = false;
    }
    if (isFirst) for (let at = 0; at < nothing.length; at++) totals[from + at] = nothing[at];
    return isExact;
  };

  return {
    entity,
    append(event, print) {
      const flags = flagsOf(layout.flags, event);
      const isKnown = combineAll(event.keys);
      if (!keepsAll && !everyFlag.some((wanted) => (flags & wanted) === wanted)) return isKnown;
      for (let at = 0; at < columns.length; at++) amounts[at] = event.measures[columns[at]] ?? 0;
      for (let at = 0; at < combined; at++) {
        (waiting ?? lists).append(places.take(combinations[at]), event.time, flags, amounts, print, horizon);
      }
      return isKnown;
    },
    advance(newest, oldest) {
      asked.key = -1;
      horizon = oldest - reach;
      (waiting ?? lists).advance(newest, horizon, round, emptied);
    },
    setBack(newest, oldest) {
      asked.key = -1;
      horizon = oldest - reach;
      const gone = settled().setBack(newest);
      if (waiting !== undefined) waiting = new PutOffAppends(lists, columns.length);
      return gone;
    },
    putOff(isPutOff) {
      if (isPutOff === (waiting !== undefined)) return;
      waiting?.settle();
      waiting = isPutOff ? new PutOffAppends(lists, columns.length) : undefined;
    },
    reach,
    keepsAll,
    has: ({ time, keys }) => time >= horizon && countHere(time, keys) === combined && combined > 0,
    find({ time, keys }, measure) {
      const isUsed = columns.indexOf(measure) >= 0 || labelOf(measure) !== 0;
      // What keeps every event knows whether there was one, also where the measure is nothing to it.
      if (!isUsed && (!keepsAll || time < horizon)) return "unused";
      if (time < horizon) return shape.keepsDropped ? "missing" : "gone";
      const found = countHere(time, keys);
      if (!isUsed) return found === combined ? "unused" : "missing";
      if (combined === 0) return "gone";
      if (found === combined) return "here";
      return found > 0 || keepsAll ? "missing" : "gone";
    },
    revise({ time, keys }, print, measure, value) {
      asked.key = -1;
      const column = columns.indexOf(measure);
      const bit = labelOf(measure);
      let isChanged = false;
      const change: Revision = (run, at) => {
        const flags = (run.flags[at] & ~bit) | (value === 1 ? bit : 0);
        isChanged ||= flags !== run.flags[at] || (column >= 0 && run.values[column][at] !== quantize(value));
        run.setFlags(at, flags);
        if (column >= 0) run.values[column][at] = quantize(value);
      };
      combineAll(keys);
      for (let at = 0; at < combined; at++) settled().revise(places.find(combinations[at]), time, print, change);
      return isChanged;
    },
    ask({ time, keys }) {
      const one = entity.length === 0 ? 0 : entity.length === 1 ? keys[entity[0]] : undefined;
      const isAlone = typeof one === "number" && one >= 0;
      if (isAlone && one === asked.key && time === asked.time) return asked.answer;
      asked.key = -1;
      for (let at = 0; at < shifts.length; at++) moments[at] = time - shifts[at];
      const isKnown = combineAll(keys);
      const isExact = pool(sums, 0);
      if (isAlone && isKnown) [asked.key, asked.time, asked.answer] = [one, time, isExact ? "known" : "not-exact"];
      if (!isExact) return "not-exact";
      return isKnown ? "known" : "unknown";
    },
    askEach({ time, count, own, shared }, totals, codes) {
      // What was found last is of other moments now.
      asked.key = -1;
      for (let at = 0; at < shifts.length; at++) moments[at] = time - shifts[at];
      const [ones, others] = own;
      const [one, other] = shared;
      for (let row = 0; row < count; row++) {
        const isKnown = combine(ones === undefined ? one : ones[row], others === undefined ? other : others[row]);
        if (!pool(totals, row * sums.length)) codes[row] = ANSWER_CODES["not-exact"];
        else if (!isKnown) codes[row] = Math.max(codes[row], ANSWER_CODES.unknown);
      }
    },
    moments,
    sums,
    width,
    get bytes() {
      return lists.bytes + places.bytes;
    },
    save(writer) {
      settled();
      for (const [key, place] of places.entries()) {
        if (place >= lists.count || (lists.isEmpty(place) && !shape.keepsDropped)) continue;
        writer.number(key);
        lists.save(place, writer);
      }
      writer.number(-1);
    },
    load(reader, newest) {
      // What was here before is not what was saved: a service opens with the data's events and then becomes its snapshot.
      [places, lists, horizon] = [new KeyPlaces(range), openLists(), Number.NEGATIVE_INFINITY];
      waiting = undefined;
      asked.key = -1;
      for (let key = reader.number(); key >= 0; key = reader.number()) {
        lists.load(places.take(key), reader, newest);
      }
    },
  };
}

const ONE: readonly number[] = [0];

function flagsOf(flags: readonly Flag[], { measures, isCounted = true }: StateEvent): number {
  let result = 0;
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at];
    const isSet =
      flag.about === "counted"
        ? isCounted
        : flag.about === "has"
          ? measures[flag.measure] !== undefined
          : measures[flag.measure] === 1;
    if (isSet) result |= 2 ** at;
  }
  return result;
}

/** Whether an entity is known, some of whose keys were found; an empty list (a title without genres) is no stranger. */
function isKnown(given: Keys | undefined, found: ArrayLike<number>): boolean {
  return found.length > 0 || (typeof given !== "number" && given !== undefined && given.length === 0);
}
