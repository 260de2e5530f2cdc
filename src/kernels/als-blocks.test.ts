import { afterAll, describe, expect, it, vi } from "vitest";
import { createRandom } from "../core/random.ts";
import { type SparseMatrix, sparseFromEntries, transpose } from "../core/sparse-matrix.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import { blockEntries, factorBytes, factorizeBlocks, factorizeImplicit } from "./als.ts";
import { type EntryBlocks, entryBlocksOf } from "./entry-blocks.ts";
import type { KernelPool } from "./pool.ts";

function randomMatrix(rows: number, columns: number, entries: number): SparseMatrix {
  const random = createRandom(2);
  const draw = (n: number) => Int32Array.from({ length: entries }, () => Math.floor(n * random.uniform() ** 2));
  const values = Float32Array.from({ length: entries }, () => 1 + random.uniform());
  return sparseFromEntries(rows, columns, draw(rows), draw(columns), values);
}

function settings(matrix: SparseMatrix, pool?: KernelPool) {
  const weights = (count: number, by: number) => Float32Array.from({ length: count }, (_, at) => by + (at % 3) / 10);
  return {
    factors: 10,
    iterations: 3,
    unobserved: 0.5,
    rowRegularization: weights(matrix.rows, 0.5),
    columnRegularization: weights(matrix.columns, 0.25),
    random: createRandom(4),
    ...(pool === undefined ? {} : { pool }),
  };
}

describe("factors by blocks of entries", () => {
  const pool = createKernelPool(2);
  afterAll(() => pool.close());
  const matrix = randomMatrix(300, 200, 4000);

  it.each([
    ["one row at a time", 1, 1],
    ["blocks of both sides", 300, 700],
    ["blocks of the rows alone", 250, 1e9],
    ["blocks of the columns alone", 1e9, 90],
  ])("are those of the whole matrix bit for bit: %s", async (_, ofRows, ofColumns) => {
    const whole = await factorizeImplicit({ ...settings(matrix), confidences: matrix });
    for (const threads of [undefined, pool]) {
      const parts = await factorizeBlocks({
        ...settings(matrix, threads),
        byRow: entryBlocksOf(matrix, ofRows),
        byColumn: entryBlocksOf(transpose(matrix), ofColumns),
      });
      expect(parts).toEqual(whole);
    }
  });

  it("read each side's blocks in turn once an iteration, and a side of one block once in all", async () => {
    const read: string[] = [];
    const told = (source: ReturnType<typeof entryBlocksOf>, name: string) => ({
      ...source,
      read: (block: number) => {
        read.push(`${name}${block}`);
        return source.read(block);
      },
    });
    await factorizeBlocks({
      ...settings(matrix),
      byRow: told(entryBlocksOf(matrix, 2500), "row"),
      byColumn: told(entryBlocksOf(transpose(matrix)), "column"),
    });
    expect(read).toEqual(["column0", ...["row0", "row1", "row0", "row1", "row0", "row1"]]);
  });

  it("are refused where a block cannot be read, once the threads have stopped", async () => {
    const source = entryBlocksOf(matrix, 300);
    const broken = {
      ...source,
      read: (block: number) => (block === 3 ? Promise.reject(new Error("gone")) : source.read(block)),
    };
    const fitted = factorizeBlocks({
      ...settings(matrix, pool),
      byRow: broken,
      byColumn: entryBlocksOf(transpose(matrix)),
    });
    await expect(fitted).rejects.toThrow("gone");
  });

  it("are refused by what a thread says while the next block is read, and let go of the memory", async () => {
    const leave = vi.fn();
    const slowly = (source: EntryBlocks): EntryBlocks => ({
      ...source,
      read: async (block) => {
        await new Promise((done) => setTimeout(done, 5));
        return source.read(block);
      },
    });
    const run = async (name: string): Promise<void> => {
      if (name === "solve") throw new Error("a thread trapped");
    };
    const fitted = factorizeBlocks({
      ...settings(matrix, { threads: 1, join: () => ({ run, leave }) }),
      byRow: slowly(entryBlocksOf(matrix, 300)),
      byColumn: entryBlocksOf(transpose(matrix)),
    });
    await expect(fitted).rejects.toThrow("a thread trapped");
    expect(leave).toHaveBeenCalledTimes(1);
  });

  it("are those of the whole matrix where a budget of bytes cuts it into blocks by itself", async () => {
    const large = randomMatrix(3000, 2000, 200_000);
    const given = { ...settings(large, pool), iterations: 2, confidences: large };
    const whole = await factorizeImplicit(given);
    const budget = factorBytes(given, large) + 1_100_000;
    expect(blockEntries(given, large, budget)).toBeLessThan(large.indices.length / 2);
    const parts = await factorizeImplicit({ ...given, random: createRandom(4), budget });
    expect(parts).toEqual(whole);
  });

  it("leave room for two blocks beside the factors in the budget", () => {
    const size = { rows: 1000, columns: 500 };
    const given = { factors: 16 };
    const fixed = factorBytes(given, size);
    // 1,500 rows of 16 floats, regularization and starts; one Gram matrix of blocks, one of rotation, and scratch.
    expect(fixed).toBe(1500 * 4 * 18 + 4 * (2 * 256 + 80) + 65_536);
    expect(blockEntries(given, size, fixed + 16 * 100_000)).toBe(100_000);
    expect(blockEntries(given, size, fixed)).toBe(2 ** 16);
    expect(blockEntries(given, size, 1e12)).toBe(2 ** 24);
  });
});
