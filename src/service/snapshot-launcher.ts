/** The process that starts another one for each snapshot, and says what came of it. */

import { type ChildProcess, fork } from "node:child_process";
import { programBeside, type SnapshotNews, type SnapshotOrder } from "./snapshot-beside.ts";

let running: ChildProcess | undefined;

process.on("message", (order: SnapshotOrder) => {
  const program = programBeside("snapshot-process.js");
  const started = fork(program, [], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  running = started;
  let news: SnapshotNews | undefined;
  started.once("message", (told: SnapshotNews) => {
    news = told;
  });
  const tell = (why: string): void => {
    process.send?.(news ?? { failed: why });
  };
  started.once("error", ({ message }) => tell(message));
  started.once("exit", (code, signal) => tell(`the process that makes it ended with ${code ?? signal}`));
  started.send(order);
});
// The service is gone.
process.once("disconnect", () => {
  running?.kill("SIGKILL");
  process.exit(0);
});
