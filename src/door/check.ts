/** What a value has to be to be computed with: the checks that stand before every statistic that the library gives to strangers. */

/** What is wrong, as `is 3, but must be …` behind the value's own name, or undefined. */
export type Check = (value: unknown, name: string) => string | undefined;

/** A finite number for which `holds`; `must` ends the sentence. */
function numberThat(holds: (value: number) => boolean, must: string): Check {
  return (value, name) =>
    typeof value === "number" && holds(value) ? undefined : `${name} is ${shown(value)}, but must be ${must}`;
}

export const finite = numberThat(Number.isFinite, "a finite number");
/** An end of a law may lie at infinity. */
export const real = numberThat((value) => !Number.isNaN(value), "a number");
export const positive = numberThat((value) => value > 0 && Number.isFinite(value), "a number above 0");
export const orInfinite = numberThat((value) => value > 0, "above 0");
/** Beyond these a ratio of arms or a count of units is a slip, and what is computed of it has no digits left. */
export const ratio = numberThat((value) => value >= 1e-9 && value <= 1e9, "a number from 1e-9 to 1e9");
export const units = numberThat((value) => value > 0 && value <= 1e15, "a number above 0 and up to 1e15");
export const notNegative = numberThat((value) => value >= 0 && Number.isFinite(value), "a number from 0 on");
export const share = numberThat((value) => value >= 0 && value <= 1, "a number from 0 to 1");
export const betweenShares = numberThat((value) => value > 0 && value < 1, "above 0 and below 1");
/** Of an interval: at 0 it is its middle alone. */
export const confidence = numberThat((value) => value >= 0 && value < 1, "a number from 0 on and below 1");
export const correlation = numberThat((value) => value >= -1 && value <= 1, "a number from -1 to 1");
export const label = numberThat((value) => value === 0 || value === 1, "0 or 1");
export const sides = numberThat((value) => value === 1 || value === 2, "1 or 2");
export const sign = numberThat((value) => value === 1 || value === -1, "1 or -1");

/** Beyond this a count is no longer exact in what is computed of it. */
export function count(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const upTo = most === Number.MAX_SAFE_INTEGER ? "on" : `to ${most}`;
  return numberThat(
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
    `a whole number from ${least} ${upTo}`,
  );
}

/** A cut-off of a list: a whole number from 1 on, or Infinity for all. */
export const cutoff = numberThat(
  (value) => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && value >= 1),
  "a whole number from 1 on",
);

export const text: Check = (value, name) =>
  typeof value === "string" ? undefined : `${name} is ${shown(value)}, but must be a text`;

export const flag: Check = (value, name) =>
  typeof value === "boolean" ? undefined : `${name} is ${shown(value)}, but must be true or false`;

export const callable: Check = (value, name) =>
  typeof value === "function" ? undefined : `${name} is ${shown(value)}, but must be a function`;

/** Held elsewhere. */
export const anything: Check = () => undefined;

export function oneOf(...names: readonly string[]): Check {
  return (value, name) =>
    typeof value === "string" && names.includes(value)
      ? undefined
      : `${name} is ${shown(value)}, but must be one of ${names.join(", ")}`;
}

/** May be left out. */
export function optional(check: Check): Check {
  return (value, name) => (value === undefined ? undefined : check(value, name));
}

/** An array, typed or not, with at least so many entries. */
export function list(entry: Check, least = 0): Check {
  return (value, name) => {
    const entries = entriesOf(value);
    if (entries === undefined) return `${name} is ${shown(value)}, but must be a list`;
    if (entries.length < least)
      return `${name} has ${entries.length} ${entries.length === 1 ? "entry" : "entries"}, but must have ${least} or more`;
    for (let i = 0; i < entries.length; i++) {
      const complaint = entry(entries[i], `${name}[${i}]`);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}

/** An object whose named fields pass; others are let be. */
export function record(fields: Readonly<Record<string, Check>>): Check {
  return (value, name) => {
    if (typeof value !== "object" || value === null) return `${name} is ${shown(value)}, but must be an object`;
    for (const [field, check] of Object.entries(fields)) {
      const complaint = check(Reflect.get(value, field), name === "" ? field : `${name}.${field}`);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}

/** Passes the first, then the second. */
export function both(first: Check, second: Check): Check {
  return (value, name) => first(value, name) ?? second(value, name);
}

/** Passes one of both; the second complains. */
export function either(first: Check, second: Check): Check {
  return (value, name) => (first(value, name) === undefined ? undefined : second(value, name));
}

/** Shares that add up to 1, to one in a hundred: they may have been rounded. */
export const shares: Check = both(list(share, 1), (value, name) => {
  const sum = numbersOf(value).reduce((total, one) => total + one, 0);
  return Math.abs(sum - 1) <= 0.01 ? undefined : `${name} adds up to ${Number(sum.toPrecision(6))}, but must be 1`;
});

/** Counts or shares with some mass. */
export const mass: Check = both(list(notNegative, 1), (value, name) =>
  numbersOf(value).some((one) => one > 0) ? undefined : `${name} is 0 everywhere`,
);

/** The complaint where lists that belong together have different lengths. */
export function asLongAs(lists: Readonly<Record<string, unknown>>): string | undefined {
  const [[first, one] = ["", []], ...others] = Object.entries(lists).filter(([, value]) => value !== undefined);
  const length = entriesOf(one)?.length;
  const other = others.find(([, value]) => entriesOf(value)?.length !== length);
  return other === undefined
    ? undefined
    : `${first} and ${other[0]} have ${length} and ${entriesOf(other[1])?.length} entries, but must have as many`;
}

function entriesOf(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value;
  return isTyped(value) ? value : undefined;
}

function isTyped(value: unknown): value is ArrayLike<number> & ArrayBufferView {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function numbersOf(value: unknown): number[] {
  return Array.from(entriesOf(value) ?? [], Number);
}

function shown(value: unknown): string {
  if (typeof value === "string") return `\`${value.slice(0, 40)}\``;
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null)
    return String(value);
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
