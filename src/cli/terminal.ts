/** The terminal as a command sees it: two streams, colours where they are wanted, and a progress line that leaves no trace. */

import { styleText } from "node:util";
import type { Progress } from "../system/environment.ts";
import { shownText } from "./shown-text.ts";
import { wrapLines } from "./wrap-text.ts";

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan" | "magenta" | "underline";

export interface Terminal {
  /** Writes to standard output, with a line end. What a terminal would obey is shown instead, here and on standard error. */
  out(text: string): void;
  /** Writes to standard error, with a line end: what a person reads while a program reads standard output. */
  note(text: string): void;
  /** The text in a style, or as it is where colours are off. */
  paint(style: Style, text: string): string;
  /** Wrapped at words where the stream goes to a window; as it is where a program or a file takes it. */
  fit(text: string, stream?: "out" | "note"): string;
  /** Columns of the window; where there is none, what COLUMNS says, or 100. */
  readonly width: number;
  /** What is typed, or comes through a pipe. */
  readonly input: NodeJS.ReadableStream;
  readonly env: TerminalStreams["env"];
  /** Whether a person is at the keyboard and the screen. */
  readonly interactive: boolean;
  /** A live line on standard error; nothing when that is no terminal. */
  readonly progress: Progress;
  /** Takes the live line away. */
  clearProgress(): void;
}

export interface TerminalStreams {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is read in place of the process's own standard input. */
  readonly input?: NodeJS.ReadableStream;
}

const BAR_CELLS = 24;

export function createTerminal({ stdin, stdout, stderr, env, input }: TerminalStreams): Terminal {
  const colour = wantsColour(stdout.isTTY === true, env);
  const live = stderr.isTTY === true && env.CI === undefined;
  let shown = false;
  const clearProgress = (): void => {
    if (shown) stderr.write("\r\u001b[2K");
    shown = false;
  };
  return {
    out(text) {
      clearProgress();
      stdout.write(`${shownText(text, colour)}\n`);
    },
    note(text) {
      clearProgress();
      stderr.write(`${shownText(text, colour)}\n`);
    },
    paint: (style, text) => (colour ? styleText(style, text) : text),
    fit(text, stream = "out") {
      const { columns } = stream === "out" ? stdout : stderr;
      return columns === undefined ? text : wrapLines(text.split("\n"), columns);
    },
    width: stdout.columns ?? columnsOf(env) ?? DEFAULT_COLUMNS,
    env,
    // The process's own is opened by the first look at it.
    get input() {
      return input ?? process.stdin;
    },
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    progress(message, done, total) {
      if (!live) return;
      const line = shownText(
        done === undefined || total === undefined || total <= 0 ? message : `${bar(done / total)} ${message}`,
        false,
      );
      stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
    clearProgress,
  };
}

const DEFAULT_COLUMNS = 100;
const LEAST_COLUMNS = 40;

/** POSIX, 8.3 Other Environment Variables: a width of the user's own wish. */
function columnsOf({ COLUMNS }: TerminalStreams["env"]): number | undefined {
  return COLUMNS !== undefined && /^\d{1,4}$/u.test(COLUMNS) ? Math.max(LEAST_COLUMNS, Number(COLUMNS)) : undefined;
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_CELLS);
  return "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
}

/** https://no-color.org and https://force-color.org: a variable that is set and not empty decides, else the stream does. */
function wantsColour(isTerminal: boolean, env: TerminalStreams["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}
