/** Where results of stages are kept between runs: by key, whole or not at all. */

import type { StageResult } from "./stage.ts";

export interface ResultStore {
  /** The stored result, or undefined where there is none or it cannot be read whole. */
  read(key: string): Promise<StageResult | undefined>;
  /** Keeps a result. Interrupted at any moment, the store holds either all of it or nothing. */
  write(key: string, result: StageResult): Promise<void>;
}

/** A store that lives as long as the process: for tests, pages and notebooks. */
export function createMemoryStore(): ResultStore {
  const results = new Map<string, StageResult>();
  return {
    read: async (key) => results.get(key),
    write: async (key, result) => {
      results.set(key, result);
    },
  };
}
