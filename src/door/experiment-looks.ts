/** Looks at a running experiment as strangers may call them: bounds, spending and readings that hold at any time, behind checks. */

import { alwaysValid as uncheckedAlwaysValid } from "../steps/6-deploy/experiment/always-valid.ts";
import * as sequential from "../steps/6-deploy/experiment/group-sequential.ts";
import {
  asLongAs,
  betweenShares,
  type Check,
  callable,
  count,
  either,
  finite,
  list,
  oneOf,
  optional,
  positive,
  record,
  share,
} from "./check.ts";
import { alpha } from "./experiment-checks.ts";
import { guarded, guardedOutcome } from "./guard.ts";

/** Beyond this the integration over looks takes minutes. */
const looks = count(1, 1000);
const fractions = list(betweenOrOne(), 1);

function betweenOrOne(): Check {
  return either(betweenShares, (value, name) =>
    value === 1 ? undefined : `${name} is ${String(value)}, but must be above 0 and at most 1`,
  );
}

export const constantBoundary = guardedOutcome(
  "constantBoundary",
  { shape: oneOf("obrien-fleming", "pocock"), looks, alpha, fractions: optional(fractions) },
  sequential.constantBoundary,
  (_, looksPlanned, __, given) =>
    given === undefined || given.length === looksPlanned
      ? undefined
      : `fractions has ${given.length} entries, but must have one for each of ${looksPlanned} looks`,
);
export const spendingBoundary = guardedOutcome(
  "spendingBoundary",
  { fractions, alpha, spending: optional(callable), per: optional(oneOf("tail", "whole")) },
  sequential.spendingBoundary,
);
const spending = { t: share, tail: betweenShares };
export const obrienFlemingSpending = guarded("obrienFlemingSpending", spending, sequential.obrienFlemingSpending);
export const pocockSpending = guarded("pocockSpending", spending, sequential.pocockSpending);
export const sequentialInflation = guarded(
  "sequentialInflation",
  {
    boundary: record({ z: list(positive, 1), fractions, nominal: list(share), spent: list(share) }),
    alpha: betweenShares,
    power: betweenShares,
  },
  sequential.sequentialInflation,
  ({ z, fractions: at, nominal, spent }) => asLongAs({ z, fractions: at, nominal, spent }),
);
export const peekingError = guarded("peekingError", { looks, z: optional(positive) }, sequential.peekingError);
export const alwaysValid = guardedOutcome(
  "alwaysValid",
  { looks: list(record({ effect: finite, standardError: positive })), tau: positive, alpha },
  uncheckedAlwaysValid,
);
