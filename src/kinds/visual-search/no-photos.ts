/** The failure of a source that holds no photos that can be read. */

import { FailureError } from "../../core/outcome.ts";

export function noPhotos(message: string, fix: string): FailureError {
  return new FailureError({ code: "no-photos", message, where: "section 3, source", fix });
}
