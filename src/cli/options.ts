/** Reads values of options: numbers within their range, with an error that names the flag. */

import { availableParallelism } from "node:os";
import { FailureError } from "../core/outcome.ts";
import type { CommandInput } from "./command.ts";

/** A whole number given to an option; undefined where it was not given. Throws a `FailureError` for anything else. */
export function wholeNumber(input: CommandInput, option: string, least: number, most: number): number | undefined {
  const written = input.value(option);
  if (written === undefined) return undefined;
  const value = Number(written);
  if (/^\d+$/u.test(written) && value >= least && value <= most) return value;
  throw new FailureError({
    code: "bad-option",
    message: `\`${written}\` is no whole number from ${least} to ${most}`,
    where: `--${option}`,
    fix: `write it like --${option} ${Math.max(least, 1)}`,
  });
}

/** Beyond a few threads a processor each only waits for another; this leaves room for a machine that reports fewer than it has. */
const THREADS_PER_PROCESSOR = 4;
/** What a thread keeps: its engine and the memory of its kernels. */
const BYTES_PER_THREAD = 30e6;

/** The value of an option that counts threads or processes. Throws a `FailureError` for more than the machine can use. */
export function threadCount(input: CommandInput, option: string): number | undefined {
  const count = wholeNumber(input, option, 1, 2 ** 31);
  const processors = availableParallelism();
  const most = Math.max(8, THREADS_PER_PROCESSOR * processors);
  if (count === undefined || count <= most) return count;
  throw new FailureError({
    code: "bad-option",
    message:
      `this machine has ${processors} processors, so ${most} is the most that can help; ` +
      `${count} would keep about ${count} x 30 MB = ${((count * BYTES_PER_THREAD) / 1e9).toPrecision(2)} GB of memory`,
    where: `--${option}`,
    fix: `write it like --${option} ${processors}`,
  });
}
