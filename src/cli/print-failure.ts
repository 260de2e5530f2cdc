/** Prints a failure for people: what is wrong, where, and what to do. */

import type { Failure } from "../core/outcome.ts";
import { formatPlace } from "../core/span.ts";
import type { Terminal } from "./terminal.ts";

/** A failure on standard error, or as JSON on standard output where the user asked for JSON. */
export function printFailure(failure: Failure, terminal: Terminal, json: boolean): void {
  if (json) terminal.out(JSON.stringify({ failure }, null, 2));
  const place = failure.at === undefined ? failure.where : formatPlace(failure.at);
  const lines = [
    `${terminal.paint("red", `error[${failure.code}]`)} ${failure.message}`,
    ...(place === undefined ? [] : [`  ${place.replaceAll(/\p{Cc}/gu, "\uFFFD")}`]),
    ...(failure.fix === undefined ? [] : [`  fix: ${failure.fix}`]),
  ];
  terminal.note(terminal.fit(lines.join("\n"), "note"));
}
