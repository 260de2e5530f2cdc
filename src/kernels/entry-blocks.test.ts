import { expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { sparseFromEntries, sparseRow } from "../core/sparse-matrix.ts";
import { blocksOfEntries, entryBlocksOf, mostEntries } from "./entry-blocks.ts";

const STARTS = Int32Array.of(0, 3, 5, 5, 14, 15, 18);

it("cuts rows into blocks of at most so many entries, and leaves a row with more to itself", () => {
  expect(blocksOfEntries(STARTS, 5)).toEqual([
    [0, 3],
    [3, 4],
    [4, 6],
  ]);
  expect(blocksOfEntries(STARTS, 4)).toEqual([
    [0, 1],
    [1, 3],
    [3, 4],
    [4, 6],
  ]);
  expect(mostEntries({ indptr: STARTS, blocks: blocksOfEntries(STARTS, 4) })).toBe(9);
});

it("keeps all in one block where they are few enough, and makes none of no rows", () => {
  expect(blocksOfEntries(STARTS, 18)).toEqual([[0, 6]]);
  expect(blocksOfEntries(STARTS, 17).length).toBeGreaterThan(1);
  expect(blocksOfEntries(Int32Array.of(0), 1)).toEqual([]);
  expect(mostEntries({ indptr: Int32Array.of(0), blocks: [] })).toBe(0);
});

it("reads the rows of a matrix block by block, each entry once and in its order", async () => {
  const random = createRandom(3);
  const draw = (n: number) => Int32Array.from({ length: 200 }, () => random.below(n));
  const matrix = sparseFromEntries(
    30,
    20,
    draw(30),
    draw(20),
    new Float32Array(200).fill(1).map((_, at) => at),
  );
  const source = entryBlocksOf(matrix, 12);
  expect(source.blocks.length).toBeGreaterThan(10);
  for (const [at, [from, to]] of source.blocks.entries()) {
    const { indices, values } = await source.read(at);
    const rows = Array.from({ length: to - from }, (_, row) => sparseRow(matrix, from + row));
    expect([...indices]).toEqual(rows.flatMap((row) => [...row.indices]));
    expect([...values]).toEqual(rows.flatMap((row) => [...row.values]));
  }
  expect(source.blocks.at(-1)?.[1]).toBe(30);
});
