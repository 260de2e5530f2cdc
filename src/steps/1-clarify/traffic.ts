/** Traffic as a design states it: mean and peak requests a second. */

import type { Design } from "../design.ts";

export interface Traffic {
  /** Requests a second, undefined where not stated. */
  readonly average: number | undefined;
  /** Requests a second; a peak written as a factor is taken of the average. */
  readonly peak: number | undefined;
  /** Facts that the peak waits for: one that is written as a factor waits for the average, and is not missing itself. */
  readonly peakWaitsFor: readonly string[];
}

export function trafficOf({ clarify }: Design): Traffic {
  const average = clarify.requests?.average?.value;
  const written = clarify.requests?.peak;
  const isFactor = written !== undefined && written.dimension.second === undefined;
  const factored = average === undefined || written === undefined ? undefined : average * written.value;
  const peak = isFactor ? factored : written?.value;
  const waits = written === undefined ? "1.requests.peak" : "1.requests.average";
  return { average, peak, peakWaitsFor: peak === undefined ? [waits] : [] };
}
