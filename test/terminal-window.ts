/** A terminal to type at: `script` of util-linux makes one where the machine has them to give. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

type AtWindow = ChildProcessByStdio<Writable, Readable, null>;

/** Runs a command line in a window of its own. A person's terminal: no CI, whose runs show no progress, and no options of the tests. */
export function atWindow(line: string, cwd: string): AtWindow {
  const { NODE_OPTIONS: _, CI: __, ...env } = process.env;
  return spawn("script", ["-qec", line, "/dev/null"], {
    cwd,
    env: { ...env, TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

const READY = "terminal true";
const LISTENER =
  'process.on("SIGINT", () => process.exit(3)); setInterval(() => {}, 1000); console.log("terminal " + process.stdout.isTTY)';

/** Whether a window can be had: one is made, and must show what is printed in it and pass Ctrl-C on. A machine without them may hang instead of refusing. */
export function hasWindow(): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(false);
  return new Promise((done) => {
    const child = atWindow(`${process.execPath} -e '${LISTENER}'`, process.cwd());
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
    const over = (answer: boolean): void => {
      clearTimeout(late);
      done(answer);
    };
    let shown = "";
    child.stdin.on("error", () => {});
    child.stdout.on("data", (part) => {
      const before = shown;
      shown += String(part);
      // Once: the window echoes what is typed, which is data again.
      if (shown.includes(READY) && !before.includes(READY)) child.stdin.write("\x03");
    });
    child.once("error", () => over(false));
    child.once("close", (status) => over(status === 3));
  });
}
