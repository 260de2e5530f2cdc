import { expect, it } from "vitest";
import { refuseNoFigures } from "./figures.ts";
import { keptTables } from "./kept-tables.ts";
import type { Measured, TableResult } from "./result.ts";

const [{ result }] = keptTables(".");
const bad: Measured = { value: Number.NaN, interval: null };

const spoiled: readonly (readonly [string, TableResult])[] = [
  ["a row's value", { ...result, rows: [{ ...result.rows[0], values: { accuracy: bad } }] }],
  [
    "an interval's end",
    { ...result, rows: [{ ...result.rows[0], values: { accuracy: { value: 1, interval: [0, Number.NaN] } } }] },
  ],
  ["a check", { ...result, checks: [{ name: "c", says: "", values: { accuracy: bad } }] }],
  ["a claim", { ...result, claims: [{ name: "c", says: "", values: { accuracy: bad } }] }],
  ["validation", { ...result, rows: [{ ...result.rows[0], validation: Number.NEGATIVE_INFINITY }] }],
];

it.each(spoiled)("refuses a result where %s is no number", (_, one) => {
  expect(() => refuseNoFigures(one)).toThrow(/came out as no number/u);
});

it("passes every result that is kept", () => {
  for (const one of keptTables(".")) expect(() => refuseNoFigures(one.result)).not.toThrow();
});
