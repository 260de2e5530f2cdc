import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { afterEach, describe, expect, it } from "vitest";
import { openBreakingLine } from "../../../test/breaking-line.ts";
import { type Asked, type ConnectServer, type Step, startConnectServer } from "../../../test/connect-server.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTable, numbers } from "../../core/table.ts";
import { openDuckdb } from "../duckdb.ts";
import { connectAddress } from "./connect-address.ts";
import { openConnectClient } from "./connect-client.ts";
import { exchangeFile } from "./exchange-folder.ts";
import { openSparkEngine } from "./spark-engine.ts";

let server: ConnectServer | undefined;
afterEach(() => server?.stop());

/** A piece of an answer: the whole numbers from `from` up to `until`. */
function piece(id: string, from: number, until: number): Step {
  const values = Float64Array.from({ length: until - from }, (_, at) => from + at);
  const data = tableToIPC(tableFromArrays({ n: values }), "stream");
  return { send: { responseId: id, arrowBatch: { rowCount: until - from, data } } };
}

const DONE: Step = { send: { responseId: "done", resultComplete: {} } };
const QUICK = { retries: 3, pause: 1 };

/** Serves each call that streams by the next script. */
async function serve(...scripts: (readonly Step[])[]): Promise<ConnectServer> {
  let next = 0;
  server = await startConnectServer(() => scripts[next++] ?? ["cut"]);
  return server;
}

async function rowsOf(url: string, sql = "SELECT n"): Promise<readonly number[]> {
  const client = await openConnectClient(connectAddress(url), QUICK);
  try {
    const rows: number[] = [];
    for await (const one of client.query(sql)) rows.push(one.rows);
    return rows;
  } finally {
    await client.close();
  }
}

function calls({ asked }: ConnectServer): readonly string[] {
  return asked.map(({ call }) => call);
}

describe("a connection that breaks", () => {
  it("is taken up behind the last piece that came, so that each piece comes once, and then let go", async () => {
    const there = await serve(
      [piece("a", 0, 3), piece("b", 3, 5), "cut"],
      ["cut"],
      [piece("c", 5, 9), "end"],
      [DONE, "end"],
    );
    expect(await rowsOf(there.url)).toEqual([3, 2, 4]);
    const [first, again, third, last, released] = there.asked;
    expect(calls(there).slice(0, 5)).toEqual([
      "ExecutePlan",
      ...["ReattachExecute", "ReattachExecute", "ReattachExecute"],
      "ReleaseExecute",
    ]);
    expect(first.message.requestOptions).toEqual([{ reattachOptions: { reattachable: true } }]);
    const { sessionId, operationId } = first.message;
    for (const one of [again, third, last, released]) expect(one.message).toMatchObject({ sessionId, operationId });
    expect([again, third, last].map(({ message }) => message.lastResponseId)).toEqual(["b", "b", "c"]);
  });

  it("is taken up over a new line where the line itself was cut", async () => {
    const there = await serve([piece("a", 0, 3)], [piece("b", 3, 5), DONE, "end"]);
    const line = await openBreakingLine(there.url);
    const client = await openConnectClient(connectAddress(line.url), QUICK);
    const rows: number[] = [];
    for await (const one of client.query("SELECT n")) {
      rows.push(one.rows);
      if (rows.length === 1) line.break();
    }
    expect(rows).toEqual([3, 2]);
    expect(there.asked[1]).toMatchObject({ call: "ReattachExecute", message: { lastResponseId: "a" } });
    await client.close();
    line.stop();
  });

  it("begins anew where the server never heard of the job", async () => {
    const there = await serve(
      ["cut"],
      [{ fail: "INVALID_HANDLE.OPERATION_NOT_FOUND" }],
      [piece("a", 0, 2), DONE, "end"],
    );
    expect(await rowsOf(there.url)).toEqual([2]);
    expect(calls(there).slice(0, 3)).toEqual(["ExecutePlan", "ReattachExecute", "ExecutePlan"]);
    expect(there.asked[2].message.operationId).not.toBe(there.asked[0].message.operationId);
  });

  it("begins anew too where a server says in words of its own that it has no such job", async () => {
    let asked = 0;
    server = await startConnectServer(({ call, message }) => {
      if (call === "ReattachExecute")
        return [{ fail: `invalid argument: operation not found: ${message.operationId}` }];
      return asked++ === 0 ? ["cut"] : [piece("a", 0, 2), DONE, "end"];
    });
    expect(await rowsOf(server.url)).toEqual([2]);
  });

  it("is given up after so many tries, and said", async () => {
    const there = await serve([piece("a", 0, 3), "cut"]);
    await expect(rowsOf(there.url)).rejects.toMatchObject({ failure: { code: "engine-gone" } });
    expect(calls(there).filter((call) => call === "ReattachExecute")).toHaveLength(QUICK.retries);
  });
});

describe("a run's engine", () => {
  const asked = async (script: (call: Asked, views: number) => readonly Step[], client?: typeof QUICK) => {
    let views = 0;
    server = await startConnectServer((call) => {
      if (call.call === "ExecutePlan" && JSON.stringify(call.message).includes("VIEW")) views++;
      return script(call, views);
    });
    const sql = await openDuckdb({ threads: 1 });
    const exchange = temporaryFolder();
    // No process has the number: what it left is nobody's.
    writeFileSync(exchangeFile(exchange, "cases").replace(`-${process.pid}-`, "-999999999-"), "");
    const waiting = process.listenerCount("exit");
    const engine = await openSparkEngine({ url: server.url, exchange, sql, client });
    await engine.share("events", createTable({ n: new Int32Array(1200) }));
    const statements = [{ sql: "CREATE VIEW v", says: "the view v" }];
    expect(readdirSync(exchange)).toHaveLength(1);
    try {
      return await engine.answer(statements, "SELECT n", () => undefined);
    } finally {
      await engine.close();
      sql.close();
      expect(readdirSync(exchange)).toEqual([]);
      expect(process.listenerCount("exit")).toBe(waiting);
    }
  };
  const isView = ({ message }: Asked): boolean => JSON.stringify(message).includes("VIEW");

  it("makes its views again and asks again where the server has lost its session with half of the answer sent", async () => {
    const lost = "INVALID_HANDLE.SESSION_NOT_FOUND: gone";
    const answer = await asked((call, views) => {
      if (isView(call)) return [DONE, "end"];
      if (call.call === "ReattachExecute") return [{ fail: lost }];
      return views === 1 ? [piece("a", 0, 700), "cut"] : [piece("a", 0, 700), piece("b", 700, 1200), DONE, "end"];
    });
    expect(Array.from(numbers(answer, "n"))).toEqual(Array.from({ length: 1200 }, (_, at) => at));
    const sessions = server?.asked.filter(isView).map(({ message }) => message.sessionId) ?? [];
    expect(new Set(sessions).size).toBe(2);
  });

  it.each([
    [
      "has no such job any more, and says so in words of its own",
      (message: Asked["message"]) => `invalid argument: operation not found: ${message.operationId}`,
    ],
    [
      "does not run its session any more, and says so in words of its own",
      (message: Asked["message"]) => `invalid argument: session ${message.sessionId} is not running`,
    ],
    [
      "was restarted, and misses a view that it was seen to make",
      () => "Table not found: [TABLE_OR_VIEW_NOT_FOUND] Table or view not found: v",
    ],
  ])("makes its views again and asks again where the server %s", async (_, lost) => {
    const answer = await asked((call, views) => {
      if (isView(call)) return [DONE, "end"];
      if (call.call === "ReattachExecute") return [{ fail: lost(call.message) }];
      return views === 1 ? [piece("a", 0, 700), "cut"] : [piece("a", 0, 1200), DONE, "end"];
    });
    expect(numbers(answer, "n")).toHaveLength(1200);
    expect(server?.asked.filter(isView)).toHaveLength(2);
  });

  it("is given up where the server loses the job each time, and is not told to share a folder then", async () => {
    const lost = asked((call) => {
      if (isView(call)) return [DONE, "end"];
      if (call.call === "ExecutePlan") return [piece("a", 0, 700), "cut"];
      return [{ fail: `invalid argument: operation not found: ${call.message.operationId}` }];
    });
    await expect(lost).rejects.toMatchObject({
      failure: {
        code: "engine-failed",
        message: expect.stringContaining("gave up at the rows of the answer, 3 times: "),
        fix: expect.stringMatching(/^(?!.*--exchange).*whether it was restarted/u),
      },
    });
    expect(server?.asked.filter(isView)).toHaveLength(3);
  });

  it("is asked nothing more for a run that somebody stops, and its session goes", async () => {
    // Somebody else listens: the test itself is not ended.
    const listen = (): void => undefined;
    process.on("SIGINT", listen);
    const stopped = asked((call) => {
      if (isView(call)) return [DONE, "end"];
      process.emit("SIGINT");
      return [{ fail: `invalid argument: session ${call.message.sessionId} is not running` }];
    });
    await expect(stopped).rejects.toMatchObject({ failure: { code: "engine-failed" } });
    process.off("SIGINT", listen);
    expect(server?.asked.filter(isView)).toHaveLength(1);
    const released = server?.asked.filter(({ call }) => call === "ReleaseSession") ?? [];
    expect(released[0]?.message.sessionId).toBe(server?.asked[0].message.sessionId);
  });

  it("lets go of its session as soon as the answer is here", async () => {
    await asked((call) => (isView(call) ? [DONE, "end"] : [piece("a", 0, 3), DONE, "end"]));
    const released = server?.asked.filter(({ call }) => call === "ReleaseSession") ?? [];
    expect(released.map(({ message }) => message.sessionId)).toEqual([server?.asked[0].message.sessionId]);
  });

  it.each([
    ["is not there", "nonexistent", /there is no folder .*nonexistent/u],
    ["is a file", "file", /is a file and no folder/u],
  ])("refuses a folder that %s, naming the option, and makes none", async (_, name, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const sql = await openDuckdb({ threads: 1 });
    const opened = openSparkEngine({ url: "sc://127.0.0.1:9", exchange: join(folder, name), sql });
    await expect(opened).rejects.toMatchObject({
      failure: { code: "bad-exchange", where: "--exchange", message: expect.stringMatching(message) },
    });
    expect(readdirSync(folder)).toEqual(["file"]);
    sql.close();
  });

  it.skipIf(process.platform !== "linux")("refuses a folder that takes no file", async () => {
    const sql = await openDuckdb({ threads: 1 });
    await expect(openSparkEngine({ url: "sc://127.0.0.1:9", exchange: "/proc", sql })).rejects.toMatchObject({
      failure: { where: "--exchange", message: expect.stringContaining("the folder /proc takes no rows") },
    });
    sql.close();
  });

  it("says at which stage a job failed, what it was given, and how much had come back", async () => {
    const stages = [
      { numTasks: 8, numCompletedTasks: 8, done: true },
      { numTasks: 4, numCompletedTasks: 1 },
    ];
    const failed = asked((call) =>
      isView(call)
        ? [DONE, "end"]
        : [
            { send: { responseId: "p", executionProgress: { stages } } },
            piece("a", 0, 700),
            { fail: "executor 3 ran out of memory\nat line 1" },
          ],
    );
    await expect(failed).rejects.toMatchObject({
      failure: {
        code: "engine-failed",
        message:
          "Spark gave up at the rows of the answer, 1 of 2 stages and 9 of 12 tasks done: it was given 1,200 rows of events, and 700 rows had come back: executor 3 ran out of memory",
      },
    });
    const view = asked(() => [{ fail: "no such column" }]);
    await expect(view).rejects.toMatchObject({
      failure: { message: expect.stringContaining("gave up at the view v: it was given 1,200 rows") },
    });
  });

  it("says how far a job was when its server went and did not come back", async () => {
    const gone = asked(
      (call) => (isView(call) ? [DONE, "end"] : call.call === "ExecutePlan" ? [piece("a", 0, 700), "cut"] : ["cut"]),
      QUICK,
    );
    await expect(gone).rejects.toMatchObject({
      failure: {
        code: "engine-gone",
        message: expect.stringMatching(
          /answers no more; at the rows of the answer it was given 1,200 rows of events, and 700 rows had come back$/u,
        ),
      },
    });
  });
});
