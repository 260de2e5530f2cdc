/** Whether predictions are made while somebody waits; a design that does not say is taken to be online. */

import type { Design } from "../design.ts";

export function isOnline({ deploy }: Design): boolean {
  return deploy.serving?.mode === undefined || deploy.serving.mode === "online";
}
