/** Runs a command of the program inside the test's own process: what it prints, what it returns, without the start of a process for each. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { dispatch } from "../src/cli/dispatch.ts";

export interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HereOptions {
  /** What comes through the pipe. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As wide as a window of that many columns; as a pipe where absent. */
  readonly columns?: number;
}

/** One command after the other: the working folder belongs to the whole process. */
let last: Promise<unknown> = Promise.resolve();

/** As `heptad NAME ...WORDS` in `folder`, with nobody at the keyboard: `input` comes through a pipe. */
export function heptadHere(
  folder: string,
  [name, ...words]: readonly string[],
  { input = "", env = {}, columns }: HereOptions = {},
): Promise<Printed> {
  // The same tests, of the program as it is packed: what a bundle made otherwise shows here.
  if (process.env.HEPTAD_PACKED)
    return heptadPacked(folder, [name, ...words], input, {
      ...env,
      ...(columns === undefined ? {} : { COLUMNS: String(columns) }),
    });
  const run = last.then(async () => {
    const before = process.cwd();
    const said = { stdout: "", stderr: "" };
    const into = (stream: keyof typeof said) => ({
      write(text: string) {
        said[stream] += text;
      },
    });
    process.chdir(folder);
    try {
      const streams = {
        ...{ stdin: {}, stdout: { ...into("stdout"), columns }, stderr: into("stderr") },
        ...{ env, input: Readable.from(input === "" ? [] : [input]) },
      };
      const status = await dispatch(name, words, streams);
      return { status, ...said };
    } finally {
      process.chdir(before);
    }
  });
  last = run.catch(() => undefined);
  return run;
}

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");

async function heptadPacked(
  folder: string,
  words: readonly string[],
  input: string,
  env: Readonly<Record<string, string>>,
): Promise<Printed> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: folder, env: { PATH, HOME, ...env } });
  child.stdin.on("error", () => undefined).end(input);
  const status = new Promise<number>((resolve) => {
    child.once("close", (code) => resolve(code ?? -1));
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}
