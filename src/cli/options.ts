/** Reads values of options: numbers within their range, with an error that names the flag. */

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
