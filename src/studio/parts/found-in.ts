/** What the review found in a step, in words: nothing is found in what was not begun, nor in what is no design. */

import type { PlainReview } from "../worker/messages.ts";

export function foundIn(step: number, review: PlainReview | undefined): string {
  if (!isRead(step, review)) return review?.isDesign === true ? "not begun" : "not read";
  const own = review?.findings.filter((one) => one.step === step) ?? [];
  if (own.length === 0) return "nothing found";
  const errors = own.filter(({ severity }) => severity === "error").length;
  const others = own.length - errors;
  return `${errors} ${errors === 1 ? "error" : "errors"}, ${others} ${others === 1 ? "other" : "others"}`;
}

/** Whether there is anything of the step that the review could look at. */
export function isRead(step: number, review: PlainReview | undefined): boolean {
  return review?.isDesign === true && !review.notBegun.includes(step);
}
