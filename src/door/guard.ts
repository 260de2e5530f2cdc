/** Puts checks before a function: a stranger's wrong input is a failure that names it, and never a number that looks real. */

import { type Failure, FailureError, fail, type Outcome } from "../core/outcome.ts";
import type { Check } from "./check.ts";

/** What a function's arguments have to be, by their names in order. */
type Needs = Readonly<Record<string, Check>>;
/** What is wrong with arguments that are right one by one. */
type Together<A extends readonly unknown[]> = (...args: A) => string | undefined;

/** A statistic by its name, what its arguments have to be, and what computes it. Throws a `FailureError` in place of computing. */
export function guarded<A extends readonly unknown[], R>(
  of: string,
  needs: Needs,
  compute: (...args: A) => R,
  together?: Together<A>,
): (...args: A) => R {
  return (...args) => {
    const failure = breachOf(of, needs, together, args);
    if (failure !== undefined) throw new FailureError(failure);
    return compute(...args);
  };
}

/** The same for a function that answers with an outcome: the failure is its answer. */
export function guardedOutcome<A extends readonly unknown[], T>(
  of: string,
  needs: Needs,
  compute: (...args: A) => Outcome<T>,
  together?: Together<A>,
): (...args: A) => Outcome<T> {
  return (...args) => {
    const failure = breachOf(of, needs, together, args);
    return failure === undefined ? compute(...args) : fail(failure);
  };
}

function breachOf<A extends readonly unknown[]>(
  of: string,
  needs: Needs,
  together: Together<A> | undefined,
  args: A,
): Failure | undefined {
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
