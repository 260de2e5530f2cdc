/** The process that makes a snapshot beside a service: told of which log, it comes to where that came, writes it down, and ends. */

import { makeAside } from "../node/write-ahead-log.ts";
import { openSystem } from "./build-model.ts";
import { openModelRegistry } from "./model-registry.ts";
import type { SnapshotNews, SnapshotOrder } from "./process-beside.ts";
import { recoverable } from "./replay-log.ts";
import { serviceFolder } from "./service-folder.ts";
import { openStore } from "./store/open-store.ts";

process.once("message", (order: SnapshotOrder) => void work(order));
// Whoever asked for it is gone: nobody would take it.
process.once("disconnect", () => process.exit(1));

async function work(order: SnapshotOrder): Promise<void> {
  try {
    tell({ made: await make(order) });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
}

async function make({ path, state, nats, replica, model, upTo }: SnapshotOrder): Promise<number> {
  const folder = serviceFolder(path, state);
  if (nats === undefined) {
    const registry = openModelRegistry(folder.models);
    const { system } = await openSystem(registry.find(model).note, path, registry.open(model), BLANK);
    const kept = recoverable(() => system, folder.events);
    const save = (): Uint8Array => {
      // What one writes whom nobody waits for would lie there when somebody has been forgotten.
      if (process.ppid !== asker) throw new Error("whoever asked for it is gone");
      return kept.save();
    };
    return makeAside(folder.events, { ...kept, save }, upTo);
  }
  const store = await openStore(folder, nats, { replica: replica });
  try {
    const { models } = store;
    const { system } = await openSystem(models.find(model).note, path, models.open(model), BLANK);
    const durable = await store.remember(system);
    await durable.snapshot();
    await durable.close();
    return durable.system.save().length;
  } finally {
    await store.close();
  }
}

const asker = process.ppid;
const BLANK = { begin: "end", isBlank: true } as const;

function tell(news: SnapshotNews): void {
  process.send?.(news, () => process.exit(0));
}
