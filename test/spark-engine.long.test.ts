import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTable, numbers, type Table } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { columnsFromArrow } from "../src/node/spark/arrow-columns.ts";
import { connectAddress } from "../src/node/spark/connect-address.ts";
import { openConnectClient } from "../src/node/spark/connect-client.ts";
import { openSparkEngine } from "../src/node/spark/spark-engine.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { openBreakingLine } from "./breaking-line.ts";
import { goldenOf } from "./golden-record.ts";
import { heptadHere, type Printed } from "./heptad-here.ts";
import { PAY_ROWS, payNote } from "./pay-note.ts";
import { hasSail, type SailServer, startSail, WITHOUT_SAIL } from "./sail-server.ts";
import { sqlStatements } from "./sql-statements.ts";
import { STAMPED_KINDS, stampedParquet } from "./stamped-parquet.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

/** All figures and verdicts but those of step 6 and of latency, which are measured anew each time. */
const figuresOf = (record: RunRecord) =>
  Object.fromEntries(Object.entries(goldenOf(record)).filter(([name]) => !/^6 |latency|cpu|busy|cost/u.test(name)));

describe.skipIf(!hasSail)(`a run whose features an engine computes${WITHOUT_SAIL}`, () => {
  let sail: SailServer;
  beforeAll(async () => {
    sail = await startSail();
  });
  afterAll(() => sail?.stop());

  const run = (folder: string, ...words: string[]): Promise<Printed> =>
    heptadHere(folder, ["run", "note.md", "--threads", "1", "--json", ...words]);
  const recordOf = ({ stdout, stderr, status }: Printed): RunRecord => {
    expect(status, stderr).toBe(0);
    return runRecordSchema.parse(JSON.parse(stdout));
  };

  it.each([
    ["cards", "small-fraud.md", "customers: 300, terminals: 400", "customers: 150, terminals: 200"],
    ["a recommender", "small-recommendation.md", "members: 250, items: 120", "members: 80, items: 50"],
    ["clicks", "click-prediction.md", "members: 800", "members: 300"],
  ])("has every figure of one that computes them here: %s", async (_, name, from, to) => {
    const text = fixture(name);
    expect(text).toContain(from);
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [here, there]) {
      writeFileSync(join(folder, "note.md"), text.replace(from, to));
      writeFileSync(join(folder, "heptad.yaml"), "");
    }
    const own = recordOf(await run(here));
    const engines = recordOf(await run(there, "--engine", "spark", "--url", sail.url));
    const figures = figuresOf(own);
    expect(Object.keys(figures).length).toBeGreaterThan(50);
    expect(figuresOf(engines)).toEqual(figures);
    expect(JSON.stringify(engines)).toContain("are equal to the last bit");
    expect(JSON.stringify(own)).not.toContain("are equal to the last bit");
    const pairs =
      /were counted on Spark: [\d,]+ in \d+ fits, .* Those of [\d,]+ titles over all fits, .* equal to the last bit/u;
    if (name === "small-recommendation.md") expect(JSON.stringify(engines)).toMatch(pairs);
  });

  it("answers each row once over a line that breaks while it answers", async () => {
    const line = await openBreakingLine(sail.url);
    const client = await openConnectClient(connectAddress(line.url));
    const pieces: Uint8Array[] = [];
    for await (const { data } of client.query("SELECT id FROM range(200000)")) {
      pieces.push(data);
      if (pieces.length === 3) line.break();
    }
    const ids = Float64Array.from(numbers(columnsFromArrow(pieces), "id")).sort();
    expect(pieces.length).toBeGreaterThan(3);
    expect(ids).toEqual(Float64Array.from({ length: 200_000 }, (_, id) => id));
    await client.close();
    line.stop();
  });

  it("gives the rows of a ranking's text that DuckDB gives, to the last bit", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "note.md"), fixture("tiny-recommendation.md"));
    writeFileSync(join(folder, "heptad.yaml"), "");
    const textFor = async (dialect: string): Promise<readonly string[]> => {
      const words = ["sql", "note.md", "--dialect", dialect, "--tables", "rows", "--candidates"];
      const { stdout, stderr, status } = await heptadHere(folder, words);
      expect(status, stderr).toBe(0);
      return sqlStatements(stdout).views;
    };
    const sql = await openDuckdb({ threads: 1 });
    const client = await openConnectClient(connectAddress(sail.url));
    const numbersOf = async (table: Table): Promise<Table> => {
      await sql.register("answered", table);
      const order = "ORDER BY set_number, key_member, key_title, label";
      const { columns } = await sql.query(`SELECT * FROM answered ${order}`);
      return createTable(Object.fromEntries(columns));
    };
    for (const one of await textFor("duckdb")) await sql.query(one);
    const asked = "heptad_sets s JOIN heptad_cases c ON s.set_name = c.set_name";
    const own = await sql.query(`SELECT s.set_number, c.* FROM ${asked}`);
    for (const one of await textFor("spark")) await client.execute(one);
    const pieces: Uint8Array[] = [];
    const columns = [...own.columns.keys()].filter((name) => name !== "set_name");
    const selected = columns.map((name) => (name === "set_number" ? "s.set_number" : `c.\`${name}\``)).join(", ");
    for await (const { data } of client.query(`SELECT ${selected} FROM ${asked}`)) pieces.push(data);
    const theirs = await numbersOf(columnsFromArrow(pieces));
    const ours = await numbersOf(
      createTable(Object.fromEntries(columns.map((name) => [name, Float64Array.from(numbers(own, name))]))),
    );
    expect(ours.rows).toBeGreaterThan(2000);
    expect(theirs).toEqual(ours);
    await client.close();
    sql.close();
  });

  it.each(STAMPED_KINDS)("takes moments as UTC that are kept as %s", async (kind) => {
    const { seconds, query } = await stampedParquet(kind);
    const client = await openConnectClient(connectAddress(sail.url));
    const pieces: Uint8Array[] = [];
    for await (const { data } of client.query(query)) pieces.push(data);
    expect([...numbers(columnsFromArrow(pieces), "s")]).toEqual(seconds);
    await client.close();
  });

  it("gives the rows of a text over Parquet where it lies that DuckDB gives, to the last bit", async () => {
    const folder = temporaryFolder();
    const sql = await openDuckdb({ threads: 1 });
    await sql.query(`COPY (${PAY_ROWS}) TO '${join(folder, "pay.parquet")}' (FORMAT parquet)`);
    const columns = "columns: { label: bad, id: id }";
    writeFileSync(join(folder, "note.md"), payNote(`{ format: parquet, path: pay.parquet, ${columns} }`));
    writeFileSync(join(folder, "heptad.yaml"), "");
    const textFor = async (dialect: string): Promise<readonly string[]> => {
      const { stdout, stderr, status } = await heptadHere(folder, ["sql", "note.md", "--dialect", dialect]);
      expect(status, stderr).toBe(0);
      return sqlStatements(stdout).views;
    };
    for (const one of await textFor("duckdb")) await sql.query(one);
    const client = await openConnectClient(connectAddress(sail.url));
    for (const one of await textFor("spark")) await client.execute(one);
    const { columns: kinds } = await sql.query("SELECT * FROM heptad_cases LIMIT 0");
    const named = [...kinds].filter(([, column]) => ArrayBuffer.isView(column)).map(([name]) => name);
    expect(named).toEqual(
      expect.arrayContaining(["label", "feature_sum", "feature_mean", "feature_count", "feature_known"]),
    );
    const cases = (mark: string) =>
      `SELECT ${named.map((name) => `${mark}${name}${mark}`).join(", ")} FROM heptad_cases`;
    const sorted = async (table: Table): Promise<Table> => {
      await sql.register("answered", table);
      const { columns: rows } = await sql.query("SELECT * FROM answered ORDER BY ALL");
      return createTable(
        Object.fromEntries(
          [...rows].map(([name]) => [name, Float64Array.from(numbers({ rows: table.rows, columns: rows }, name))]),
        ),
      );
    };
    const ours = await sorted(await sql.query(cases('"')));
    const pieces: Uint8Array[] = [];
    for await (const { data } of client.query(cases("`"))) pieces.push(data);
    expect(ours.rows).toBeGreaterThan(1000);
    expect(await sorted(columnsFromArrow(pieces))).toEqual(ours);
    await client.close();
    sql.close();
  });

  it("survives a server that is killed while it answers and is started again", async () => {
    const first = await startSail();
    const sql = await openDuckdb({ threads: 1 });
    const engine = await openSparkEngine({ url: first.url, exchange: temporaryFolder(), sql });
    let again: Promise<SailServer> | undefined;
    const said: string[] = [];
    // So many rows that they do not all come before the server is gone.
    const statements = [{ sql: "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT id FROM range(3000000)", says: "v" }];
    const rows = await engine.answer(statements, "SELECT id FROM v", (text) => {
      said.push(text);
      again ??= first.stop().then(() => startSail(Number(new URL(first.url.replace("sc:", "http:")).port)));
    });
    expect(said).toContain("Spark lost the job: asking again");
    const ids = numbers(rows, "id");
    expect(ids.length).toBe(3_000_000);
    expect(new Set(ids).size).toBe(ids.length);
    await engine.close();
    await (await again)?.stop();
    sql.close();
  });

  it("says what failed and what to do where the engine is gone or knows no such folder, and keeps nothing of it", async () => {
    const folder = temporaryFolder();
    copyFileSync(join(import.meta.dirname, "fixtures", "small-fraud.md"), join(folder, "note.md"));
    writeFileSync(join(folder, "heptad.yaml"), "");
    const other = await startSail();
    await other.stop();
    const { status, stderr } = await run(folder, "--engine", "spark", "--url", other.url);
    expect(status).toBe(2);
    expect(stderr).toContain(other.url.slice("sc://".length));
    expect(stderr).not.toContain("    at ");
  });
});
