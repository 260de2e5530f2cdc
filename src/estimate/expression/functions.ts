/** The functions an expression may call: arithmetic, logarithms, rounding, and the sums that queues, caches and replicas need. */

import { type Dimension, raise, sameDimension } from "../../core/unit.ts";
import { wholeAbove, wholeBelow } from "../../core/whole.ts";
import { binomialTail } from "../binomial-tail.ts";
import { erlangB, erlangC, MAXIMUM_SERVERS } from "../erlang.ts";
import { harmonic } from "../harmonic.ts";
import { responseQuantile, responseTail } from "../response-time.ts";

export interface ExpressionFunction {
  readonly name: string;
  /** One line for the documentation, with an example of a call. */
  readonly about: string;
  readonly example: string;
  /** The least and the most arguments. */
  readonly arity: readonly [number, number];
  /** The dimension of the result, or what is wrong with the dimensions given. */
  readonly result: (dimensions: readonly Dimension[]) => Dimension | string;
  /** NaN where the function is not defined. */
  readonly compute: (values: readonly number[]) => number;
  /** Loops over its argument: a program may call only a few of these. */
  readonly isLong?: boolean;
}

const PURE: Dimension = {};
const MANY = 64;

/** All arguments of one dimension, which the result has too. */
const alike = (dimensions: readonly Dimension[]): Dimension | string =>
  dimensions.every((one) => sameDimension(one, dimensions[0])) ? dimensions[0] : "takes values of one unit";

const numbersOnly = (dimensions: readonly Dimension[]): Dimension | string =>
  dimensions.every((one) => sameDimension(one, PURE))
    ? PURE
    : "takes plain numbers: divide by a unit first, as in `x / 1 GB`";

const root =
  (degree: number) =>
  ([dimension]: readonly Dimension[]): Dimension | string =>
    raise(dimension, 1 / degree) ?? "has no root of this unit";

/** A probability or quantile of an M/M/c response: plain numbers first, then a time or a rate. */
const responseResult =
  (last: Dimension, result: Dimension) =>
  (dimensions: readonly Dimension[]): Dimension | string => {
    const wanted: readonly Dimension[] = [{ second: -1 }, { second: 1 }, PURE, last];
    return wanted.every((one, i) => sameDimension(one, dimensions[i] ?? PURE))
      ? result
      : "takes an arrival rate, a mean service time, a number of servers, and a time or a quantile";
  };

const LIST: readonly ExpressionFunction[] = [
  {
    name: "min",
    about: "the least",
    example: "min(3 GB, 4 GB)",
    arity: [1, MANY],
    result: alike,
    compute: (v) => Math.min(...v),
  },
  {
    name: "max",
    about: "the greatest",
    example: "max(3 ms, 4 ms)",
    arity: [1, MANY],
    result: alike,
    compute: (v) => Math.max(...v),
  },
  {
    name: "sum",
    about: "the sum",
    example: "sum(20 ms, 30 ms)",
    arity: [1, MANY],
    result: alike,
    compute: (v) => v.reduce((a, b) => a + b, 0),
  },
  {
    name: "mean",
    about: "the arithmetic mean",
    example: "mean(20 ms, 30 ms)",
    arity: [1, MANY],
    result: alike,
    compute: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  },
  {
    name: "abs",
    about: "the size without the sign",
    example: "abs(-3)",
    arity: [1, 1],
    result: alike,
    compute: ([x]) => Math.abs(x),
  },
  {
    name: "ceil",
    about: "rounded up to a whole number",
    example: "ceil(12.1)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => wholeAbove(x),
  },
  {
    name: "floor",
    about: "rounded down to a whole number",
    example: "floor(12.9)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => wholeBelow(x),
  },
  {
    name: "round",
    about: "rounded to the nearest whole number",
    example: "round(12.5)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => Math.round(x),
  },
  {
    name: "sqrt",
    about: "the square root",
    example: "sqrt(2 * 2 min * 6 h)",
    arity: [1, 1],
    result: root(2),
    compute: ([x]) => Math.sqrt(x),
  },
  {
    name: "cbrt",
    about: "the cube root",
    example: "cbrt(27)",
    arity: [1, 1],
    result: root(3),
    compute: ([x]) => Math.cbrt(x),
  },
  {
    name: "exp",
    about: "e to a power",
    example: "exp(-2)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => Math.exp(x),
  },
  {
    name: "ln",
    about: "the natural logarithm",
    example: "ln(100)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => (x > 0 ? Math.log(x) : Number.NaN),
  },
  {
    name: "log2",
    about: "the logarithm to base 2",
    example: "log2(1024)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => (x > 0 ? Math.log2(x) : Number.NaN),
  },
  {
    name: "log10",
    about: "the logarithm to base 10",
    example: "log10(1000)",
    arity: [1, 1],
    result: numbersOnly,
    compute: ([x]) => (x > 0 ? Math.log10(x) : Number.NaN),
  },
  {
    name: "all_up",
    about: "the availability of parts that must all work: their product",
    example: "all_up(99.9%, 99.95%)",
    arity: [1, MANY],
    result: numbersOnly,
    compute: (v) => v.reduce((a, b) => a * b, 1),
  },
  {
    name: "any_up",
    about: "the availability of parts of which one must work: 1 - product of (1 - a)",
    example: "any_up(99%, 99%)",
    arity: [1, MANY],
    result: numbersOnly,
    compute: (v) => 1 - v.reduce((a, b) => a * (1 - b), 1),
  },
  {
    name: "at_least",
    about: "the chance that at least k of n independent parts work",
    example: "at_least(3, 5, 99%)",
    arity: [3, 3],
    result: numbersOnly,
    compute: ([k, n, p]) => binomialTail(k, n, p),
    isLong: true,
  },
  {
    name: "harmonic",
    about: "the generalised harmonic number H(n, s): the weight of the n most popular under Zipf's law",
    example: "harmonic(1M, 1)",
    arity: [1, 2],
    result: numbersOnly,
    compute: ([n, s = 1]) => harmonic(n, s),
  },
  {
    name: "erlang_b",
    about: `the share of calls that find all servers busy and are lost (load in erlang, servers up to ${MAXIMUM_SERVERS})`,
    example: "erlang_b(9, 12)",
    arity: [2, 2],
    result: numbersOnly,
    compute: ([a, c]) => erlangB(a, c),
    isLong: true,
  },
  {
    name: "erlang_c",
    about: "the chance to wait in an M/M/c queue (load in erlang, servers)",
    example: "erlang_c(9, 12)",
    arity: [2, 2],
    result: numbersOnly,
    compute: ([a, c]) => erlangC(a, c),
    isLong: true,
  },
  {
    name: "response_quantile",
    about: "the quantile of wait and service together in an M/M/c queue",
    example: "response_quantile(90/s, 100 ms, 12, 99%)",
    arity: [4, 4],
    result: responseResult(PURE, { second: 1 }),
    compute: ([rate, time, servers, q]) => responseQuantile(rate, time, servers, q),
    isLong: true,
  },
  {
    name: "response_tail",
    about: "the chance that wait and service together take longer than a time, in an M/M/c queue",
    example: "response_tail(90/s, 100 ms, 12, 300 ms)",
    arity: [4, 4],
    result: responseResult({ second: 1 }, PURE),
    compute: ([rate, time, servers, t]) => responseTail(rate, time, servers, t),
    isLong: true,
  },
];

/** Every function by its name. `if(condition, then, else)` is part of the language itself. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map(LIST.map((one) => [one.name, one]));
