/** Executes one example in a folder: in this process, in one of its own, or as a server that is told to end. */

import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { heptadHere } from "../heptad-here.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "bin", "heptad.js");

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Words of a line without pipes, as a shell parts them. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/gu)].map(
    ([, single, double, plain]) => single ?? double ?? plain,
  );
}

/** In this process, with nobody at the keyboard. */
export async function runHere(folder: string, line: string): Promise<Outcome> {
  const { status, stdout, stderr } = await heptadHere(folder, wordsOf(line).slice(1));
  return { status, out: stdout, err: stderr };
}

/** In a process of its own, through a shell, with nothing on standard input. */
export function runApart(folder: string, line: string): Outcome {
  const piped = line.includes("|") ? line : `${line} </dev/null`;
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", piped.replaceAll(/(^|\|\s*)heptad\b/gu, `$1${program()}`)],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
      maxBuffer: 2 ** 26,
    },
  );
  return { status, out: stdout, err: stderr };
}

/** Until it says that it is ready, or for a moment where it says nothing of the kind; then it is told to end. */
export function runServer(folder: string, line: string, ready: RegExp | undefined): Promise<Outcome> {
  const args = wordsOf(line).slice(1);
  // A port of the machine's own choice: the usual one may be taken.
  const at = args.indexOf("--port");
  if (ready !== undefined) args.splice(at < 0 ? args.length : at, at < 0 ? 0 : 2);
  const port = args[0] === "serve" ? ["--port", "0"] : [];
  const child = spawn(process.execPath, [PROGRAM, ...args, ...port], { cwd: folder });
  let [out, err, isAsked] = ["", "", false];
  const end = (): void => {
    if (isAsked) return;
    isAsked = true;
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 20_000).unref();
  };
  if (ready === undefined) setTimeout(end, 4000);
  child.stdout.on("data", (text) => {
    out += text;
    if (ready?.test(out)) end();
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((resolve) =>
    child.once("exit", (status) => resolve({ status: isAsked && status === null ? 0 : status, out, err })),
  );
}

function program(): string {
  return `${JSON.stringify(process.execPath)} ${JSON.stringify(PROGRAM)}`;
}
