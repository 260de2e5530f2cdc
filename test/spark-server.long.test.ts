import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTable, numbers } from "../src/core/table.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { columnsFromArrow } from "../src/node/spark/arrow-columns.ts";
import { connectAddress } from "../src/node/spark/connect-address.ts";
import { openConnectClient } from "../src/node/spark/connect-client.ts";
import { openSparkEngine } from "../src/node/spark/spark-engine.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { goldenOf } from "./golden-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { SPARK_URL, WITHOUT_SPARK } from "./spark-server.ts";
import { STAMPED_KINDS, stampedParquet } from "./stamped-parquet.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const url = SPARK_URL ?? "";
/** The first query of a server that has just begun takes its time. */
const PATIENCE = 600_000;

/** All figures and verdicts but those of step 6 and of latency, which are measured anew each time. */
const figuresOf = (record: RunRecord) =>
  Object.fromEntries(Object.entries(goldenOf(record)).filter(([name]) => !/^6 |latency|cpu|busy|cost/u.test(name)));

describe.skipIf(SPARK_URL === undefined)(`a run on a Spark server that somebody has started${WITHOUT_SPARK}`, () => {
  it.each([
    ["cards", "small-fraud.md", "customers: 300, terminals: 400", "customers: 150, terminals: 200"],
    ["a recommender", "small-recommendation.md", "members: 250, items: 120", "members: 80, items: 50"],
  ])(
    "has every figure of one that computes all here: %s",
    async (_, name, from, to) => {
      const text = readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");
      expect(text).toContain(from);
      const record = async (...words: string[]): Promise<RunRecord> => {
        const folder = temporaryFolder();
        writeFileSync(join(folder, "note.md"), text.replace(from, to));
        writeFileSync(join(folder, "heptad.yaml"), "");
        const command = ["run", "note.md", "--threads", "1", "--json", ...words];
        const { stdout, stderr, status } = await heptadHere(folder, command);
        expect(status, stderr).toBe(0);
        return runRecordSchema.parse(JSON.parse(stdout));
      };
      const own = await record();
      const there = await record("--engine", "spark", "--url", url);
      expect(figuresOf(there)).toEqual(figuresOf(own));
      expect(JSON.stringify(there)).toContain("are equal to the last bit");
    },
    PATIENCE,
  );

  it.each(STAMPED_KINDS)("takes moments as UTC, whatever the session's zone is, that are kept as %s", async (kind) => {
    const { seconds, query } = await stampedParquet(kind);
    const client = await openConnectClient(connectAddress(url));
    await client.execute("SET TIME ZONE 'America/New_York'");
    const pieces: Uint8Array[] = [];
    for await (const { data } of client.query(query)) pieces.push(data);
    expect([...numbers(columnsFromArrow(pieces), "s")]).toEqual(seconds);
    await client.close();
  });

  describe("says in words what went wrong, at which stage, and how far it was:", () => {
    let sql: Duckdb;
    beforeAll(async () => {
      sql = await openDuckdb({ threads: 1 });
    });
    afterAll(() => sql.close());

    async function ask(view: string, query: string) {
      const engine = await openSparkEngine({ url, exchange: temporaryFolder(), sql });
      try {
        const path = await engine.share("events", createTable({ n: Int32Array.of(3, 1, 2) }));
        const statements = [
          { sql: `CREATE OR REPLACE TEMPORARY VIEW v AS ${view.replace("PATH", path)}`, says: "the view v" },
        ];
        return await engine.answer(statements, query, () => undefined);
      } finally {
        await engine.close();
      }
    }
    const failureOf = async (view: string, query: string) =>
      await ask(view, query).then(
        () => undefined,
        (error: unknown) => (error instanceof Error && "failure" in error ? error.failure : error),
      );

    it("nothing, where nothing did", async () => {
      const answer = await ask("SELECT * FROM parquet.`PATH`", "SELECT n FROM v ORDER BY n");
      expect([...numbers(answer, "n")]).toEqual([1, 2, 3]);
    });

    it("a folder that the server does not see", async () => {
      expect(
        await failureOf("SELECT * FROM parquet.`/no/such/folder/events.parquet`", "SELECT n FROM v"),
      ).toMatchObject({
        code: "engine-failed",
        message: expect.stringMatching(
          /^Spark gave up at the view v: it was given 3 rows of events, and 0 rows had come back: \S/u,
        ),
        fix: expect.stringContaining("name one that both see with `--exchange`"),
      });
    });

    it("a table that is not there", async () => {
      expect(await failureOf("SELECT * FROM parquet.`PATH`", "SELECT n FROM w")).toMatchObject({
        message: expect.stringMatching(/^Spark gave up at the rows of the answer: it was given 3 rows of events.*`w`/u),
        fix: expect.stringContaining("look into the server's log"),
      });
    });

    it("a query that fails while it runs", async () => {
      const failure = await failureOf(
        "SELECT * FROM parquet.`PATH`",
        "SELECT raise_error('row is broken') AS n FROM v",
      );
      expect(failure).toMatchObject({
        code: "engine-failed",
        message: expect.stringMatching(/^Spark gave up at the rows of the answer.*row is broken/u),
      });
      expect(JSON.stringify(failure)).not.toMatch(/\\n|\tat |\.scala/u);
    });
  });
});
