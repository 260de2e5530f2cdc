/** Which paths are the system's own: what is counted, timed and watched speaks of these alone, and not of whoever looks at it. */

import type { ServedSystem } from "../system/served-system.ts";

export function systemPathsOf({
  endpoints,
  uploads = [],
}: Pick<ServedSystem, "endpoints" | "uploads">): readonly string[] {
  return [...endpoints, ...uploads].map(({ path }) => path);
}
