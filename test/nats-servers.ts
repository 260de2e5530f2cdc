/** Servers of NATS on loopback for tests: one, or a cluster; ended, killed and started again. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = ["nats-server", "/usr/sbin/nats-server"].find((one) => spawnSync(one, ["--version"]).status === 0);

/** Whether Debian's `nats-server` is here; tests that need it are skipped where it is not. */
export const hasNats = PROGRAM !== undefined;
export const WITHOUT_NATS = hasNats ? "" : " (skipped: there is no nats-server here)";

export interface NatsServers {
  /** All of them, as `--nats` takes it. */
  readonly url: string;
  readonly folders: readonly string[];
  /** kill -9. */
  kill(at: number): void;
  /** Starts one again that was killed, on its folder. */
  start(at: number): Promise<void>;
  /** Ends all of them. */
  stop(): Promise<void>;
}

/** `more` is added to each server's configuration. */
export async function startNats(count = 1, more = ""): Promise<NatsServers> {
  const root = temporaryFolder();
  const ports = await freePorts(2 * count);
  const [clients, routes] = [ports.slice(0, count), ports.slice(count)];
  const folders = clients.map((_, at) => join(root, String(at)));
  const children: (ChildProcess | undefined)[] = [];
  const start = async (at: number): Promise<void> => {
    mkdirSync(folders[at], { recursive: true });
    const config = join(root, `${at}.conf`);
    const cluster = `cluster { name: "test", listen: "127.0.0.1:${routes[at]}", routes: [${routes.map((port) => `"nats://127.0.0.1:${port}"`).join(", ")}] }`;
    writeFileSync(
      config,
      [
        `server_name: "n${at}"`,
        `listen: "127.0.0.1:${clients[at]}"`,
        `jetstream { store_dir: "${folders[at]}", max_mem: 64MB, max_file: 2GB }`,
        count > 1 ? cluster : "",
        more,
      ].join("\n"),
    );
    children[at] = spawn(PROGRAM ?? "", ["-c", config], { stdio: "ignore" });
    await listening(clients[at]);
  };
  await Promise.all(folders.map((_, at) => start(at)));
  return {
    url: clients.map((port) => `nats://127.0.0.1:${port}`).join(","),
    folders,
    kill(at) {
      children[at]?.kill("SIGKILL");
      children[at] = undefined;
    },
    start,
    async stop() {
      await Promise.all(
        children.map(async (one) => {
          if (one === undefined || one.exitCode !== null) return;
          const ended = new Promise((resolve) => one.once("exit", resolve));
          one.kill("SIGKILL");
          await ended;
        }),
      );
    },
  };
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      }).once("error", () => resolve(false));
    });
    if (isThere) return;
    await sleep(25);
  }
  throw new Error(`nothing listens on ${port}`);
}

/** Held all at once, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
