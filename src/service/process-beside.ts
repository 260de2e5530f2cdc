/** Has what would keep requests waiting done by processes of their own, at a lower priority: snapshots of what a service remembers, and the replay of its test window. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { SkewCount } from "../system/served-system.ts";
import type { StoreAddress } from "./store/service-store.ts";

/** Of which service, and which model. */
interface Order {
  /** The note's path. */
  readonly path: string;
  readonly state: string | undefined;
  readonly nats: StoreAddress | undefined;
  /** The name of the process among those that share a folder: the service's, with `-aside` behind it. */
  readonly replica: string;
  readonly model: string;
}

export interface SnapshotOrder extends Order {
  readonly program: "snapshot-process.js";
  /** The last entry that the snapshot holds, where the log is one of files. */
  readonly upTo: number;
}

export interface SkewOrder extends Order {
  readonly program: "skew-process.js";
}

/** What is told to a process, and to the one that starts it. */
export type ProcessOrder = SnapshotOrder | SkewOrder;

type Failed = { readonly failed: string };

/** The bytes of what was made, or why it was not. */
export type SnapshotNews = { readonly made: number } | Failed;

/** What the replay counted; null for a system with nothing to compare. */
export type SkewNews = { readonly count: SkewCount | null } | Failed;

/** What came of an order. */
export type ProcessNews = { readonly program: ProcessOrder["program"] } & (SnapshotNews | SkewNews);

export interface ProcessBeside {
  /** Settles once the snapshot lies beside the log, with its bytes. One at a time. */
  snapshot(upTo: number): Promise<number>;
  /** Replays the test window of the model that serves; null where it has nothing to compare. One at a time. */
  skew(): Promise<SkewCount | null>;
  /** Ends the processes where there are any. */
  close(): void;
}

export function openProcessBeside(
  about: Pick<Order, "path" | "state" | "nats" | "replica"> & { readonly model: () => string },
): ProcessBeside {
  const { model, ...where } = about;
  // To start a process takes one of this size milliseconds, in which no request is answered: a small one does it, started once.
  const launcher = fork(programBeside("process-launcher.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  launcher.unref();
  launcher.channel?.unref();
  const asked = new Map<ProcessOrder["program"], (news: SnapshotNews | SkewNews) => void>();
  let ended: string | undefined;
  const end = (why: string): void => {
    ended = `nothing can start the process that does it: ${why}`;
    for (const settle of asked.values()) settle({ failed: ended });
  };
  launcher.on("message", ({ program, ...news }: ProcessNews) => asked.get(program)?.(news));
  launcher.once("error", ({ message }) => end(message));
  launcher.once("exit", (code, signal) => end(`what does so ended with ${code ?? signal}`));
  const order = <News>(told: ProcessOrder, read: (news: SnapshotNews | SkewNews) => News | undefined): Promise<News> =>
    new Promise((resolve, reject) => {
      asked.set(told.program, (news) => {
        asked.delete(told.program);
        const made = read(news);
        if (made === undefined) reject(new Error("failed" in news ? news.failed : "it was answered something else"));
        else resolve(made);
      });
      if (ended === undefined) launcher.send(told);
      else asked.get(told.program)?.({ failed: ended });
    });
  return {
    snapshot: (upTo) =>
      order({ program: "snapshot-process.js", ...where, model: model(), upTo }, (news) =>
        "made" in news ? news.made : undefined,
      ),
    skew: () =>
      order({ program: "skew-process.js", ...where, model: model() }, (news) =>
        "count" in news ? news.count : undefined,
      ),
    close() {
      if (launcher.connected) launcher.disconnect();
    },
  };
}

/** Beside this file in the build. */
export function programBeside(name: string): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith(".ts") ? `../../dist/src/service/${name}` : `./${name}`, here));
}
