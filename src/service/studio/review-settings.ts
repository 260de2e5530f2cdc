/** What the project's `heptad.yaml` says about the review of a note, as data that a page hands to its worker. */

import { readReviewConfiguration, reviewOptionsFor } from "../../node/review-configuration.ts";
import { RULES } from "../../note/rules.gen.ts";
import type { WrittenTeamRule } from "../../note/team-rules/team-rule.ts";
import type { RuleConfiguration } from "../../review/review.ts";

export interface ReviewSettings {
  readonly rules: Readonly<Record<string, RuleConfiguration>>;
  readonly team: readonly WrittenTeamRule[];
}

/** Throws a `FailureError` where the file is wrong. */
export function reviewSettings(root: string, path: string): ReviewSettings {
  const configuration = readReviewConfiguration(root, RULES);
  return { rules: reviewOptionsFor(configuration, path, root).configuration ?? {}, team: configuration.team };
}
