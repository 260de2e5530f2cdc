/** What is wrong with an expression and where: thrown inside the language, an `Outcome` with a place to everyone else. */

import type { Failure } from "../../core/outcome.ts";
import type { Position, Span } from "../../core/span.ts";

export class ExpressionError extends Error {
  readonly code: string;
  /** Offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
  readonly fix: string | undefined;

  constructor(code: string, message: string, start: number, end: number, fix?: string) {
    super(message);
    this.name = "ExpressionError";
    this.code = code;
    this.start = start;
    this.end = end;
    this.fix = fix;
  }
}

/** Throws an error at a part of the text. */
export function refuse(
  at: { readonly start: number; readonly end: number },
  code: string,
  message: string,
  fix: string,
): never {
  throw new ExpressionError(code, message, at.start, at.end, fix);
}

/** The failure a caller sees, with line and column in `text`. An error that is not ours goes on up. */
export function toFailure(error: unknown, text: string): Failure {
  if (!(error instanceof ExpressionError)) throw error;
  const { code, message, fix } = error;
  return { code, message, where: "expression", at: spanOf(text, error.start, error.end), fix };
}

/** The expression with a caret line under the place: what a terminal shows below the message. */
export function pointAt(text: string, at: Span): string {
  const line = text.split("\n")[at.start.line - 1] ?? "";
  const length = at.end.line === at.start.line ? at.end.column - at.start.column : line.length - at.start.column + 1;
  const from = Math.max(0, at.start.column - 1 - 60);
  const shown = line.slice(from, from + 100);
  return `${shown}\n${" ".repeat(at.start.column - 1 - from)}${"^".repeat(Math.max(1, Math.min(length, 100)))}`;
}

function spanOf(text: string, start: number, end: number): Span {
  return { file: "expression", start: positionOf(text, start), end: positionOf(text, Math.max(start, end)) };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}
