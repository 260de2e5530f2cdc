/** Runs a check again whenever a note under the watched paths changes, until it is interrupted. */

import { existsSync, statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { CONFIGURATION_FILE } from "./project-settings.ts";

/** Changes that come within this time make one check: editors write a file in several steps. */
const SETTLE_MILLISECONDS = 80;

/**
 * Resolves on an interrupt. `check` runs once at the start. Under the paths all folders are watched; of the current folder only what lies in it
 * itself, where a new note or other settings may appear: what else it holds may be large.
 */
export async function watchNotes(paths: readonly string[], check: () => Promise<unknown>): Promise<void> {
  const folders = new Set(
    paths.map((path) => (existsSync(path) && statSync(path).isDirectory() ? path : existingFolder(path))),
  );
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let again = (): void => {};
  const onChange = (_: string, name: string | null): void => {
    if (name !== null && !name.endsWith(".md") && name !== CONFIGURATION_FILE) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => again(), SETTLE_MILLISECONDS);
  };
  // Before the first check: what changes during it is reviewed too.
  const watchers = [...folders].map((folder) => watch(folder, { recursive: true }, onChange));
  if (!folders.has(".")) watchers.push(watch(".", onChange));
  let running: Promise<unknown> = Promise.resolve();
  try {
    await new Promise<void>((resolve, reject) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
      running = check();
      running.catch(reject);
      again = () => {
        running = running.then(check);
        running.catch(reject);
      };
    });
  } finally {
    clearTimeout(waiting);
    for (const watcher of watchers) watcher.close();
  }
  // What was begun is said to its end.
  await running;
}

function existingFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === "." ? folder : existingFolder(folder);
}
