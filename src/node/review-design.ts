/** Reviews a design that is about to be run, by the settings of the project, as `heptad check` would. */

import { RULES } from "../note/rules.gen.ts";
import { type Review, review } from "../review/review.ts";
import type { Design } from "../steps/design.ts";
import { readReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";

/** Throws a `FailureError` where `heptad.yaml` has a mistake. */
export function reviewDesign(design: Design): Review {
  const configuration = readReviewConfiguration(process.cwd(), RULES);
  const options = reviewOptionsFor(configuration, design.file);
  return review(design, [...RULES, ...(options.team ?? [])], [], options);
}
