/** The process that replays a model's test window beside a service: opened as the service opens it, with what came before the window. */

import type { SkewCount } from "../system/served-system.ts";
import { openSystem } from "./build-model.ts";
import { type ModelRegistry, openModelRegistry } from "./model-registry.ts";
import type { SkewNews, SkewOrder } from "./process-beside.ts";
import { serviceFolder } from "./service-folder.ts";
import { openStore } from "./store/open-store.ts";

process.once("message", (order: SkewOrder) => void work(order));
// Whoever asked for it is gone: nobody would hear it.
process.once("disconnect", () => process.exit(1));

async function work(order: SkewOrder): Promise<void> {
  try {
    tell({ count: await compare(order) });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
}

async function compare({ path, state, nats, replica, model }: SkewOrder): Promise<SkewCount | null> {
  const folder = serviceFolder(path, state);
  const replay = async (models: ModelRegistry): Promise<SkewCount | null> => {
    const known = { begin: "test", isBlank: false } as const;
    const { system } = await openSystem(models.find(model).note, path, models.open(model), known);
    return (await system.skew?.()) ?? null;
  };
  if (nats === undefined) return await replay(openModelRegistry(folder.models));
  const store = await openStore(folder, nats, { replica });
  try {
    return await replay(store.models);
  } finally {
    await store.close();
  }
}

function tell(news: SkewNews): void {
  process.send?.(news, () => process.exit(0));
}
