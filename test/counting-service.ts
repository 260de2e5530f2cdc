/** The service of a system that adds up. */

import { openAdmission, type ServiceOptions } from "../src/service/create-service.ts";
import { countingSystem } from "./counting-system.ts";
import { smallService } from "./small-service.ts";

export function countingService(parts: Partial<ServiceOptions> = {}, folder?: string) {
  const usual = {
    title: "Sums",
    clock: { kind: "world", now: () => 1_700_000_000 },
    admission: openAdmission(10),
  } as const;
  return smallService(countingSystem(), { ...usual, ...parts }, folder);
}
