/** Runs a check again whenever a note under the watched paths changes, until it is interrupted. */

import { existsSync, statSync, watch } from "node:fs";
import { dirname } from "node:path";

/** Changes that come within this time make one check: editors write a file in several steps. */
const SETTLE_MILLISECONDS = 80;

/** Resolves on an interrupt. `check` runs once at the start. */
export async function watchNotes(paths: readonly string[], check: () => Promise<unknown>): Promise<void> {
  await check();
  const folders = new Set(
    paths.map((path) => (existsSync(path) && statSync(path).isDirectory() ? path : existingFolder(path))),
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running = Promise.resolve();
  const onChange = (_: string, name: string | null): void => {
    if (name !== null && !name.endsWith(".md")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      running = running.then(async () => {
        await check();
      });
    }, SETTLE_MILLISECONDS);
  };
  const watchers = [...folders].map((folder) => watch(folder, { recursive: true }, onChange));
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  clearTimeout(waiting);
  for (const watcher of watchers) watcher.close();
  await running;
}

function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === "." ? folder : existingFolder(folder);
}
