import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { labelLeaks } from "./label-leaks.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

/** What is said of column x; rows are given as the value, how many of them, and how many of those are positive. */
async function whyOf(
  groups: readonly (readonly [value: string | null, rows: number, positives: number])[],
  isNumber = false,
): Promise<string | undefined> {
  const rows = groups
    .map(
      ([value, count, positives]) =>
        `SELECT ${value === null ? "CAST(NULL AS VARCHAR)" : `'${value}'`} AS x, i < ${positives} AS p FROM range(${count}) r(i)`,
    )
    .join(" UNION ALL ");
  await sql.query(`CREATE OR REPLACE TEMP TABLE leak_sample AS ${rows}`);
  const column = { name: "x", text: "x", ...(isNumber ? { number: "TRY_CAST(x AS DOUBLE)" } : {}) };
  const leaks = await labelLeaks({ sql }, "leak_sample", "p", [column]);
  return leaks[0]?.why;
}

describe("cells that are filled for positives alone", () => {
  it("give the label away, however few positives have them", async () => {
    const booked = Array.from({ length: 50 }, (_, i) => [String(100 + i), 1, i === 0 ? 0 : 1] as const);
    expect(await whyOf([...booked, [null, 700, 150]], true)).toBe(
      "it is filled in only 50 rows of 750, and 49 of these are positive, as where a cell is written afterwards",
    );
    expect(
      await whyOf([
        ["only", 20, 20],
        [null, 700, 150],
      ]),
    ).toBe("it is filled in only 20 rows of 720, and all of these are positive, as where a cell is written afterwards");
  });

  it("say nothing where they are too few, where others have them too, and where most rows are positive anyway", async () => {
    expect(
      await whyOf([
        ["only", 19, 19],
        [null, 700, 150],
      ]),
    ).toBeUndefined();
    expect(
      await whyOf([
        ["only", 50, 48],
        [null, 700, 150],
      ]),
    ).toBeUndefined();
    expect(
      await whyOf([
        ["only", 50, 50],
        [null, 700, 326],
      ]),
    ).toBeUndefined();
    expect(
      await whyOf([
        ["only", 50, 50],
        [null, 700, 325],
      ]),
    ).toMatch(/^it is filled in only 50 rows of 750, and all /u);
  });
});

describe("values that give a label away", () => {
  it("hold nine tenths of the positives, and are positive in 98 of 100", async () => {
    expect(
      await whyOf([
        ["a", 90, 90],
        ["b", 500, 10],
      ]),
    ).toBe("90% of the positives have a there, and hardly anything else has");
    expect(
      await whyOf([
        ["a", 89, 89],
        ["b", 500, 11],
      ]),
    ).toBeUndefined();
    expect(
      await whyOf([
        ["a", 100, 98],
        ["b", 500, 2],
      ]),
    ).toMatch(/^98% of the positives have a/u);
    expect(
      await whyOf([
        ["a", 100, 97],
        ["b", 500, 2],
      ]),
    ).toBeUndefined();
  });

  it("may be several, and an empty cell is one of them", async () => {
    expect(
      await whyOf([
        ["a", 30, 30],
        [null, 60, 60],
        ["b", 500, 1],
      ]),
    ).toBe("99% of the positives have (empty), a there, and hardly anything else has");
  });

  it("are said whole, and that there are others where they fill more than a sentence holds", async () => {
    const many = Array.from({ length: 12 }, (_, at) => [`value-${10 + at}`, 10, 10] as const);
    expect(await whyOf([...many, ["b", 500, 0]])).toBe(
      "100% of the positives have value-10, value-11, value-12, value-13, value-14, value-15 or others there, and hardly anything else has",
    );
    expect(
      await whyOf([
        ["x".repeat(70), 50, 50],
        ["b", 500, 0],
      ]),
    ).toContain(` have ${"x".repeat(60)}… there`);
  });

  it("are not spoken of with fewer than five positives, one value, or more than two hundred", async () => {
    expect(
      await whyOf([
        ["a", 4, 4],
        ["b", 500, 0],
      ]),
    ).toBeUndefined();
    expect(
      await whyOf([
        ["a", 5, 5],
        ["b", 500, 0],
      ]),
    ).toMatch(/^100% of the positives have a/u);
    expect(await whyOf([["a", 50, 50]])).toBeUndefined();
    const many = (values: number) =>
      Array.from({ length: values }, (_, at) => [`v${at}`, 2, at % 2 === 0 ? 2 : 0] as const);
    expect(await whyOf(many(200))).toMatch(/^100% of the positives have v/u);
    expect(await whyOf(many(201))).toBeUndefined();
  });
});

describe("values that hardly repeat", () => {
  /** So many values of `rows` rows each, of which the first `sure` are positive throughout. */
  const values = (different: number, sure: number, rows: number) =>
    Array.from({ length: different }, (_, at) => [`v${at}`, rows, at < sure ? rows : 0] as const);

  it("sort any labels, and say nothing: identifiers and amounts that all differ", async () => {
    expect(await whyOf(values(60, 18, 1))).toBeUndefined();
    expect(await whyOf(values(60, 18, 1), true)).toBeUndefined();
    expect(await whyOf(values(200, 5, 1))).toBeUndefined();
    // Of 10 rows in pairs, labels that are dealt at random fall into whole pairs too often: C(5, 3) / C(10, 6) = 1 of 21.
    expect(await whyOf(values(5, 3, 2))).toBeUndefined();
  });

  it("say something as soon as chance would not sort labels so", async () => {
    // Of 60 rows in pairs: C(30, 9) / C(60, 18), 1 of some 60 million, times 30.
    expect(await whyOf(values(30, 9, 2))).toMatch(/^100% of the positives have v0/u);
    expect(
      await whyOf([
        ["a", 18, 18],
        ["b", 42, 0],
      ]),
    ).toMatch(/^100% of the positives have a/u);
  });
});

describe("numbers that give a label away", () => {
  /** `positives` numbers from `from` on, beside 400 others from 0 on, each a value of its own. */
  const numbersFrom = (from: number, positives: number) => [
    ...Array.from({ length: 400 }, (_, at) => [String(at), 1, 0] as const),
    ...Array.from({ length: positives }, (_, at) => [String(from + at + 0.5), 1, 1] as const),
  ];

  it("order it either way round, all but a few in a thousand pairs", async () => {
    expect(await whyOf(numbersFrom(400, 20), true)).toBe(
      "its high numbers alone tell the positives apart (area under the curve 1.000)",
    );
    expect(await whyOf(numbersFrom(-30, 20), true)).toBe(
      "its low numbers alone tell the positives apart (area under the curve 1.000)",
    );
    // From 397 on, three of the twenty have 2, 1 and 0 others above them, of 8,000 pairs: 0.9996. From 380 on 190 pairs: 0.976.
    expect(await whyOf(numbersFrom(397, 20), true)).toMatch(/area under the curve 1\.000/u);
    expect(await whyOf(numbersFrom(380, 20), true)).toBeUndefined();
  });

  it("are not spoken of with fewer than twenty positives, or where the column holds words", async () => {
    expect(await whyOf(numbersFrom(400, 19), true)).toBeUndefined();
    expect(await whyOf(numbersFrom(400, 20), false)).toBeUndefined();
  });

  it("count ties half: one value for all orders nothing", async () => {
    const tied = [...numbersFrom(0, 0), ["1000", 60, 30] as const];
    // 30 positives share their value with 30 others of 430: (400 + 15) / 430 = 0.965.
    expect(await whyOf(tied, true)).toBeUndefined();
  });
});
