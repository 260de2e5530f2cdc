/** Features of this moment for serving: the plans of the batch as a state that takes events one by one and answers with the same values to the last bit. */

import { DAY } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import type { FeaturePlan } from "../../3-data/features/feature-plan.ts";
import { askAll, faultOfPlace, reviseAll } from "./all-logs.ts";
import { ByteReader, ByteWriter } from "./byte-stream.ts";
import { RecentIds } from "./recent-ids.ts";
import { StateClock } from "./state-clock.ts";
import {
  type EventIdentity,
  printOf,
  type Refusal,
  reasons,
  type StateEvent,
  type StateRequest,
} from "./state-event.ts";
import { faultOfMeasures, faultOfRequest, isPossible, noCounts, type ReasonCounts } from "./state-faults.ts";
import { layoutState, type Vocabulary } from "./state-layout.ts";
import { openLog } from "./state-log.ts";
import type { FeatureStateOptions } from "./state-options.ts";
import { readerOf } from "./state-readers.ts";
import { type ManyRequests, openRowReader } from "./state-rows.ts";

/** Features of entities as of now. Memory is bounded by the events of the longest window with its delay, and a few totals per entity. */
export interface FeatureState {
  /** Names of the values that `read` gives, in order. */
  readonly names: readonly string[];
  /** Why `apply` would refuse an event, its clock apart; changes nothing. What makes no sense is said before what comes too late or twice. */
  check(event: StateEvent): Refusal | undefined;
  /**
   * Takes an event, or says why not; what is refused leaves no trace but its count. `arrived` is when it came by the receiver's own clock:
   * with it nobody can move the state's clock ahead, and one that stands ahead is set back once enough witnesses agree with the receiver.
   * What lies beyond is taken out again then, and counted as `set-aside`. `wasTaken`: after the same events it was taken before, so that what was
   * checked then need not be.
   */
  apply(event: StateEvent, arrived?: number, wasTaken?: boolean): Refusal | undefined;
  /**
   * Gives a measure of an earlier event another value: a label that has arrived, or one that is taken back. Saying the same twice
   * changes nothing. Done under all of the event's keys or none. Refused, and counted with the events: `unknown-event` where there is
   * none or no window reaches it any more, `bad-amount`, `bad-time`, `unknown-measure`, `missing-entity`.
   */
  revise(event: EventIdentity, measure: string, value: number): Refusal | undefined;
  /** Revisions that changed a value: saying the same twice is counted once. */
  readonly revised: number;
  /** Whether events of that very moment are remembered under each of its keys: mostly one of them all, and no other could be told from it. */
  holds(event: EventIdentity): boolean;
  /**
   * Fills `values` with what is known just before the request's moment: events at that very moment are hidden. NaN where nothing is
   * known, and everywhere when the request is refused. Changes nothing but counts.
   */
  read(request: StateRequest, values: Float64Array): Refusal | undefined;
  /**
   * The same for many requests that share some of their keys and their moment: `values` holds the features of one after the other. A refusal is that of
   * all; of single ones it is only counted.
   */
  readMany(requests: ManyRequests, values: Float64Array): Refusal | undefined;
  /** Time of the newest event taken, or where the clock was set back to; -Infinity before the first. */
  readonly newest: number;
  /** Until this moment windows may lack events: the clock stood ahead, and what only a later moment needs was all that was kept. */
  readonly wholeFrom: number;
  readonly applied: number;
  /** How far before a request an event may lie that some window still sees, in seconds. */
  readonly reach: number;
  readonly refusedEvents: ReasonCounts;
  readonly refusedRequests: ReasonCounts;
  /** Takes these for what `refusedRequests` had come to. */
  recount(refusedRequests: ReasonCounts): void;
  /** Whether events are given their places later, many at a time, or before anything is read: quicker for telling many and reading nothing. */
  putOff(isPutOff: boolean): void;
  /** Bytes of the events by entity (`customer`, `member+genre`, empty for all) with their tables and what lies idle, and of the `ids`. */
  bytes(): ReadonlyMap<string, number>;
  /** Everything, for `restore`. */
  save(): Uint8Array;
  /** Becomes the state that was saved, from a fresh one. Throws a `FailureError` when that was of other features or options. */
  restore(snapshot: Uint8Array): void;
}

/** Raised whenever saved bytes come to mean something else: a snapshot of another format is refused, not misread. */
const SNAPSHOT_FORMAT = 9;
/** One whose ids stand in an older form, which they say themselves. */
const READABLE_FORMAT = 8;

/** Characters of an id at most: ids are remembered, and a few of some megabytes each would fill the memory. */
export const LONGEST_ID = 256;

/** An empty state for features of events with this vocabulary. */
export function createFeatureState(
  plans: readonly FeaturePlan[],
  vocabulary: Vocabulary,
  options: FeatureStateOptions = {},
): FeatureState {
  const { lateness = 0, jump = 30 * DAY, confirmations = 3 } = options;
  const step = Math.min(options.step ?? jump, jump);
  const { idSpan = Math.max(3600, lateness), bounds = {}, leeway = lateness / 2 } = options;
  const layout = layoutState(plans, vocabulary);
  const logs = layout.logs.map((one) => openLog(one, vocabulary, lateness, options.keptTotals));
  const entities = [...new Set(layout.logs.flatMap(({ entity }) => entity))];
  const requested = [...new Set(plans.flatMap(({ statistics }) => statistics.flatMap(({ entity }) => entity)))];
  const everyone = [...vocabulary.entities.keys()];
  const ids = new RecentIds(idSpan);
  const readers = plans.map((plan, at) => readerOf(plan, layout.places[at], logs, vocabulary));
  const readRows = openRowReader(plans, layout.places, logs, vocabulary);
  const measures = [...vocabulary.measures];
  const refusedEvents = noCounts();
  const refusedRequests = noCounts();
  const clock = new StateClock({ lateness, jump, step, leeway, confirmations });
  const reach = Math.max(0, ...logs.map((log) => log.reach));
  let applied = 0;
  let revised = 0;
  let wholeFrom = Number.NEGATIVE_INFINITY;

  /** Why an event is not to be taken, its clock apart. */
  const faultOf = (event: StateEvent): Refusal | undefined => {
    if (!Number.isFinite(event.time)) return "bad-time";
    for (const name of entities) if (event.keys[name] === undefined) return "missing-entity";
    const fault = faultOfMeasures(event, measures, bounds);
    if (fault !== undefined) return fault;
    if (typeof event.id === "string" && event.id.length > LONGEST_ID) return "bad-id";
    if (event.time < clock.newest - lateness) return "from-the-past";
    return event.id !== undefined && ids.has(event.id) ? "duplicate" : undefined;
  };
  const faultOfRevision = ({ time, keys }: EventIdentity, name: string, value: number): Refusal | undefined => {
    const measure = vocabulary.measures.get(name);
    if (measure === undefined || measure.mask !== undefined) return "unknown-measure";
    if (!Number.isFinite(time)) return "bad-time";
    if (entities.some((entity) => keys[entity] === undefined)) return "missing-entity";
    return isPossible(value, bounds[name], measure.isBinary) ? undefined : "bad-amount";
  };
  const witnessOf = ({ keys }: StateEvent): number | undefined => {
    const who = options.witness === undefined ? undefined : keys[options.witness];
    return typeof who === "number" ? who : undefined;
  };
  const setBack = (to: number): void => {
    wholeFrom = Math.min(clock.newest - lateness, to + reach);
    clock.setBack(to);
    ids.setBack(to);
    // An event lies in several logs.
    refusedEvents["set-aside"] += Math.max(0, ...logs.map((log) => log.setBack(to, to - lateness)));
  };
  const signatureOf = (format: number): string =>
    JSON.stringify([
      format,
      layout,
      lateness,
      jump,
      step,
      leeway,
      confirmations,
      options.witness ?? "",
      idSpan,
      bounds,
      [...vocabulary.entities].map(([name, { count }]) => [name, count]),
    ]);

  return {
    names: plans.map(({ name }) => name),
    check: faultOf,
    apply(event, arrived, wasTaken = false) {
      const who = witnessOf(event);
      // For one that comes so late the clock was set back.
      const isSure = wasTaken && event.time >= clock.newest - lateness;
      let fault = isSure ? undefined : faultOf(event);
      if (fault === "from-the-past") {
        const back = clock.wayBack(event.time, who, arrived);
        if (back !== undefined) {
          setBack(back);
          fault = faultOf(event);
        }
      }
      if (fault === undefined && !isSure && !clock.believes(event.time, who, arrived)) fault = "clock-jump";
      if (fault !== undefined) {
        refusedEvents[fault]++;
        return fault;
      }
      clock.follow(event.time, who);
      const { newest } = clock;
      if (event.id !== undefined) ids.add(event.id, newest, isSure);
      const print = printOf(event.keys, everyone);
      let isKnown = true;
      for (const log of logs) {
        log.advance(newest, newest - lateness);
        isKnown = log.append(event, print) && isKnown;
      }
      if (!isKnown) refusedEvents["unknown-entity"]++;
      applied++;
      return undefined;
    },
    revise(event, measure, value) {
      const fault = faultOfRevision(event, measure, value) ?? faultOfPlace(logs, event, measure);
      if (fault !== undefined) {
        refusedEvents[fault]++;
        return fault;
      }
      if (reviseAll(logs, event, printOf(event.keys, everyone), measure, value)) revised++;
      return undefined;
    },
    holds(event) {
      let isHere = false;
      for (const log of logs) {
        if (!log.keepsAll) continue;
        if (!log.has(event)) return false;
        isHere = true;
      }
      return isHere;
    },
    read(request, values) {
      const fault =
        faultOfRequest(request, clock.newest - lateness, requested) ?? askAll(logs, request, refusedRequests);
      if (fault !== undefined) {
        refusedRequests[fault]++;
        values.fill(Number.NaN);
        return fault;
      }
      for (let at = 0; at < readers.length; at++) values[at] = readers[at](request);
      return undefined;
    },
    readMany(requests, values) {
      const { time, count, shared, own } = requests;
      const fault = faultOfRequest({ time, keys: { ...shared, ...own } }, clock.newest - lateness, requested);
      if (fault !== undefined) {
        refusedRequests[fault] += count;
        values.fill(Number.NaN, 0, count * plans.length);
        return fault;
      }
      const { unknown, notExact } = readRows(requests, values);
      refusedRequests["unknown-entity"] += unknown;
      refusedRequests["sum-not-exact"] += notExact;
      return undefined;
    },
    get newest() {
      return clock.newest;
    },
    get wholeFrom() {
      return wholeFrom;
    },
    get revised() {
      return revised;
    },
    get applied() {
      return applied;
    },
    reach,
    refusedEvents,
    refusedRequests,
    recount(counts) {
      for (const reason of reasons) refusedRequests[reason] = counts[reason];
    },
    putOff(isPutOff) {
      for (const log of logs) log.putOff(isPutOff);
    },
    bytes: () =>
      new Map([...logs.map((log, at) => [layout.logs[at].entity.join("+"), log.bytes] as const), ["ids", ids.bytes]]),
    save() {
      const writer = new ByteWriter();
      writer.text(signatureOf(SNAPSHOT_FORMAT));
      writer.number(applied);
      writer.number(wholeFrom);
      clock.save(writer);
      for (const reason of reasons) writer.number(refusedEvents[reason]);
      for (const reason of reasons) writer.number(refusedRequests[reason]);
      ids.save(writer);
      for (const log of logs) log.save(writer);
      return writer.finish();
    },
    restore(snapshot) {
      const reader = new ByteReader(snapshot);
      const signature = reader.text();
      if (![SNAPSHOT_FORMAT, READABLE_FORMAT].some((one) => signature === signatureOf(one))) refuseSnapshot();
      applied = reader.number();
      wholeFrom = reader.number();
      clock.load(reader);
      const { newest } = clock;
      for (const reason of reasons) refusedEvents[reason] = reader.number();
      for (const reason of reasons) refusedRequests[reason] = reader.number();
      ids.load(reader);
      for (const log of logs) {
        log.load(reader, newest);
        log.advance(newest, newest - lateness);
      }
    },
  };
}

function refuseSnapshot(): never {
  throw new FailureError({
    code: "other-state",
    message: "the snapshot was taken of other features, with other options, or by another version of the program",
    fix: "use the features, options and version that it was taken with, or build the state again from the events",
  });
}
