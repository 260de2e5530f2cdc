/** The field a design belongs to: as stated, else as its `system` implies. */

import type { Design } from "../design.ts";

const BY_SYSTEM: Readonly<Record<string, string>> = {
  recommendation: "recommendation",
  "visual-search": "search",
  "fraud-detection": "fraud",
};

/** Undefined for a system of a name of its own that states no domain. */
export function domainOf(design: Design): string | undefined {
  return design.clarify.domain ?? BY_SYSTEM[design.front.system];
}
