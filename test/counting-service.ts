/** The service of a system that adds up, in a folder of its own. */

import { join } from "node:path";
import { createService, openAdmission, type ServiceOptions } from "../src/service/create-service.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { ownHosts } from "../src/service/guard.ts";
import { createServiceMetrics } from "../src/service/service-metrics.ts";
import { countingSystem } from "./counting-system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export function countingService(parts: Partial<ServiceOptions> = {}, folder = temporaryFolder()) {
  const durable = openDurableSystem(join(folder, "events"), countingSystem());
  const metrics = createServiceMetrics();
  const app = createService({
    title: "Sums",
    version: "1.0",
    durable,
    clock: { kind: "world", now: () => 1_700_000_000 },
    metrics,
    guard: { hosts: ownHosts("127.0.0.1"), token: undefined },
    budget: {},
    admission: openAdmission(10),
    model: () => ({ id: "m1" }),
    change: async () => "m1",
    ...parts,
  });
  return { app, durable, metrics, folder };
}
