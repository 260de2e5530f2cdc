import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { expect, it } from "vitest";
import { programBeside, type SnapshotOrder } from "../src/service/process-beside.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What a program started, and the priority of each thread of a process: Linux says both in files. */
function startedBy(pid: number): readonly string[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean);
}

function prioritiesOf(pid: string): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      // Behind the name, which may hold anything: the state is the third field, the priority the nineteenth.
      const fields = read(`/proc/${pid}/task/${thread}/stat`).split(") ").at(-1)?.split(" ") ?? [];
      return fields.length > 16 ? [Number(fields[16])] : [];
    });
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

it.skipIf(!existsSync(`/proc/${process.pid}/task/${process.pid}/children`))(
  "a process beside a service comes after requests in all its threads, those that collect its garbage too",
  async () => {
    const launcher = fork(programBeside("process-launcher.js"), [], {
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const ended = new Promise((resolve) => launcher.once("message", resolve));
    const order: SnapshotOrder = {
      ...{ program: "snapshot-process.js", path: `${temporaryFolder()}/note.md`, state: undefined, nats: undefined },
      ...{ replica: "one-aside", model: "none", upTo: 1 },
    };
    launcher.send(order);
    let seen: readonly number[] = [];
    const isOver = { now: false };
    void ended.then(() => {
      isOver.now = true;
    });
    while (!isOver.now) {
      for (const pid of startedBy(launcher.pid ?? 0)) {
        const priorities = prioritiesOf(pid);
        if (priorities.length > seen.length) seen = priorities;
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    launcher.disconnect();
    expect(seen.length).toBeGreaterThan(3);
    expect(Math.min(...seen)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  },
  60_000,
);
