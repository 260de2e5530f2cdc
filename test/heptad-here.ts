/** Runs a command of the program inside the test's own process: what it prints, what it returns, without the start of a process for each. */

import { Readable } from "node:stream";
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
