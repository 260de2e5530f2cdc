/** The values a question is asked with: a constant, a range drawn afresh each time, or a list to draw from. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import type { Random } from "../core/random.ts";
import { type Dimension, sameDimension } from "../core/unit.ts";

/** One drawn value. `value` is in base units, and absent where the text is a name (a device, a country). */
export interface Drawn {
  readonly text: string;
  readonly value?: number;
}

export interface Parameter {
  readonly name: string;
  /** Undefined for names. */
  readonly dimension: Dimension | undefined;
  readonly varies: boolean;
  draw(random: Random): Drawn;
}

export type WrittenParameter = string | number | readonly (string | number)[];

/**
 * Reads what stands behind a name under `given`. A range `20M..200M` is drawn evenly on a log scale when its ends are ten
 * times apart or more, else evenly, and rounded to two significant digits (whole numbers up to 100 stay whole).
 */
export function readParameter(name: string, written: WrittenParameter): Outcome<Parameter> {
  if (Array.isArray(written)) return readList(name, written);
  const text = String(written);
  const range = RANGE.exec(text);
  if (range?.groups !== undefined) return readRange(name, range.groups);
  const fixed = readDrawn(text);
  return succeed({ name, dimension: dimensionOf(text), varies: false, draw: () => fixed });
}

/** A value that is no quantity is a name. */
export function readDrawn(text: string): Drawn {
  const parsed = parseQuantity(text);
  return parsed.ok ? { text, value: parsed.value.value } : { text };
}

export function dimensionOf(text: string): Dimension | undefined {
  const parsed = parseQuantity(text);
  return parsed.ok ? parsed.value.dimension : undefined;
}

const RANGE = /^(?<money>\$?)(?<low>-?[\d.]+)\s*(?<lowUnit>[^\d.]*?)\.\.\$?(?<high>-?[\d.]+)(?<gap>\s*)(?<unit>.*)$/u;

function readList(name: string, written: readonly (string | number)[]): Outcome<Parameter> {
  const values = written.map((one) => readDrawn(String(one)));
  const dimensions = written.map((one) => dimensionOf(String(one)));
  const first = dimensions[0];
  const alike = dimensions.every((one) =>
    first === undefined || one === undefined ? one === first : sameDimension(first, one),
  );
  if (!alike) return fail(unreadable(name, String(written), "give every value of the list the same unit"));
  return succeed({ name, dimension: first, varies: true, draw: (random) => values[random.below(values.length)] });
}

function readRange(name: string, groups: Readonly<Record<string, string>>): Outcome<Parameter> {
  const { money, low, lowUnit, high, gap, unit } = groups;
  const one = parseQuantity(`${money}1${gap}${unit}`);
  const from = parseQuantity(`${money}${low}${lowUnit === "" ? `${gap}${unit}` : ` ${lowUnit}`}`);
  const to = parseQuantity(`${money}${high}${gap}${unit}`);
  const text = `${low}${lowUnit}..${high}${gap}${unit}`;
  if (!one.ok || !from.ok || !to.ok || !sameDimension(from.value.dimension, to.value.dimension)) {
    return fail(unreadable(name, text, "write both ends with one unit, as in `20M..200M` or `50..200 ms`"));
  }
  const [least, most] = [from.value.value, to.value.value];
  if (!(least < most)) return fail(unreadable(name, text, "put the smaller end first"));
  const factor = one.value.value;
  const isWhole = lowUnit === "" && /^\d+$/u.test(low) && /^\d+$/u.test(high) && Number(high) <= 100;
  const isLog = least > 0 && most / least >= 10 && !isWhole;
  const draw = (random: Random): Drawn => {
    const share = random.uniform();
    const raw = isLog ? least * (most / least) ** share : least + (most - least) * share;
    const inUnit = raw / factor;
    const rounded = isWhole ? Math.round(inUnit) : Number(inUnit.toPrecision(2));
    const kept = Math.min(most / factor, Math.max(least / factor, rounded));
    return readDrawn(`${money}${kept}${gap}${unit}`);
  };
  return succeed({ name, dimension: to.value.dimension, varies: true, draw });
}

function unreadable(name: string, text: string, fix: string) {
  return { code: "unreadable-parameter", message: `\`${name}: ${text.slice(0, 60)}\` cannot be drawn from`, fix };
}
