/** Findings a line each, `file:line:column code message`, for editors and `grep`. */

import type { Review } from "../review.ts";
import { shown } from "./brief-finding.ts";

export function renderLines(reviews: readonly Review[]): string {
  return reviews
    .flatMap(({ findings }) => findings)
    .map(({ at, code, message }) => `${shown(at.file)}:${at.start.line}:${at.start.column} ${code} ${shown(message)}`)
    .join("\n");
}
