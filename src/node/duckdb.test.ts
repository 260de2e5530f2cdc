import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createTable, numbers, texts } from "../core/table.ts";
import { type Duckdb, openDuckdb } from "./duckdb.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

describe("query", () => {
  it("gives each type its column", async () => {
    const table = await sql.query(
      `SELECT 1::INTEGER AS i, 2::UTINYINT AS u, 3::BIGINT AS b, 0.5::FLOAT AS f, 0.25::DOUBLE AS d, 1.5::DECIMAL(4,1) AS c,
         true AS t, 'text' AS s, TIMESTAMP '1970-01-02 00:00:00.5' AS moment, DATE '1970-01-03' AS day,
         TIMESTAMPTZ '1970-01-02 02:00:00+02:00' AS zoned,
         '1970-01-02'::TIMESTAMP_NS AS nanos, '1970-01-02'::TIMESTAMP_MS AS millis, '1970-01-02'::TIMESTAMP_S AS seconds`,
    );
    expect(Object.fromEntries(table.columns)).toEqual({
      i: Int32Array.of(1),
      u: Uint8Array.of(2),
      b: Float64Array.of(3),
      f: Float32Array.of(0.5),
      d: Float64Array.of(0.25),
      c: Float64Array.of(1.5),
      t: Uint8Array.of(1),
      s: ["text"],
      moment: Float64Array.of(86_400.5),
      day: Float64Array.of(172_800),
      zoned: Float64Array.of(86_400),
      nanos: Float64Array.of(86_400),
      millis: Float64Array.of(86_400),
      seconds: Float64Array.of(86_400),
    });
  });

  it("gives the same of long columns, chunk after chunk, with a missing value here and there", async () => {
    const rows = 7000;
    const table = await sql.query(
      `SELECT (i % 100)::TINYINT AS tiny, (i - 3000)::SMALLINT AS small, (i * 3)::USMALLINT AS large, (i * 70000)::INTEGER AS whole,
         (i * 600000)::UINTEGER AS unsigned, (i % 256)::UTINYINT AS byte, (i / 8)::FLOAT AS single, (i / 3.0)::DOUBLE AS double,
         i::BIGINT AS big, (i % 2 = 0) AS truth, DATE '1970-01-01' + i::INTEGER AS day, (i / 100)::DECIMAL(9, 2) AS price,
         (CASE WHEN i = 5000 THEN NULL ELSE i END)::INTEGER AS gap, (CASE WHEN i = 3 THEN NULL ELSE i / 2.0 END)::DOUBLE AS hole
       FROM range(${rows}) r(i) ORDER BY i`,
    );
    const of = (value: (row: number) => number): number[] => Array.from({ length: rows }, (_, row) => value(row));
    const expected = {
      tiny: Int32Array.from(of((i) => i % 100)),
      small: Int32Array.from(of((i) => i - 3000)),
      large: Int32Array.from(of((i) => i * 3)),
      whole: Int32Array.from(of((i) => i * 70_000)),
      unsigned: Uint32Array.from(of((i) => i * 600_000)),
      byte: Uint8Array.from(of((i) => i % 256)),
      single: Float32Array.from(of((i) => i / 8)),
      double: Float64Array.from(of((i) => i / 3)),
      big: Float64Array.from(of((i) => i)),
      truth: Uint8Array.from(of((i) => 1 - (i % 2))),
      day: Float64Array.from(of((i) => i * 86_400)),
      price: Float64Array.from(of((i) => Math.round(i) / 100)),
      gap: Float64Array.from(of((i) => (i === 5000 ? Number.NaN : i))),
      hole: Float64Array.from(of((i) => (i === 3 ? Number.NaN : i / 2))),
    };
    for (const [name, column] of Object.entries(expected)) expect(table.columns.get(name), name).toEqual(column);
  });

  it("writes a missing number as NaN, in float64 where the type has none, and a missing text as empty", async () => {
    const table = await sql.query(
      "SELECT * FROM (VALUES (1, 'a'), (NULL, NULL), (3, 'c')) AS rows(n, s) ORDER BY n NULLS LAST",
    );
    expect(table.columns.get("n")).toEqual(Float64Array.of(1, 3, Number.NaN));
    expect(table.columns.get("s")).toEqual(["a", "c", ""]);
  });

  it("gives the same where its rows were foretold, rightly or not", async () => {
    const n = Int32Array.from({ length: 3000 }, (_, row) => row);
    for (const rows of [0, 1, 2999, 3000, 9000]) {
      const table = await sql.query("SELECT i::INTEGER AS n, 'a' AS s FROM range(3000) r(i) ORDER BY i", [], { rows });
      expect(table.rows).toBe(3000);
      expect(table.columns.get("n")).toEqual(n);
    }
  });

  it("keeps the columns of an empty result and the order of a long one", async () => {
    const empty = await sql.query("SELECT 1 AS one, 'a' AS two WHERE false");
    expect([empty.rows, [...empty.columns.keys()]]).toEqual([0, ["one", "two"]]);
    const long = await sql.query("SELECT range::INTEGER AS n FROM range(100000)");
    expect(long.columns.get("n")).toEqual(Int32Array.from({ length: 100_000 }, (_, index) => index));
  });

  it("reads the file of exactly the name that was given: `ratings[1].csv` read `ratings1.csv`", async () => {
    const folder = temporaryFolder();
    const names = ["r[1].csv", "r1.csv", "star*.csv", "starred.csv", "q?.csv", "qa.csv"];
    for (const name of names) writeFileSync(join(folder, name), `a\n${name}\n`);
    const read = "SELECT a FROM read_csv($1, auto_detect=false, header=true, columns={'a': 'VARCHAR'}) WHERE a <> $2";
    for (const name of names)
      expect((await sql.query(read, [join(folder, name), "*"])).columns.get("a")).toEqual([name]);
    const asked = await openDuckdb({ globs: true });
    expect((await asked.query(read, [join(folder, "star*.csv"), ""])).columns.get("a")).toHaveLength(2);
    asked.close();
  });

  it("binds parameters of every kind", async () => {
    const table = await sql.query("SELECT $1 || 'b' AS s, $2 + 1 AS n, $3 AS t, $4 IS NULL AS none", [
      "a'",
      1.5,
      true,
      null,
    ]);
    expect([...table.columns.values()].map((column) => column[0])).toEqual(["a'b", 2.5, 1, 1]);
  });
});

describe("register", () => {
  it("gives columns back as they came, past the size of a chunk", async () => {
    const table = createTable({
      number: Float64Array.from({ length: 5000 }, (_, row) => row / 3),
      'odd "name"': Array.from({ length: 5000 }, (_, row) => `é${row}`),
      code: Int32Array.from({ length: 5000 }, (_, row) => -row),
      flag: Uint8Array.from({ length: 5000 }, (_, row) => row % 2),
    });
    await sql.register("given", table);
    expect(await sql.query('SELECT * FROM "given"')).toEqual(table);
  });

  it("replaces a table of the same name and takes one without rows", async () => {
    await sql.register("given", createTable({ one: Float64Array.of(1, Number.NaN) }));
    expect((await sql.query('SELECT * FROM "given" WHERE one IS NULL')).rows).toBe(1);
    await sql.register("given", createTable({ one: new Float64Array(0) }));
    expect((await sql.query('SELECT * FROM "given"')).rows).toBe(0);
  });
});

describe("failures", () => {
  it("says what DuckDB refused and where", async () => {
    await expect(sql.query("SELECT nothing FROM nowhere")).rejects.toMatchObject({
      failure: { code: "sql-error", where: "SELECT nothing FROM nowhere" },
    });
  });

  it.skipIf(!existsSync("/dev/full"))("says that no space is left where a query writes, and what to do", async () => {
    const writing = sql.query("COPY (SELECT range AS n FROM range(100000)) TO '/dev/full' (USE_TMP_FILE false)");
    await expect(writing).rejects.toMatchObject({
      failure: {
        code: "enospc",
        message: expect.stringContaining("no space is left on the disk"),
        where: "/dev/full",
        fix: expect.stringContaining("make room"),
      },
    });
  });

  it("says that the memory did not suffice", async () => {
    const small = await openDuckdb({ memoryLimit: "20MB", threads: 1 });
    const greedy = small.query("SELECT count(*) AS n FROM (SELECT DISTINCT hash(range) FROM range(10000000))");
    await expect(greedy).rejects.toMatchObject({ failure: { code: "out-of-memory" } });
    small.close();
  });

  it("never installs an extension to answer a query", async () => {
    await expect(sql.query("SELECT * FROM read_xlsx('a.xlsx')")).rejects.toMatchObject({
      failure: { code: "sql-error" },
    });
  });

  it("refuses a value that no column can hold", async () => {
    await expect(sql.query("SELECT [1, 2] AS list")).rejects.toMatchObject({
      failure: { code: "unsupported-column-type" },
    });
  });
});

describe("release", () => {
  it("keeps the limit of memory and every table that was not dropped", async () => {
    const limited = await openDuckdb({ threads: 1, memoryLimit: "300MB" });
    try {
      const limit = async () => texts(await limited.query("SELECT current_setting('memory_limit') AS one"), "one");
      const before = await limit();
      await limited.query("CREATE TEMP TABLE kept AS SELECT i FROM range(100000) t(i)");
      await limited.query("CREATE TEMP TABLE gone AS SELECT i FROM range(100000) t(i)");
      await limited.query("DROP TABLE gone");
      await limited.release?.();
      expect(await limit()).toEqual(before);
      expect(numbers(await limited.query("SELECT sum(i)::DOUBLE AS one FROM kept"), "one")[0]).toBe(4_999_950_000);
    } finally {
      limited.close();
    }
  });
});
