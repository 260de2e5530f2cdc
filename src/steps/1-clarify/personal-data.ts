/** Whether a design uses personal data: pseudonyms such as a hashed e-mail count (GDPR Article 4(5), Recital 26). */

import type { Design } from "../design.ts";

/** Undefined where the note does not say; an empty `personal` list says no. */
export function usesPersonalData({ clarify }: Design): boolean | undefined {
  const personal = clarify.privacy?.personal;
  return personal === undefined ? undefined : personal.length > 0;
}
