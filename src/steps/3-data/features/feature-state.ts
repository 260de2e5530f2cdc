/** The declared features while serving: a state that events are added to and features are read from, equal to the batch to the last bit. */

import { FailureError } from "../../../core/outcome.ts";
import { createEntityLog, type EntityLog } from "./entity-log.ts";
import type { EventStream } from "./event-stream.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { planFeatures, quantize, type WindowStatistic } from "./feature-plan.ts";

/** An event as it comes in: numbers in the order that the state names. */
export interface ServedEvent {
  readonly time: number;
  /** The key of each of `entities`, -1 where it is unknown. */
  readonly keys: ArrayLike<number>;
  /** The value of each of `measures`. A label that has not arrived is 0, and comes later by `revise`. */
  readonly measures: ArrayLike<number>;
  /** The value of each of `attributes`. */
  readonly attributes: ArrayLike<number>;
}

export interface FeatureState {
  readonly features: readonly string[];
  readonly entities: readonly string[];
  readonly measures: readonly string[];
  /** Columns of the entity that is the event itself. */
  readonly attributes: readonly string[];
  /** The features of an event as of its moment, from the events added before, into `into`. Changes nothing. */
  read(event: ServedEvent, into: Float64Array): void;
  add(event: ServedEvent): void;
  /** Sets a measure of an earlier event, once its label has arrived. Of events of one key at one moment any may be meant: no window parts them. */
  revise(event: Pick<ServedEvent, "time" | "keys">, measure: string, value: number): void;
  bytes(): number;
  /** Keys of an entity that hold events. */
  active(entity: string): number;
}

/**
 * Makes the state. `own` is the entity that each event is one of: its attributes come with the event. Memory is bounded: an entity's
 * events are kept for its longest window and delay. Throws a `FailureError` for a feature that cannot be kept so: a window without
 * end, several keys at once, an attribute of another entity, or events that only some measures have.
 */
export function createFeatureState(
  declarations: readonly FeatureDeclaration[],
  vocabulary: Pick<EventStream, "entities" | "measures" | "attributes">,
  own: string,
): FeatureState {
  const plans = planFeatures(declarations, vocabulary);
  const entities = [...vocabulary.entities.keys()].filter((name) => name !== own);
  const measures = [...vocabulary.measures.keys()];
  const attributes = [...(vocabulary.attributes.get(own)?.keys() ?? [])];
  const windows = plans.flatMap(({ name, statistics }) =>
    statistics.filter((one) => one.what !== "attribute").map((one) => checkWindow(name, one, vocabulary)),
  );
  const logs = new Map(entities.map((entity) => [entity, openLog(entity, windows, measures)]));
  const compiled = plans.map(({ name, statistics, finish }) => ({
    finish,
    scratch: new Float64Array(statistics.length),
    readers: statistics.map((one) => {
      if (one.what !== "attribute") return readerOf(one, logs, entities);
      if (one.entity !== own) return refuse(name, `reads an attribute of \`${one.entity}\``);
      const at = attributes.indexOf(one.column);
      return ({ attributes: given }: ServedEvent): number => given[at];
    }),
  }));
  const added = new Float64Array(measures.length);
  const order = [...logs.values()];
  return {
    features: plans.map(({ name }) => name),
    entities,
    measures,
    attributes,
    read(event, into) {
      for (let feature = 0; feature < compiled.length; feature++) {
        const { readers, scratch, finish } = compiled[feature];
        for (let at = 0; at < readers.length; at++) scratch[at] = readers[at](event);
        into[feature] = finish(scratch, event.time);
      }
    },
    add({ time, keys, measures: given }) {
      for (let at = 0; at < order.length; at++) {
        const { log, kept } = order[at];
        if (keys[at] < 0 || log === undefined) continue;
        for (let column = 0; column < kept.length; column++) added[column] = quantize(given[kept[column]]);
        log.add(keys[at], time, added);
      }
    },
    revise({ time, keys }, measure, value) {
      for (const [at, { log, kept }] of order.entries()) {
        const column = kept.indexOf(measures.indexOf(measure));
        if (keys[at] >= 0 && column >= 0) log?.revise(keys[at], time, column, quantize(value));
      }
    },
    bytes: () => order.reduce((sum, { log }) => sum + (log?.bytes() ?? 0), 0),
    active: (entity) => logs.get(entity)?.log?.active() ?? 0,
  };
}

/** What is kept of an entity: its events with the measures that some window adds up; nothing where no window asks. */
interface KeptLog {
  readonly log: EntityLog | undefined;
  /** Places of the kept values among the measures. */
  readonly kept: readonly number[];
  /** Name of each of them. */
  readonly names: readonly string[];
}

function openLog(entity: string, windows: readonly WindowStatistic[], measures: readonly string[]): KeptLog {
  const own = windows.filter((one) => one.entity[0] === entity);
  const names = measures.filter((name) => own.some(({ what, measure }) => what === "sum" && measure === name));
  const horizon = Math.max(0, ...own.map(({ window, delay }) => window + delay));
  return {
    log: own.length === 0 ? undefined : createEntityLog(names.length, horizon),
    kept: names.map((name) => measures.indexOf(name)),
    names,
  };
}

type Reader = (event: ServedEvent) => number;

function readerOf(
  { what, entity, measure, window, delay }: WindowStatistic,
  logs: ReadonlyMap<string, KeptLog>,
  entities: readonly string[],
): Reader {
  const { log, names } = logs.get(entity[0]) ?? { log: undefined, names: [] };
  if (log === undefined) throw new Error(`no log of ${entity[0]}`);
  const [at, column] = [entities.indexOf(entity[0]), names.indexOf(measure ?? "")];
  if (what === "count") return ({ time, keys }) => log.count(keys[at], time - (delay + window), time - delay);
  if (what === "last") return ({ time, keys }) => log.last(keys[at], time - (delay + window), time - delay);
  return ({ time, keys }) => log.sum(keys[at], column, time - (delay + window), time - delay);
}

function checkWindow(
  name: string,
  statistic: WindowStatistic,
  { entities, measures }: Pick<EventStream, "entities" | "measures">,
): WindowStatistic {
  const { entity, measure, where, window } = statistic;
  if (entity.length !== 1 || entities.get(entity[0])?.lists !== undefined)
    refuse(name, "looks at several keys at once");
  if (window === Number.POSITIVE_INFINITY) refuse(name, "has a window without end");
  if (where !== undefined || measures.get(measure ?? "")?.mask !== undefined) refuse(name, "counts only some events");
  return statistic;
}

function refuse(name: string, problem: string): never {
  throw new FailureError({
    code: "not-served",
    message: `feature \`${name}\` ${problem}, which the serving state does not keep`,
    where: "section 3, features",
    fix: "give it one entity and a window, or leave it out of the model",
  });
}
