import { afterAll, beforeAll, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { oneSidedValues } from "./one-sided-values.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

/** What is said of a column; rows are given as the value, how many of them, and how many of those are positive. */
async function whyOf(
  ...groups: readonly (readonly [value: string, rows: number, positives: number])[]
): Promise<string | undefined> {
  const rows = groups.map(
    ([value, count, positives]) => `SELECT '${value}' AS x, i < ${positives} AS p FROM range(${count}) r(i)`,
  );
  await sql.query(`CREATE OR REPLACE TEMP TABLE one_sided AS ${rows.join(" UNION ALL ")}`);
  return (await oneSidedValues({ sql }, "one_sided", "p", [{ name: "x", text: "x" }]))[0]?.why;
}

it("names a value whose rows are all positive, where so many could not be by chance", async () => {
  expect(await whyOf(["1", 20, 20], ["0", 980, 80])).toBe(
    "all 20 rows that have `1` there are positive, as where it is a part of what is predicted",
  );
  expect(await whyOf(["1", 20, 19], ["0", 980, 81])).toBeUndefined();
  expect(await whyOf(["1", 7, 7], ["0", 993, 93])).toBeUndefined();
  // Three in four are positive anyway: twenty in a row are nothing.
  expect(await whyOf(["1", 20, 20], ["0", 980, 730])).toBeUndefined();
});

it("names values of which no row is positive, where they are a good part of all rows", async () => {
  expect(await whyOf(["0", 600, 0], ["1", 400, 40])).toBe(
    "none of the 600 rows that have `0` there is positive, as where it is a step towards what is predicted",
  );
  expect(await whyOf(["0", 600, 1], ["1", 400, 40])).toBeUndefined();
  expect(await whyOf(["child", 90, 0], ["grown", 910, 600])).toBeUndefined();
  expect(await whyOf(["0", 100, 0], ["1", 900, 60])).toBeUndefined();
});

it("says nothing of a column of one value, of many values, and of labels of one kind", async () => {
  const many = Array.from({ length: 21 }, (_, at) => [`v${at}`, 40, at === 0 ? 40 : 1] as const);
  expect(await whyOf(...many)).toBeUndefined();
  expect(await whyOf(["a", 500, 40])).toBeUndefined();
  expect(await whyOf(["a", 500, 0], ["b", 500, 0])).toBeUndefined();
});

it("says nothing of amounts: a column that tells much has numbers of which no row is positive", async () => {
  const calls = ["0", "1", "2", "3"].map((value) => [value, 150, 0] as const);
  expect(await whyOf(...calls, ["8", 200, 160])).toBeUndefined();
  expect(await whyOf(["0.5", 600, 0], ["1.5", 200, 30], ["2.5", 200, 60])).toBeUndefined();
  // Words, and a flag with rows that lack it, are no amounts.
  expect(await whyOf(["none", 600, 0], ["1", 200, 30], ["2", 200, 60])).toContain("`none`");
  expect(await whyOf(["0", 600, 0], ["1", 300, 90], ["(empty)", 100, 20])).toContain("`0`");
});
