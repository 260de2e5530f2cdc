import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { unwrap } from "../core/outcome.ts";
import { takeLock } from "./process-lock.ts";

const MODULE = pathToFileURL(join("dist", "src", "node", "process-lock.js")).href;
/** Takes the lock, says whether it could, and stays. */
const TAKER = `import { takeLock } from "${MODULE}"; console.log(takeLock(process.argv[1]).ok); setInterval(() => {}, 1000);`;

let path = "";
beforeEach(() => {
  path = join(temporaryFolder(), "lock");
});

async function takeInProcess(): Promise<{ pid: number; kill: () => Promise<void>; took: boolean }> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", TAKER, path]);
  const said = await new Promise((resolve) => child.stdout.once("data", (text) => resolve(String(text).trim())));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = (): Promise<void> => {
    child.kill("SIGKILL");
    return ended;
  };
  return { pid: child.pid ?? 0, kill, took: said === "true" };
}

function holder(): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe("a lock", () => {
  it("is one writer's, and goes to the next one when it is given back or its holder is killed", async () => {
    const child = await takeInProcess();
    expect(child.took).toBe(true);
    const refused = takeLock(path);
    expect(refused.ok || refused.failure.message).toContain(String(child.pid));
    await child.kill();
    const lock = unwrap(takeLock(path));
    expect(lock.confirm()).toBe(true);
    lock.release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it("keeps out a worker thread of the same process: 15 acknowledged decisions were gone", async () => {
    const lock = unwrap(takeLock(path));
    const code = `import("${MODULE}").then(({ takeLock }) => {
      require("node:worker_threads").parentPort.postMessage(takeLock(require("node:worker_threads").workerData).ok) })`;
    const worker = new Worker(code, { eval: true, workerData: path });
    const took = await new Promise((resolve) => worker.once("message", resolve));
    await worker.terminate();
    expect(took).toBe(false);
    lock.release();
  });

  it.skipIf(!existsSync("/proc/self/stat"))(
    "is not held for ever by a number that is another process's after a restart",
    async () => {
      const child = await takeInProcess();
      writeFileSync(path, JSON.stringify({ ...holder(), process: "an earlier process of this number" }));
      unwrap(takeLock(path)).release();
      await child.kill();
    },
  );

  it("is left to a holder in another container while that shows signs of life, and taken when it shows none", () => {
    unwrap(takeLock(path)).release();
    writeFileSync(path, JSON.stringify({ pid: 1, scope: "another machine", process: "x", token: "theirs" }));
    const touch = `const { utimesSync } = require("node:fs"); let n = 0;
      const timer = setInterval(() => { try { utimesSync(process.argv[1], n, n++) } catch {} if (n > 30) clearInterval(timer) }, 200)`;
    const alive = spawn(process.execPath, ["-e", touch, path]);
    expect(takeLock(path).ok).toBe(false);
    alive.kill();
    unwrap(takeLock(path)).release();
  }, 30_000);

  it("is taken over past an empty `lock.takeover`, which a full disk had left for ever", () => {
    writeFileSync(path, "");
    writeFileSync(`${path}.takeover`, "");
    unwrap(takeLock(path)).release();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it("goes to one of many who find the same dead holder", async () => {
    const child = await takeInProcess();
    await child.kill();
    const takers = await Promise.all(Array.from({ length: 6 }, takeInProcess));
    expect(takers.filter(({ took }) => took)).toHaveLength(1);
    await Promise.all(takers.map(({ kill }) => kill()));
  }, 30_000);

  it("tells a holder that slept that another has it now, and is not taken from that one", async () => {
    const lock = unwrap(takeLock(path));
    writeFileSync(path, JSON.stringify({ ...holder(), token: "another's" }));
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(lock.confirm()).toBe(false);
    lock.release();
    expect(holder().token).toBe("another's");
  });

  it("is given back when its process ends", () => {
    const script = `import { takeLock } from "${MODULE}"; takeLock(process.argv[1]);`;
    spawnSync(process.execPath, ["--input-type=module", "-e", script, path]);
    expect(existsSync(path)).toBe(false);
  });
});
