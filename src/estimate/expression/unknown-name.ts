/** What is said of a name that stands for nothing: the one that was meant, where only one can be. */

import { nearest } from "../../core/nearest.ts";
import { unitFix } from "../../core/unit-hint.ts";
import { ExpressionError } from "./expression-error.ts";
import { FUNCTIONS } from "./functions.ts";

/** What a name may stand for besides a unit. */
export interface Names {
  readonly variables: ReadonlySet<string>;
  /** Estimates that may be called, by their names in an expression. */
  readonly estimates: ReadonlySet<string>;
}

export function unknownName(
  name: string,
  start: number,
  end: number,
  { variables, estimates }: Names,
): ExpressionError {
  if (FUNCTIONS.has(name) || estimates.has(name)) {
    const message = `\`${name}\` is a function: its values are missing`;
    return new ExpressionError("incomplete", message, start, end, `write them behind it: \`${name}(…)\``);
  }
  const suggestion = nearest(name, [...variables, ...FUNCTIONS.keys(), ...estimates]);
  const fix =
    suggestion === undefined
      ? (unitFix(name) ?? "give it a value first: `name = 5 GB`")
      : `did you mean \`${suggestion}\`?`;
  return new ExpressionError(
    "unknown-name",
    `\`${name.slice(0, 60)}\` is no variable, function or unit`,
    start,
    end,
    fix,
  );
}
