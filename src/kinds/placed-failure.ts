/** A failure to plan, with the place of the fact that it speaks of. */

import { fail, type Outcome } from "../core/outcome.ts";
import { type Design, placeOf } from "../steps/design.ts";

/** A failure that names a path of the note gets the place of that fact. Throws for a success. */
export function placed(outcome: Outcome<unknown>, design: Design): Outcome<never> {
  if (outcome.ok) throw new Error("only a failure has a place");
  const { where } = outcome.failure;
  const isPath = where !== undefined && /^[0-7]\./u.test(where);
  return fail(isPath ? { ...outcome.failure, at: placeOf(design, where).value } : outcome.failure);
}
