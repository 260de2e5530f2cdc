/** The process that starts another one for each snapshot and each replay, and says what came of it. */

import { type ChildProcess, fork } from "node:child_process";
import { constants, getPriority, setPriority } from "node:os";
import {
  type ProcessNews,
  type ProcessOrder,
  programBeside,
  type SkewNews,
  type SnapshotNews,
} from "./process-beside.ts";

// Requests come first; on a busy machine the lowest priority would never be done. Told here, since what is started has it in all its threads: Linux
// keeps one for each thread, and a process that asks for another has it in the thread alone that asks, not in those that collect its garbage.
if (getPriority() < constants.priority.PRIORITY_BELOW_NORMAL) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const running = new Set<ChildProcess>();

process.on("message", (order: ProcessOrder) => {
  const { program } = order;
  const started = fork(programBeside(program), [], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  running.add(started);
  let news: SnapshotNews | SkewNews | undefined;
  started.once("message", (told: SnapshotNews | SkewNews) => {
    news = told;
  });
  const tell = (why: string): void => {
    running.delete(started);
    const said: ProcessNews = { program, ...(news ?? { failed: why }) };
    process.send?.(said);
  };
  started.once("error", ({ message }) => tell(message));
  started.once("exit", (code, signal) => tell(`the process that does it ended with ${code ?? signal}`));
  started.send(order);
});
// The service is gone.
process.once("disconnect", () => {
  for (const one of running) one.kill("SIGKILL");
  process.exit(0);
});
