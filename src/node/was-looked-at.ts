/** Whether a review could have found again what an entry of the baseline is about: only then is a finding that is gone mended. */

import { MAPPING_CODES } from "../review/mapping-codes.ts";
import type { Review } from "../review/review.ts";

/** Findings on a file that holds no readable design, and on files of data that were not there to be looked at. */
const NOT_A_DESIGN = "HP009";
const NOT_HELD_AGAINST_DATA = ["HP331", "HP340"];
const OF_PROSE = ["HP030", "HP031"];

/** `withData` is false where mappings were not held against their files. */
export function wasLookedAt(code: string, review: Review, withData: boolean): boolean {
  const has = (one: string): boolean => review.findings.some((finding) => finding.code === one);
  if (has(NOT_A_DESIGN)) return false;
  if (OF_PROSE.includes(code)) return true;
  if (review.fromProse) return false;
  if (Object.hasOwn(MAPPING_CODES, code)) return withData && !NOT_HELD_AGAINST_DATA.some((one) => has(one));
  // An error of form may stand in the block that cannot be read at all.
  if (code.startsWith("HP0")) return review.unreadSteps === undefined;
  const outcome = review.outcomes.find((one) => one.code === code)?.outcome;
  return outcome !== undefined && outcome !== "unknown" && review.silenced?.includes(code) !== true;
}
