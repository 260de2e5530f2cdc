/** What a declaration means, apart from how it is computed: the window statistics it needs and the arithmetic that makes a value of them. */

import { nearest } from "../../../core/nearest.ts";
import { type Failure, FailureError } from "../../../core/outcome.ts";
import type { Measure } from "./event-stream.ts";
import { type Aggregate, checkDeclarations, type FeatureDeclaration } from "./feature-declaration.ts";

/**
 * One number about the events of an entity that a request at time t may see: those with t - (delay + window) <= time < t - delay.
 * An event at exactly t (or t - delay) is not visible. With several keys in play (the genres of a title) the events of all
 * keys are pooled: one that shares two genres with the request counts twice.
 */
export interface WindowStatistic {
  /** `count` events, the `sum` of the measure's values, the time of the `last` event (-Infinity for none). */
  readonly what: "count" | "sum" | "last";
  /** Names of the entities; none for all events whatever they touch. */
  readonly entity: readonly string[];
  /** Which events: those with the first measure and with the second, where given. */
  readonly measure?: string;
  readonly where?: string;
  readonly window: number;
  readonly delay: number;
}

/** A number that does not depend on events: an attribute of the request's entity (the mean over its keys). */
export interface AttributeLookup {
  readonly what: "attribute";
  readonly entity: string;
  readonly column: string;
}

/** What a plan needs to know about a request. */
export type Statistic = WindowStatistic | AttributeLookup;

/** A declaration made ready: fill one value per statistic and finish. */
export interface FeaturePlan {
  readonly name: string;
  readonly statistics: readonly Statistic[];
  /** The feature's value for a request at `time`; NaN where nothing is known. `values` follow `statistics`. */
  finish(values: ArrayLike<number>, time: number): number;
  /** The same of many requests at `time`, to the same bits; where it is worth a loop of its own: a call for each request takes longer than the arithmetic. */
  finishAll?(statistics: StatisticColumns, time: number, to: FeatureColumn): void;
}

/** What requests have of each statistic, one after the other: a column of `count` numbers for the first, then one for the second. */
export interface StatisticColumns {
  readonly values: Float64Array;
  readonly count: number;
}

/** Where the values of a feature go: every `step`-th place from `start` on. */
export interface FeatureColumn {
  readonly values: Float64Array;
  readonly start: number;
  readonly step: number;
}

/**
 * Sums are of multiples of 2^-20, so that adding in any order, or adding and taking away, gives the same number to the last bit:
 * batch and serving agree on every row. It holds while a sum stays below 2^33.
 */
export function quantize(value: number): number {
  return exactUnits(value) / RESOLUTION;
}

/** How many 2^-20 a value is, rounded to a whole number. */
export function exactUnits(value: number): number {
  return Math.round(value * RESOLUTION);
}

const RESOLUTION = 2 ** 20;
/** Sums of magnitudes from here on may lose bits: 2^53 over the resolution. */
export const LARGEST_EXACT_SUM = 2 ** 33;

/** What is said where the values of a measure add up to `size`, `LARGEST_EXACT_SUM` or more, or one of them is infinite or no number. */
export function notExact(measure: string, size: number): Failure {
  const failure = { code: "sum-not-exact", where: "section 3, features" };
  if (Number.isFinite(size))
    return {
      ...failure,
      message: `the values of \`${measure}\` add up to ${size.toExponential(1)}, too much to be added exactly`,
      fix: "scale the column down, for example from cents to euros, or leave out what is not believed: before the run, or where the kind of note reads a range, by `repair: { range: [0, 100000] }`",
    };
  return {
    ...failure,
    message: `a value of \`${measure}\` is ${Number.isNaN(size) ? "no number" : "infinite"}, and cannot be added up`,
    fix: "leave such cells empty, or list what stands there under `source`: `null: [inf]`; an empty cell adds nothing",
  };
}

/** Makes the declarations ready for this stream. Throws a `FailureError` for an entity, measure or attribute that it does not have. */
export function planFeatures(declarations: readonly FeatureDeclaration[], stream: Vocabulary): readonly FeaturePlan[] {
  checkDeclarations(declarations);
  const plans = new Map<string, FeaturePlan>();
  for (const declaration of declarations) {
    for (const entity of declaration.entity) checkName(declaration, "entity", entity, stream.entities.keys());
    if (declaration.where !== undefined) checkName(declaration, "measure", declaration.where, stream.measures.keys());
    const term = termOf(declaration.aggregate, declaration, stream, plans);
    plans.set(declaration.name, {
      name: declaration.name,
      statistics: term.statistics,
      finish: (values, time) => term.finish(values, 0, time),
      finishAll: term.finishAll,
    });
  }
  return [...plans.values()];
}

/** A part of an aggregate: its statistics stand in the values from `at` on. */
interface Term {
  readonly statistics: readonly Statistic[];
  finish(values: ArrayLike<number>, at: number, time: number): number;
  readonly finishAll?: FeaturePlan["finishAll"];
}

/** The names that a stream, or the tables of one, have. */
interface Vocabulary {
  readonly entities: ReadonlyMap<string, unknown>;
  readonly measures: ReadonlyMap<string, Pick<Measure, "per" | "isBinary">>;
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

function termOf(
  aggregate: Aggregate,
  declaration: FeatureDeclaration,
  stream: Vocabulary,
  plans: ReadonlyMap<string, FeaturePlan>,
): Term {
  if (declaration.current !== undefined) return withCurrent(aggregate, declaration, declaration.current, stream, plans);
  const { entity, window, delay, where, smoothing } = declaration;
  const statistic = (what: WindowStatistic["what"], measure: string | undefined): WindowStatistic => {
    if (measure !== undefined) checkName(declaration, "measure", measure, stream.measures.keys());
    return { what, entity, measure, where, window, delay };
  };
  switch (aggregate.kind) {
    case "count":
    case "sum":
      return {
        statistics: [statistic(aggregate.kind, aggregate.measure)],
        finish: (values, at) => values[at],
        finishAll({ values, count }, _, to) {
          for (let one = 0; one < count; one++) to.values[to.start + one * to.step] = values[one];
        },
      };
    case "recency":
      return {
        statistics: [statistic("last", aggregate.measure)],
        finish: (values, at, time) => since(values[at], time),
        finishAll({ values, count }, time, to) {
          for (let one = 0; one < count; one++) to.values[to.start + one * to.step] = since(values[one], time);
        },
      };
    case "mean":
      return shareTerm(statistic("sum", aggregate.measure), statistic("count", aggregate.measure), smoothing);
    case "rate": {
      checkName(declaration, "measure", aggregate.measure, stream.measures.keys());
      const { per, isBinary = false } = stream.measures.get(aggregate.measure) ?? {};
      if (per !== undefined) {
        return shareTerm(statistic("count", aggregate.measure), statistic("count", per), smoothing);
      }
      if (!isBinary) refuseRate(declaration.name, aggregate.measure);
      return shareTerm(statistic("sum", aggregate.measure), statistic("count", aggregate.measure), smoothing);
    }
    case "ratio":
      return ratioTerm(
        termOf(aggregate.numerator, declaration, stream, plans),
        termOf(aggregate.denominator, declaration, stream, plans),
      );
    case "value":
    case "age":
      return attributeTerm(aggregate, declaration, stream);
    case "feature": {
      const plan = plans.get(aggregate.name);
      if (plan === undefined) throw new Error(`feature ${aggregate.name} is used before it is planned`);
      return {
        statistics: plan.statistics,
        finish: (values, at, time) => plan.finish(sliceFrom(values, at, plan.statistics.length), time),
      };
    }
    default:
      return aggregate satisfies never;
  }
}

function sliceFrom(values: ArrayLike<number>, at: number, length: number): ArrayLike<number> {
  return at === 0 ? values : Array.from({ length }, (_, index) => values[at + index]);
}

/** One event more than the window holds: the one that is asked about, with its own value for what is added up. Where that is missing it has nothing to add. */
function withCurrent(
  aggregate: Aggregate,
  declaration: FeatureDeclaration,
  current: string,
  stream: Vocabulary,
  plans: ReadonlyMap<string, FeaturePlan>,
): Term {
  const { current: _, ...past } = declaration;
  const of = (kind: "count" | "sum", measure: string | undefined): Term =>
    termOf(
      kind === "sum" && measure !== undefined ? { kind, measure } : { kind: "count", measure },
      past,
      stream,
      plans,
    );
  const count = of("count", "measure" in aggregate ? aggregate.measure : undefined);
  const ownOf = (column: string): Term =>
    attributeTerm({ kind: "value", column }, { ...past, entity: [current] }, stream);
  if (aggregate.kind === "count") {
    const { measure } = aggregate;
    if (measure === undefined || stream.attributes.get(current)?.has(measure) !== true)
      return { ...count, finish: (values, at, time) => count.finish(values, at, time) + 1 };
    const own = ownOf(measure);
    return {
      statistics: [...count.statistics, ...own.statistics],
      finish: (values, at, time) =>
        count.finish(values, at, time) + (Number.isNaN(own.finish(values, at + 1, time)) ? 0 : 1),
    };
  }
  if (aggregate.kind !== "sum" && aggregate.kind !== "mean") throw new Error(`${aggregate.kind} has no current event`);
  const own = ownOf(aggregate.measure);
  const sum = of("sum", aggregate.measure);
  const total = (values: ArrayLike<number>, at: number, time: number): number => {
    const value = own.finish(values, at + 1, time);
    return sum.finish(values, at, time) + (Number.isNaN(value) ? 0 : quantize(value));
  };
  if (aggregate.kind === "sum") return { statistics: [...sum.statistics, ...own.statistics], finish: total };
  return {
    statistics: [...sum.statistics, ...own.statistics, ...count.statistics],
    finish: (values, at, time) => {
      const more = Number.isNaN(own.finish(values, at + 1, time)) ? 0 : 1;
      return divide(total(values, at, time), count.finish(values, at + 2, time) + more);
    },
  };
}

/** above / below, drawn towards the same quotient over all entities as if that had been seen in `smoothing` more events. */
function shareTerm(above: WindowStatistic, below: WindowStatistic, smoothing: number): Term {
  if (smoothing === 0) {
    return { statistics: [above, below], finish: (values, at) => divide(values[at], values[at + 1]) };
  }
  const everywhere = { entity: [] };
  return {
    statistics: [above, below, { ...above, ...everywhere }, { ...below, ...everywhere }],
    finish: (values, at) => smoothed(values[at], values[at + 1], values[at + 2], values[at + 3], smoothing),
    finishAll({ values, count }, _, to) {
      for (let one = 0, next = to.start; one < count; one++, next += to.step) {
        const [below, allAbove, allBelow] = [count + one, 2 * count + one, 3 * count + one];
        to.values[next] = smoothed(values[one], values[below], values[allAbove], values[allBelow], smoothing);
      }
    },
  };
}

function smoothed(above: number, below: number, allAbove: number, allBelow: number, smoothing: number): number {
  return (above + smoothing * divide(allAbove, allBelow)) / (below + smoothing);
}

/** How long ago the last event was. */
function since(last: number, time: number): number {
  return last === Number.NEGATIVE_INFINITY ? Number.NaN : time - last;
}

function ratioTerm(above: Term, below: Term): Term {
  return {
    statistics: [...above.statistics, ...below.statistics],
    finish: (values, at, time) =>
      divide(above.finish(values, at, time), below.finish(values, at + above.statistics.length, time)),
  };
}

/** A quotient with nothing below is unknown, not 0. */
function divide(above: number, below: number): number {
  return below === 0 ? Number.NaN : above / below;
}

function attributeTerm(
  { kind, column }: { readonly kind: "value" | "age"; readonly column: string },
  declaration: FeatureDeclaration,
  stream: Vocabulary,
): Term {
  const [entity] = declaration.entity;
  checkName(declaration, "attribute", column, stream.attributes.get(entity)?.keys() ?? []);
  return {
    statistics: [{ what: "attribute", entity, column }],
    finish: (values, at, time) => attributeAt(kind, values[at], time),
    finishAll({ values, count }, time, to) {
      for (let one = 0; one < count; one++) to.values[to.start + one * to.step] = attributeAt(kind, values[one], time);
    },
  };
}

function attributeAt(kind: "value" | "age", value: number, time: number): number {
  if (kind === "value") return value;
  return value <= time ? time - value : Number.NaN;
}

function refuseRate(name: string, measure: string): never {
  throw new FailureError({
    code: "no-rate",
    message: `feature \`${name}\` asks for the rate of \`${measure}\`, but nothing says out of what`,
    where: "section 3, features",
    fix: `write \`mean(${measure})\`, or \`ratio(count(${measure}), count())\``,
  });
}

function checkName(
  { name }: FeatureDeclaration,
  what: "entity" | "measure" | "attribute",
  wanted: string,
  known: Iterable<string>,
): void {
  const names = [...known];
  if (!names.includes(wanted)) throw new FailureError(unknownName(name, what, wanted, names));
}

/** What is said of a feature that names something the data does not have. */
export function unknownName(
  feature: string,
  what: "entity" | "measure" | "attribute",
  wanted: string,
  names: readonly string[],
): Failure {
  const suggestion = nearest(wanted, names);
  return {
    code: `unknown-${what}`,
    message: `feature \`${feature}\` names the ${what} \`${wanted}\`, which this data does not have`,
    where: "section 3, features",
    fix: suggestion === undefined ? `use one of ${names.join(", ") || "none"}` : `did you mean \`${suggestion}\`?`,
  };
}
