/** Has snapshots of what a service remembers made by a process of its own: it reads the last one and the log behind it, while the service answers. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { StoreAddress } from "./store/service-store.ts";

/** What is told to the process. */
export interface SnapshotOrder {
  /** The note's path. */
  readonly path: string;
  readonly state: string | undefined;
  readonly nats: StoreAddress | undefined;
  /** The name of the process among those that share a folder: the service's, with `-aside` behind it. */
  readonly replica: string;
  readonly model: string;
  /** The last entry that the snapshot holds, where the log is one of files. */
  readonly upTo: number;
}

/** The bytes of what was made, or why it was not. */
export type SnapshotNews = { readonly made: number } | { readonly failed: string };

export interface SnapshotMaker {
  /** Settles once the snapshot lies beside the log, with its bytes. One at a time. */
  make(upTo: number): Promise<number>;
  /** Ends the process where there is one. */
  close(): void;
}

export function openSnapshotMaker(
  about: Pick<SnapshotOrder, "path" | "state" | "nats" | "replica"> & { readonly model: () => string },
): SnapshotMaker {
  const { model, ...where } = about;
  // To start a process takes one of this size milliseconds, in which no request is answered: a small one does it, started once.
  const launcher = fork(programBeside("snapshot-launcher.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  launcher.unref();
  launcher.channel?.unref();
  let settle: (news: SnapshotNews) => void = () => undefined;
  let ended: string | undefined;
  const end = (why: string): void => {
    ended = `nothing can start the process that makes it: ${why}`;
    settle({ failed: ended });
  };
  launcher.on("message", (news: SnapshotNews) => settle(news));
  launcher.once("error", ({ message }) => end(message));
  launcher.once("exit", (code, signal) => end(`what does so ended with ${code ?? signal}`));
  return {
    make: (upTo) =>
      new Promise((resolve, reject) => {
        settle = (news) => ("made" in news ? resolve(news.made) : reject(new Error(news.failed)));
        const order: SnapshotOrder = { ...where, model: model(), upTo };
        if (ended === undefined) launcher.send(order);
        else settle({ failed: ended });
      }),
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
