/** The service of a system in a folder of its own, with what every test of it needs. */

import { join } from "node:path";
import { createService, openAdmission, type ServiceOptions } from "../src/service/create-service.ts";
import { openDurableSystem } from "../src/service/durable-system.ts";
import { ownHosts } from "../src/service/guard.ts";
import { createServiceMetrics } from "../src/service/service-metrics.ts";
import type { ServedSystem } from "../src/system/served-system.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export function smallService(system: ServedSystem, parts: Partial<ServiceOptions> = {}, folder = temporaryFolder()) {
  const durable = openDurableSystem(join(folder, "events"), system);
  const metrics = createServiceMetrics();
  const app = createService({
    title: "A small world",
    version: "1.0",
    durable,
    clock: { kind: "world", now: () => (Number.isFinite(system.newest) ? system.newest + 60 : 1_700_000_000) },
    metrics,
    guard: { hosts: ownHosts("127.0.0.1"), token: undefined },
    budget: {},
    admission: openAdmission(60),
    model: () => ({ id: "m1" }),
    change: async () => "m1",
    ...parts,
  });
  const close = async (): Promise<void> => {
    await app.close();
    metrics.close();
    durable.close();
    await system.close?.();
  };
  return { app, durable, metrics, folder, close };
}
