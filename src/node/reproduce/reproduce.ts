/** Reproduces one published table: opens threads and the store, and runs the table's protocol on its data. */

import { resultVersion } from "../code-version.ts";
import { createKernelPool } from "../kernel-pool.ts";
import { ownFolder } from "../own-folder.ts";
import { cacheFolder, cacheLimit, projectRoot } from "../project-folder.ts";
import { createDiskStore } from "../result-store.ts";
import { refuseNoFigures } from "./figures.ts";
import type { Reproduced } from "./page.ts";
import { protocolOf } from "./protocols.ts";
import { readTable } from "./read-tables.ts";
import { openWorkbench } from "./workbench.ts";

export interface ReproduceRequest {
  readonly name: string;
  /** The folder that the tables' paths begin in. */
  readonly folder: string;
  readonly threads?: number;
  readonly onPart?: (what: string) => void;
}

/** Finished parts are kept in the project's cache: asked again after an interruption, it goes on from there. */
export async function reproduceTable({ name, folder, threads, onPart }: ReproduceRequest): Promise<Reproduced> {
  const table = readTable(name);
  const protocol = protocolOf(table);
  const root = projectRoot(process.cwd());
  ownFolder(root, ".heptad");
  const pool = createKernelPool(threads);
  try {
    const bench = openWorkbench(
      {
        folder,
        store: createDiskStore(cacheFolder(root), { limitBytes: cacheLimit(root) }),
        version: resultVersion(),
        pool,
        now: () => performance.now() / 1000,
        counts: table.counts,
        checksums: table.checksums,
        onPart,
      },
      table.data,
    );
    const result = await protocol(name, table, bench);
    refuseNoFigures(result);
    return { table, result };
  } finally {
    await pool.close();
  }
}
