/** Reads what stands behind a number: a magnitude, a unit, a counted noun, and the denominators after it. */

import { isDeviceName, NOUNS } from "./counted-noun.ts";
import { NUMBER, numberValue } from "./number-text.ts";
import { fail, type Outcome, succeed } from "./outcome.ts";
import { combine, MAGNITUDES, PURE, raise, UNITS, type Unit } from "./unit.ts";
import { unitFix } from "./unit-hint.ts";

/** What stands below the line: `day`, `GB`, `1k predictions`, `M tokens`, `1,000 requests`. */
const DENOMINATOR = new RegExp(`^(?<number>${NUMBER})?\\s*(?:(?<magnitude>[kKMBT]|bn)(?=$|\\s))?\\s*(?<name>.*)$`, "u");
export const PERCENT: ReadonlySet<string> = new Set(["%", "percent"]);

/** What follows the number: a magnitude, a unit, both, `%`, `x`, or a counted noun. */
export function readHead(written: string, isCounted: boolean, isMoney: boolean): Outcome<Unit> {
  // `16-bit`, `768-dim`: the hyphen joins the number to its unit.
  const head = written.replace(/^-(?=\p{L}{3})/u, "");
  if (head === "" || head === "x" || head === "×") return succeed({ factor: 1, dimension: PURE });
  if (PERCENT.has(head)) return succeed({ factor: 0.01, dimension: PURE });
  if (isMoney && (head === "m" || head === "b")) return succeed({ factor: head === "m" ? 1e6 : 1e9, dimension: PURE });
  if (isDeviceName(head.replace(/^[x×]\s*/u, ""))) return succeed({ factor: 1, dimension: PURE });
  const [first, ...others] = head.split(/\s+/u);
  const noun = others.join(" ");
  const magnitude = MAGNITUDES.get(first);
  if (magnitude === undefined || (UNITS.has(first) && !isCounted && noun === "")) return readUnit(head);
  if (noun === "") return succeed({ factor: magnitude, dimension: PURE });
  const rest = readUnit(noun);
  return rest.ok ? succeed({ factor: magnitude * rest.value.factor, dimension: rest.value.dimension }) : rest;
}

export function readDenominator(part: string): Outcome<Unit> {
  const groups = DENOMINATOR.exec(part)?.groups ?? {};
  const count = numberValue(groups.number ?? "1") * (MAGNITUDES.get(groups.magnitude ?? "") ?? 1);
  if (groups.name === "" && count !== 1) return succeed({ factor: count, dimension: PURE });
  const unit = readUnit(groups.name ?? "");
  return unit.ok ? succeed({ factor: count * unit.value.factor, dimension: unit.value.dimension }) : unit;
}

/** One unit or one counted noun by name; `GB-month` and `GPU-hours` are products. An unknown name fails with the known one that it can only be. */
function readUnit(name: string): Outcome<Unit> {
  const unit = UNITS.get(name);
  if (unit !== undefined) return succeed(unit);
  if (NOUNS.has(name)) return succeed({ factor: 1, dimension: PURE });
  const power = /^(?<base>\p{L}+)\^(?<exponent>-?[1-4])$/u.exec(name)?.groups;
  const based = power === undefined ? undefined : UNITS.get(power.base);
  if (power !== undefined && based !== undefined) {
    const exponent = Number(power.exponent);
    return succeed({ factor: based.factor ** exponent, dimension: raise(based.dimension, exponent) ?? PURE });
  }
  const words = name.split(/\s+/u);
  // `g CO2`, `requests s^-1`: units one after the other are a product.
  if (words.length === 2) {
    const [a, b] = words.map(readUnit);
    const joined = UNITS.get(words.join(""));
    if (joined !== undefined) return succeed(joined);
    if (a.ok && b.ok) return succeed(product(a.value, b.value));
  }
  const [first, ...others] = name.split("-");
  if (others.length === 1 && [first, others[0]].every((part) => UNITS.has(part) || NOUNS.has(part))) {
    const [a, b] = [first, others[0]].map((part) => UNITS.get(part) ?? { factor: 1, dimension: PURE });
    return succeed(product(a, b));
  }
  return fail({
    code: "unknown-unit",
    message: `unknown unit \`${name}\``,
    fix: unitFix(name) ?? "use a unit such as ms, s, d, GB, $, /s or %",
  });
}

function product(a: Unit, b: Unit): Unit {
  return { factor: a.factor * b.factor, dimension: combine(a.dimension, b.dimension, 1) };
}
