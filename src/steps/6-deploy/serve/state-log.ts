/** The events that a state keeps for one entity, or for the pairs of two: which list an event belongs to, and what a request finds there. */

import { quantize } from "../../3-data/features/feature-plan.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { EventLists, type ListedEvent } from "./event-lists.ts";
import { type EventIdentity, keysIn, type StateEvent, type StateRequest } from "./state-event.ts";
import type { Flag, LogLayout, Vocabulary } from "./state-layout.ts";

export interface StateLog {
  /** Adds an event under each of its keys. `oldest` is the earliest moment that may still be asked about. False when nobody knows whom it is about. */
  append(event: StateEvent, oldest: number): boolean;
  /**
   * Where the event is, so that `measure` can be revised: `here` under all of its keys; `gone` where no window reaches it any more, or never
   * did; `unused` where no feature looks at the measure.
   */
  find(event: EventIdentity, measure: string, oldest: number): "here" | "missing" | "gone" | "unused";
  /** Gives a measure of an event that is here another value, under each of its keys. */
  revise(event: EventIdentity, measure: string, value: number): void;
  /** Fills `moments` and `sums`; `unknown` when nobody knows whom the request is about. */
  ask(request: StateRequest): "known" | "unknown" | "not-exact";
  /** The moments that the last request's windows begin and end at, ascending. */
  readonly moments: Float64Array;
  /** Totals before each moment, pooled over the request's keys: `sums[moment * width + slot]`. */
  readonly sums: Float64Array;
  readonly width: number;
  readonly bytes: number;
  save(writer: ByteWriter): void;
  load(reader: ByteReader): void;
}

/** Keys are list numbers up to here; combinations beyond get numbers as they occur. */
const LARGEST_DENSE = 2 ** 24;
/** What an entry of a `Map` of numbers takes in V8, about. */
const MAP_ENTRY_BYTES = 40;

export function openLog(layout: LogLayout, vocabulary: Vocabulary): StateLog {
  const { entity, shape, shifts, columns } = layout;
  const counts = entity.map((name) => vocabulary.entities.get(name)?.count ?? 0);
  const isDense = counts.reduce((product, count) => product * count, 1) <= LARGEST_DENSE;
  const numbers = new Map<number, number>();
  const freeNumbers: number[] = [];
  let named: number[] = [];
  const lists = new EventLists(shape);
  const width = shape.slots.length;
  const moments = new Float64Array(shifts.length);
  const sums = new Float64Array(shifts.length * width);
  const amounts = new Float64Array(columns.length);
  const reach = shifts[0];
  const labelOf = (measure: string): number => {
    const at = layout.flags.findIndex((flag) => flag.about === "is-one" && flag.measure === measure);
    return at < 0 ? 0 : 2 ** at;
  };
  // An event is kept even where all that is counted is a label that it does not have: it may arrive yet.
  const labels = layout.flags.reduce((bits, { about }, at) => (about === "is-one" ? bits | (2 ** at) : bits), 0);
  const everyFlag = shape.slots.map(({ flags }) => flags & ~labels);
  const keepsAll = everyFlag.includes(0);
  /** The list that the next append tidies up, so that entities that fall silent are forgotten too. */
  let swept = 0;

  const numberFor = (combination: number): number => {
    if (isDense) return combination;
    const known = numbers.get(combination);
    if (known !== undefined) return known;
    const fresh = freeNumbers.pop() ?? named.length;
    numbers.set(combination, fresh);
    named[fresh] = combination;
    return fresh;
  };
  const forEachCombination = (keys: StateEvent["keys"], visit: (combination: number) => void): boolean => {
    const first = entity.length === 0 ? ONE : keysIn(keys[entity[0]], counts[0]);
    const second = entity.length < 2 ? ONE : keysIn(keys[entity[1]], counts[1]);
    const span = counts[1] ?? 1;
    for (let i = 0; i < first.length; i++) {
      for (let j = 0; j < second.length; j++) visit(first[i] * span + second[j]);
    }
    return isAnyone(keys, entity, first, second);
  };
  const sweep = (horizon: number): void => {
    if (lists.count === 0) return;
    swept = swept + 1 < lists.count ? swept + 1 : 0;
    lists.drop(swept, horizon);
    if (isDense || shape.keepsDropped || !lists.isEmpty(swept)) return;
    if (numbers.get(named[swept]) !== swept) return;
    numbers.delete(named[swept]);
    freeNumbers.push(swept);
  };

  return {
    append(event, oldest) {
      const flags = flagsOf(layout.flags, event);
      const horizon = oldest - reach;
      sweep(horizon);
      const isWanted = everyFlag.some((wanted) => (flags & wanted) === wanted);
      for (let at = 0; at < columns.length; at++) amounts[at] = event.measures[columns[at]] ?? 0;
      return forEachCombination(event.keys, (combination) => {
        if (isWanted) lists.append(numberFor(combination), event.time, flags, amounts, horizon);
      });
    },
    find({ time, keys }, measure, oldest) {
      if (columns.indexOf(measure) < 0 && labelOf(measure) === 0) return "unused";
      if (time < oldest - reach) return shape.keepsDropped ? "missing" : "gone";
      let [touched, found] = [0, 0];
      forEachCombination(keys, (combination) => {
        const list = isDense ? combination : numbers.get(combination);
        touched++;
        if (list !== undefined && lists.has(list, time)) found++;
      });
      if (touched === 0) return "gone";
      if (touched === found) return "here";
      return found > 0 || keepsAll ? "missing" : "gone";
    },
    revise({ time, keys }, measure, value) {
      const column = columns.indexOf(measure);
      const bit = labelOf(measure);
      const change = (event: ListedEvent): boolean => {
        const flags = (event.flags & ~bit) | (value === 1 ? bit : 0);
        const isSame = flags === event.flags && (column < 0 || quantize(value) === event.values[column]);
        event.flags = flags;
        if (column >= 0) event.values[column] = value;
        return !isSame;
      };
      forEachCombination(keys, (combination) => lists.revise(numberFor(combination), time, change));
    },
    ask({ time, keys }) {
      for (let at = 0; at < shifts.length; at++) moments[at] = time - shifts[at];
      for (let at = 0; at < sums.length; at++) {
        sums[at] = shape.slots[at % width].what === "last" ? Number.NEGATIVE_INFINITY : 0;
      }
      let isExact = true;
      const isKnown = forEachCombination(keys, (combination) => {
        const list = isDense ? combination : numbers.get(combination);
        if (list !== undefined) isExact = lists.sumBefore(list, moments, sums) && isExact;
      });
      if (!isExact) return "not-exact";
      return isKnown ? "known" : "unknown";
    },
    moments,
    sums,
    width,
    get bytes() {
      return lists.bytes + numbers.size * MAP_ENTRY_BYTES + 8 * named.length;
    },
    save(writer) {
      const taken = isDense ? Array.from({ length: lists.count }, (_, list) => [list, list]) : [...numbers];
      writer.number(taken.length);
      for (const [combination, list] of taken) {
        writer.number(combination);
        lists.save(list, writer);
      }
    },
    load(reader) {
      named = [];
      for (let left = reader.number(); left > 0; left--) lists.load(numberFor(reader.number()), reader);
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

/** Whether all entities are known; an empty list (a title without genres) is no stranger. */
function isAnyone(
  keys: StateEvent["keys"],
  entity: readonly string[],
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): boolean {
  return [first, second].every((found, at) => {
    if (at >= entity.length || found.length > 0) return true;
    const given = keys[entity[at]];
    return typeof given !== "number" && given !== undefined && given.length === 0;
  });
}
