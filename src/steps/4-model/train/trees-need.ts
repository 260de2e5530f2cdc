/** What training boosted trees needs at least of a machine, by their number, their leaves and the rows they learn from. */

import type { Need } from "../../../system/need.ts";
import type { FilledOptions } from "./trees-options.ts";

/** A node as it is kept: feature, cut, two children, value and cover. */
const NODE_BYTES = 24;

/** `rows` and `features` as they are known when it is asked; no tree has more leaves than its rows allow. */
export function treesNeed(
  { trees, leaves, minRowsInLeaf, rowShare, featureShare, maxBins }: FilledOptions,
  { rows, features }: { readonly rows: number; readonly features: number },
): Need {
  const most = Math.max(2, Math.min(leaves, Math.floor((rows * rowShare) / minRowsInLeaf)));
  const bin = maxBins > 255 ? 2 : 1;
  return {
    part: `gbdt with ${number(trees)} trees of ${number(most)} leaves`,
    bytes: trees * (2 * most - 1) * NODE_BYTES + rows * features * bin,
    bytesSum: `${number(trees)} trees x ${number(2 * most - 1)} nodes x ${NODE_BYTES} bytes, and ${number(rows)} rows x ${number(features)} features of ${bin} byte`,
    operations: trees * rows * rowShare * features * featureShare,
    operationsSum: `${number(trees)} trees x ${number(rows * rowShare)} rows x ${number(features * featureShare)} features`,
    where: "4.stages",
    fix: "write fewer `trees` and `leaves`: a few hundred trees of 31 leaves are usual",
  };
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
