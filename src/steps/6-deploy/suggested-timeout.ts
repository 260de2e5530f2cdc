/** The timeout that a design is advised to write: one number for every rule that asks for one. */

import { latencyLimitOf } from "../1-clarify/latency-limit.ts";
import type { Design } from "../design.ts";

/** The rest of the promise is for the network and the fallback. */
const SHARE_OF_LIMIT = 0.7;

/** Seconds. Undefined without a promised latency, and where the fallback alone takes as long: no timeout mends that. */
export function suggestedTimeout(design: Design): number | undefined {
  const limit = latencyLimitOf(design)?.seconds;
  if (limit === undefined) return undefined;
  const fallback = design.deploy.serving?.fallback?.latency?.value ?? 0;
  const most = Math.min(SHARE_OF_LIMIT * limit, limit - fallback);
  return most > 0 ? most : undefined;
}
