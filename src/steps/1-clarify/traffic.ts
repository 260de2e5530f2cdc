/** Traffic as a design states it: mean and peak requests a second. */

import type { Design } from "../design.ts";

export interface Traffic {
  /** Requests a second, undefined where not stated. */
  readonly average: number | undefined;
  /** Requests a second; a peak written as a factor is taken of the average. */
  readonly peak: number | undefined;
}

export function trafficOf({ clarify }: Design): Traffic {
  const average = clarify.requests?.average?.value;
  const written = clarify.requests?.peak;
  const isFactor = written !== undefined && written.dimension.second === undefined;
  const factored = average === undefined || written === undefined ? undefined : average * written.value;
  return { average, peak: isFactor ? factored : written?.value };
}
