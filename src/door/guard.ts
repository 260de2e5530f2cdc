/** Puts checks before a function: a stranger's wrong input is a failure that names it, and never a number that looks real. */

import { type Failure, FailureError, fail, type Outcome } from "../core/outcome.ts";
import type { Check } from "./check.ts";

/** What its arguments have to be, by their names in order, and what has to hold between them. */
export interface Contract<A extends readonly unknown[]> {
  readonly of: string;
  readonly needs: Readonly<Record<string, Check>>;
  /** What is wrong with them together. */
  readonly together?: (...args: A) => string | undefined;
}

/** Throws a `FailureError` in place of computing. */
export function guarded<A extends readonly unknown[], R>(
  contract: Contract<A>,
  compute: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    const failure = breachOf(contract, args);
    if (failure !== undefined) throw new FailureError(failure);
    return compute(...args);
  };
}

/** The same for a function that answers with an outcome: the failure is its answer. */
export function guardedOutcome<A extends readonly unknown[], T>(
  contract: Contract<A>,
  compute: (...args: A) => Outcome<T>,
): (...args: A) => Outcome<T> {
  return (...args) => {
    const failure = breachOf(contract, args);
    return failure === undefined ? compute(...args) : fail(failure);
  };
}

function breachOf<A extends readonly unknown[]>({ of, needs, together }: Contract<A>, args: A): Failure | undefined {
  const complaint =
    Object.entries(needs)
      .map(([name, check], i) => check(args[i], name))
      .find((one) => one !== undefined) ?? together?.(...args);
  if (complaint === undefined) return undefined;
  return {
    code: "bad-argument",
    message: `${of}: ${complaint}`,
    where: of,
    fix: "check where the value comes from; docs/api.md says what each function takes",
  };
}
