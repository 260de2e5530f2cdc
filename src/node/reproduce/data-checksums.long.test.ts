import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMemoryStore } from "../../system/result-store.ts";
import { protocolOf } from "./protocols.ts";
import { readTable, tableNames } from "./read-tables.ts";
import { openWorkbench } from "./workbench.ts";

const DATA = join("..", "shared", "data");

describe.skipIf(!existsSync(DATA))("the published files", () => {
  it.each(tableNames())("are taken as such by %s", async (name) => {
    const table = readTable(name);
    const parts = { folder: DATA, store: createMemoryStore(), version: "1", now: () => 0 };
    const bench = openWorkbench({ ...parts, counts: table.counts, checksums: table.checksums }, table.data);
    const seconds = new Error("all was read");
    const watched = {
      ...bench,
      part: () => bench.seconds().then(() => Promise.reject(seconds)),
      seconds: () => bench.seconds().then(() => Promise.reject(seconds)),
    };
    await expect(protocolOf(table)(name, table, watched)).rejects.toBe(seconds);
  });
});
