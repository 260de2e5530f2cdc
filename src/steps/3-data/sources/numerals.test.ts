import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { numbers } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { type Numerals, numeralSql, numeralsOf, type Thousands } from "./numerals.ts";
import { sqlText } from "./sql-text.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function read(cells: readonly string[], numerals: Numerals): Promise<readonly number[]> {
  const values = cells.map((cell, at) => `(${at}, ${sqlText(cell)})`).join(", ");
  const found = await sql.query(
    `SELECT ${numeralSql("cell", numerals)} AS n FROM (VALUES ${values}) AS t(place, cell) ORDER BY place`,
  );
  return [...numbers(found, "n")];
}

const SIGNS: Readonly<Record<Thousands, readonly string[]>> = {
  ".": ["."],
  ",": [","],
  "'": ["'", "\u2019"],
  space: [" ", "\u00a0", "\u202f"],
};

/** A number of cents as people write it. */
function write(cents: number, { decimal = ".", thousands }: Numerals, sign: string): string {
  const whole = String(Math.floor(Math.abs(cents) / 100));
  const grouped = thousands === undefined ? whole : whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, sign);
  return `${cents < 0 ? "-" : ""}${grouped}${decimal}${String(Math.abs(cents) % 100).padStart(2, "0")}`;
}

describe("numerals", () => {
  const styles: readonly Numerals[] = [
    { decimal: "," },
    { decimal: ",", thousands: "." },
    { decimal: ",", thousands: "space" },
    { decimal: ",", thousands: "'" },
    { thousands: "," },
    { decimal: ".", thousands: "space" },
  ];

  it.each(styles)("%o are read back exactly as they were written", async (numerals) => {
    const random = createRandom(3);
    const cents = Array.from(
      { length: 400 },
      () => random.below(10 ** (1 + random.below(9))) * (random.below(4) === 0 ? -1 : 1),
    );
    const signs = SIGNS[numerals.thousands ?? "."];
    const cells = cents.map((one, at) => write(one, numerals, signs[at % signs.length]));
    expect(await read(cells, numerals)).toEqual(cents.map((one) => (one === 0 ? 0 : one / 100)));
  });

  it("are no numbers where a sign stands that is not due, or groups have other than three digits", async () => {
    const german: Numerals = { decimal: ",", thousands: "." };
    expect(
      await read(
        ["1.5", "12.34,5", "1.2345", ".123,4", "1,2,3", "1.234.5", "abc", "1.000,", "1234,5", "1,5e3"],
        german,
      ),
    ).toEqual([...Array.from({ length: 7 }, () => Number.NaN), 1000, 1234.5, 1500]);
    expect(await read(["1.234", "1.234,5"], { decimal: "," })).toEqual([Number.NaN, Number.NaN]);
    expect(await read(["1,234.5", "1,23", "12,345"], { thousands: "," })).toEqual([1234.5, Number.NaN, 12_345]);
  });

  it("are refused where one sign would part decimals and thousands", () => {
    expect(() => numeralsOf({ decimal: ",", thousands: "," })).toThrow("cannot part decimals and thousands alike");
    expect(() => numeralsOf({ thousands: "." })).toThrow("cannot part");
    expect(numeralsOf({})).toBeUndefined();
    expect(numeralsOf({ decimal: "," })).toEqual({ decimal: "," });
  });
});
