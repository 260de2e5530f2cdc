/** The result of work that can fail for a reason the user can mend: a value, or a failure with a code and a way out. */

import type { Span } from "./span.ts";

/** Why work could not be done. `fix` says what to do about it. */
export interface Failure {
  /** Kebab-case and permanent, such as `missing-column`. */
  readonly code: string;
  readonly message: string;
  /** A file, a flag or a column: wherever the reader has to look. */
  readonly where?: string;
  readonly at?: Span;
  readonly fix?: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail<T = never>(failure: Failure): Outcome<T> {
  return { ok: false, failure };
}

/** A failure on its way up to the edge that prints it. Thrown only where an `Outcome` would have to cross every caller. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "FailureError";
    this.failure = failure;
  }
}

/** The value, or the failure thrown as a `FailureError`. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new FailureError(outcome.failure);
}
