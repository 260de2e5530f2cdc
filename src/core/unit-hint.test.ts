import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOUNS } from "./counted-noun.ts";
import { parseQuantity } from "./quantity.ts";
import { sameDimension, UNITS, type Unit } from "./unit.ts";
import { nearestUnit, unitFix } from "./unit-hint.ts";

const unitOf = (name: string): Unit => UNITS.get(name) ?? { dimension: {}, factor: 1 };
const isSame = (a: Unit, b: Unit): boolean => a.factor === b.factor && sameDimension(a.dimension, b.dimension);
const NAMES = [...UNITS.keys(), ...NOUNS];

/** What a prefix and a symbol of the SI mean, written down apart from the table of units. */
const PREFIXES: Readonly<Record<string, number>> = {
  "": 1,
  f: 1e-15,
  p: 1e-12,
  n: 1e-9,
  u: 1e-6,
  µ: 1e-6,
  m: 1e-3,
  c: 1e-2,
  d: 1e-1,
  h: 1e2,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
};
const SYMBOLS: Readonly<Record<string, Unit | undefined>> = {
  s: { dimension: { second: 1 }, factor: 1 },
  W: { dimension: { joule: 1, second: -1 }, factor: 1 },
  J: { dimension: { joule: 1 }, factor: 1 },
  Wh: { dimension: { joule: 1 }, factor: 3600 },
  A: { dimension: { ampere: 1 }, factor: 1 },
  V: { dimension: { joule: 1, ampere: -1, second: -1 }, factor: 1 },
  Hz: { dimension: { second: -1 }, factor: 1 },
  B: { dimension: { byte: 1 }, factor: 1 },
  b: { dimension: { byte: 1 }, factor: 1 / 8 },
  bit: { dimension: { byte: 1 }, factor: 1 / 8 },
  bps: { dimension: { byte: 1, second: -1 }, factor: 1 / 8 },
  Bps: { dimension: { byte: 1, second: -1 }, factor: 1 },
  g: { dimension: { gram: 1 }, factor: 1 },
  FLOP: { dimension: { flop: 1 }, factor: 1 },
  m: undefined,
  K: undefined,
  Pa: undefined,
  N: undefined,
  F: undefined,
  C: undefined,
  T: undefined,
  L: undefined,
  mol: undefined,
  eV: undefined,
  o: undefined,
};

describe("a hint for an unknown unit", () => {
  it("never names a unit of another dimension or size than a prefix and a symbol say", () => {
    for (const [prefix, scale] of Object.entries(PREFIXES)) {
      for (const [symbol, base] of Object.entries(SYMBOLS)) {
        const name = prefix + symbol;
        const hint = UNITS.has(name) || NOUNS.has(name) ? undefined : nearestUnit(name);
        if (hint === undefined) continue;
        const meant = base === undefined ? undefined : { ...base, factor: base.factor * scale };
        expect(meant !== undefined && isSame(unitOf(hint), meant), `${name} -> ${hint}`).toBe(true);
      }
    }
  });

  it("never leads from a slip in a known name to another dimension or size", () => {
    const slip = fc.constantFrom("drop", "double", "swap", "case");
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), slip, fc.nat(20), (name, kind, where) => {
        const letters = [...name];
        const at = where % letters.length;
        if (kind === "drop") letters.splice(at, 1);
        if (kind === "double") letters.splice(at, 0, letters[at]);
        if (kind === "swap") letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
        if (kind === "case")
          letters[at] =
            letters[at] === letters[at].toLowerCase() ? letters[at].toUpperCase() : letters[at].toLowerCase();
        const slipped = letters.join("");
        const hint = UNITS.has(slipped) || NOUNS.has(slipped) ? undefined : nearestUnit(slipped);
        if (hint !== undefined) expect(isSame(unitOf(hint), unitOf(name)), `${name}, ${slipped} -> ${hint}`).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it("leaves words of other measures alone", () => {
    const words =
      "yards inch inches feet foot miles ton tons pints pence rupees yen francs mils mouths moles lumens kelvin celsius pascal newtons litres acres stones bauds dozens gross lakh crore kcal knots hectares parsecs fathoms quarts grains points";
    for (const word of words.split(" ")) expect(nearestUnit(word), word).toBeUndefined();
  });

  it.each([
    ["secnods", "did you mean `seconds`?"],
    ["requets", "did you mean `request`?"],
    ["GBB", "did you mean `GB`?"],
    ["mss", "did you mean `ms`?"],
    ["gib", "`GiB` and `Gib` are of different size: write the one that you mean"],
    ["mbps", "`Mbps` and `MBps` are of different size: write the one that you mean"],
    ["tflops", "`TFLOPs` and `TFLOPS` are of different size: write the one that you mean"],
    ["q", undefined],
    ["Mo", undefined],
    ["MS", undefined],
    ["mbit", undefined],
    ["mB", "`MB` and `Mb` are of different size: write the one that you mean"],
  ])("for %s says %s", (name, fix) => {
    expect(unitFix(name)).toBe(fix);
  });

  it("makes a quantity of the same size where it is followed", () => {
    const hint = nearestUnit("milisecond");
    const read = parseQuantity(`100 ${hint}`, "duration");
    expect(read.ok && read.value.value).toBe(0.1);
    expect(nearestUnit("bites")).toBeUndefined();
  });
});
