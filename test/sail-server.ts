/** A Spark Connect server without a JVM for tests: `sail` of pysail, named by HEPTAD_SAIL or found on the path. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const PROGRAM = process.env.HEPTAD_SAIL ?? "sail";

/** Whether there is one here. */
export const hasSail = spawnSync(PROGRAM, ["--help"], { stdio: "ignore" }).status === 0;

/** What the names of tests say that are skipped without it. */
export const WITHOUT_SAIL = " (skipped where no `sail` of pysail is installed)";

export interface SailServer {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts one on a port of loopback, a free one where none is named, and waits until it listens. */
export async function startSail(named?: number): Promise<SailServer> {
  if (!hasSail) throw new Error(`there is no \`${PROGRAM}\`: pip install pysail, and name its sail by HEPTAD_SAIL`);
  const port = named ?? (await freePort());
  const child = spawn(PROGRAM, ["spark", "server", "--ip", "127.0.0.1", "--port", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  for (let tries = 0; tries < 600 && !said.includes("Starting the Spark Connect server"); tries++) {
    if (child.exitCode !== null) throw new Error(`sail ended: ${said}`);
    await sleep(100);
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url: `sc://127.0.0.1:${port}`,
    process: child,
    async stop() {
      end();
      await ended;
      process.off("exit", end);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
