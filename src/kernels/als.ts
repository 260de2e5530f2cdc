/** Implicit alternating least squares: two matrices of factors whose products tell who would choose what. */

import type { Random } from "../core/random.ts";
import { type SparseMatrix, transpose } from "../core/sparse-matrix.ts";
import { type AlsFactors, type AlsProblem, type AlsSettings, alsScalar, isUnregularized } from "./als.scalar.ts";
import { type EntryBlocks, entryBlocksOf, mostEntries } from "./entry-blocks.ts";
import { probeKernelPath } from "./feature-probe.ts";
import { alsKernel } from "./generated/als.wasm.gen.ts";
import { rotationOf } from "./gram-rotation.ts";
import { createLayout, type Region } from "./layout.ts";
import { balancedBlocks, evenBlocks } from "./row-blocks.ts";
import { MOST_KERNEL_BYTES } from "./webassembly.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/**
 * The regularization of Rendle, Krichene, Zhang and Koren (2021), "Revisiting the performance of iALS": a row with n
 * entries weighs lambda (n + unobserved * others)^nu, where `others` is the number of rows of the other side. nu = 0 gives every
 * row lambda; nu = 1 is the paper's choice.
 */
export function scaledRegularization(
  matrix: Pick<SparseMatrix, "rows" | "columns" | "indptr">,
  { lambda, nu, unobserved }: { readonly lambda: number; readonly nu: number; readonly unobserved: number },
): Float32Array {
  return Float32Array.from({ length: matrix.rows }, (_, row) => {
    const entries = matrix.indptr[row + 1] - matrix.indptr[row];
    return lambda * (entries + unobserved * matrix.columns) ** nu;
  });
}

/** Two preconditioned steps end at a lower loss than three plain ones. */
const DEFAULT_STEPS = 2;
/** Rows whose Gram matrix is added up in one go; the blocks' sums are then added in double precision, in order. */
const GRAM_BLOCK = 4096;
const ROTATE_BLOCK = 256;
const SOLVE_BLOCKS = 256;
/** Factors are padded with zeros to whole cache lines of sixteen floats. */
const LINE = 16;

/**
 * Minimizes the problem's loss by turns. Each half iteration rotates both sides into the eigenvectors of the fixed side's
 * Gram matrix: the systems to solve then are diagonal but for the row's own entries, the diagonal is an excellent
 * preconditioner, and no product with the Gram matrix is left.
 */
export async function factorizeImplicit(problem: AlsProblem): Promise<AlsFactors> {
  const { path = probeKernelPath(), factors, random, confidences, budget = MOST_KERNEL_BYTES } = problem;
  if (path === "scalar")
    return alsScalar(
      { ...problem, steps: problem.steps ?? DEFAULT_STEPS },
      startFactors(confidences.columns, factors, random),
    );
  const pairs = confidences.indices.length;
  const fits = factorBytes(problem, confidences) + 2 * pairs * ENTRY_BYTES <= budget;
  const most = fits ? Number.POSITIVE_INFINITY : blockEntries(problem, confidences, budget);
  return factorizeBlocks({
    ...problem,
    byRow: entryBlocksOf(confidences, most),
    byColumn: entryBlocksOf(transpose(confidences), most),
  });
}

/** A problem whose entries are read by blocks: `byColumn` is `byRow` with rows and columns exchanged. */
export interface AlsBlocksProblem extends Omit<AlsSettings, "path"> {
  readonly byRow: EntryBlocks;
  readonly byColumn: EntryBlocks;
}

/**
 * The same factors from entries that need not lie in memory at once: the factors of both sides stay there, and blocks of entries come and go,
 * the next one read while the threads work on the last. A side of one block is kept.
 */
export async function factorizeBlocks(problem: AlsBlocksProblem): Promise<AlsFactors> {
  const { factors, random, byColumn } = problem;
  const sides = placeSides(problem, startFactors(byColumn.rows, factors, random));
  const { workspace, width, row, column } = sides;
  try {
    for (const side of [row, column]) if (isKept(side)) await placeBlock(workspace, side, 0);
    for (let iteration = 0; iteration < problem.iterations; iteration++) {
      await solveSide(sides, row, column);
      await solveSide(sides, column, row);
    }
    await diagonalizeGram(sides, column);
  } finally {
    workspace.close();
  }
  return {
    factors,
    rows: trimRows(workspace.float32(row.factors), width, factors),
    columns: trimRows(workspace.float32(column.factors), width, factors),
    path: "simd",
  };
}

/** What the kernel keeps besides entries: factors, regularization and Gram matrices. */
export function factorBytes({ factors, pool }: Pick<AlsSettings, "factors" | "pool">, size: MatrixSize): number {
  const width = paddedWidth(factors);
  const grams = Math.ceil(Math.max(size.rows, size.columns) / GRAM_BLOCK) + 1;
  const perRow = 4 * (width + 2);
  return (size.rows + size.columns) * perRow + 4 * (grams * width * width + (pool?.threads ?? 1) * 5 * width) + 65_536;
}

/** How many entries a block may have, so that two of them lie beside the factors in `budget` bytes. */
export function blockEntries(problem: Pick<AlsSettings, "factors" | "pool">, size: MatrixSize, budget: number): number {
  const left = Math.min(budget, MOST_KERNEL_BYTES) - factorBytes(problem, size);
  return Math.max(LEAST_BLOCK, Math.min(MOST_BLOCK, Math.floor(left / 2 / ENTRY_BYTES)));
}

type MatrixSize = Pick<SparseMatrix, "rows" | "columns">;

/** A column and a confidence. */
const ENTRY_BYTES = 8;
/** Blocks smaller than this are read more slowly than they are solved; larger than that gain nothing. */
const LEAST_BLOCK = 2 ** 16;
const MOST_BLOCK = 2 ** 24;

function paddedWidth(factors: number): number {
  return Math.ceil(factors / LINE) * LINE;
}

/** The columns' first factors: normal with standard deviation 0.1 / sqrt(factors), after Rendle et al. */
export function startFactors(count: number, factors: number, random: Random): Float32Array {
  const deviation = 0.1 / Math.sqrt(factors);
  return Float32Array.from({ length: count * factors }, () => deviation * random.normal());
}

/** One side of the problem in the kernel's memory. */
interface Side {
  readonly count: number;
  readonly regularization: Region;
  readonly factors: Region;
  readonly entries: EntryBlocks;
  /** Where blocks of entries lie: one that stays, or two that they share in turn. */
  readonly places: readonly EntryPlace[];
}

interface EntryPlace {
  readonly indptr: Region;
  readonly indices: Region;
  readonly confidences: Region;
}

interface Sides {
  readonly problem: AlsBlocksProblem;
  readonly workspace: Workspace;
  /** Floats in a padded row. */
  readonly width: number;
  readonly row: Side;
  readonly column: Side;
  readonly grams: Region;
  readonly rotation: Region;
  readonly diagonal: Region;
  readonly scratch: Region;
}

function placeSides(problem: AlsBlocksProblem, columns: Float32Array): Sides {
  const { byRow, byColumn, factors, pool } = problem;
  const width = paddedWidth(factors);
  const layout = createLayout();
  const placeEntries = (of: readonly EntryBlocks[]): EntryPlace => {
    const rows = Math.max(0, ...of.flatMap(({ blocks }) => blocks.map(([from, to]) => to - from)));
    const entries = Math.max(0, ...of.map(mostEntries));
    return { indptr: layout.int32(rows + 1), indices: layout.int32(entries), confidences: layout.float32(entries) };
  };
  const passing = [byRow, byColumn].filter(({ blocks }) => blocks.length > 1);
  const shared = passing.length === 0 ? [] : [placeEntries(passing), placeEntries(passing)];
  const placeSide = (entries: EntryBlocks): Side => ({
    count: entries.rows,
    entries,
    places: entries.blocks.length > 1 ? shared : [placeEntries([entries])],
    regularization: layout.float32(entries.rows),
    factors: layout.float32(entries.rows * width),
  });
  const row = placeSide(byRow);
  const column = placeSide(byColumn);
  const blocks = Math.ceil(Math.max(row.count, column.count) / GRAM_BLOCK);
  const grams = layout.float32(blocks * width * width);
  const rotation = layout.float32(width * width);
  const diagonal = layout.float32(width);
  const scratch = layout.float32((pool?.threads ?? 1) * 5 * width);
  const workspace = openWorkspace(alsKernel, layout, pool);
  workspace.float32(row.regularization).set(problem.rowRegularization);
  workspace.float32(column.regularization).set(problem.columnRegularization);
  const start = workspace.float32(column.factors);
  for (let at = 0, to = 0; at < columns.length; at += factors, to += width)
    start.set(columns.subarray(at, at + factors), to);
  return { problem, workspace, width, row, column, grams, rotation, diagonal, scratch };
}

function isKept({ entries }: Side): boolean {
  return entries.blocks.length === 1;
}

/** Reads a block into its place, with where its rows begin counted from its first entry. */
async function placeBlock(workspace: Workspace, { entries, places }: Side, block: number): Promise<void> {
  const { indices, values } = await entries.read(block);
  const place = places[block % places.length];
  workspace.int32(place.indices).set(indices);
  workspace.float32(place.confidences).set(values);
  workspace.int32(place.indptr).set(startsWithin(entries, block));
}

/** Where each row's entries begin, counted from the block's first. */
function startsWithin({ indptr, blocks }: EntryBlocks, block: number): Int32Array {
  const [from, to] = blocks[block];
  return from === 0 ? indptr.subarray(0, to + 1) : indptr.subarray(from, to + 1).map((start) => start - indptr[from]);
}

async function solveSide(sides: Sides, solved: Side, fixed: Side): Promise<void> {
  const { workspace } = sides;
  await diagonalizeGram(sides, fixed);
  let atWork: Promise<void> = Promise.resolve();
  try {
    for (let block = 0; block < solved.entries.blocks.length; block++) {
      // Its place was that of the block before the last, which is done.
      if (!isKept(solved)) await placeBlock(workspace, solved, block);
      await atWork;
      atWork = workspace.run("solve", solveTasks(sides, solved, fixed, block));
      // A failure is met where it is awaited; while the next block is read nobody waits, and the process would end.
      atWork.catch(() => undefined);
    }
  } finally {
    await atWork;
  }
}

function solveTasks(
  { width, scratch, diagonal, problem }: Sides,
  solved: Side,
  fixed: Side,
  block: number,
): readonly (readonly number[])[] {
  const place = solved.places[block % solved.places.length];
  const [first] = solved.entries.blocks[block];
  const stride = 20 * width;
  return balancedBlocks(startsWithin(solved.entries, block), LINE, SOLVE_BLOCKS).map(([from, to]) => [
    ...[place.indptr.at, place.indices.at, place.confidences.at, from, to],
    ...[solved.factors.at + 4 * width * first, fixed.factors.at, width * 4, diagonal.at],
    ...[solved.regularization.at + 4 * first, problem.unobserved, problem.steps ?? DEFAULT_STEPS, scratch.at, stride],
  ]);
}

/** Rotates both sides into the eigenvectors of the fixed side's Gram matrix, and leaves unobserved times its eigenvalues. */
async function diagonalizeGram(sides: Sides, fixed: Side): Promise<void> {
  const { workspace, width, grams, rotation, diagonal, scratch, problem } = sides;
  const blocks = evenBlocks(fixed.count, GRAM_BLOCK);
  const size = width * width;
  const gramTasks = blocks.map(([from, to], i) => [fixed.factors.at, width * 4, from, to, grams.at + 4 * size * i]);
  // Waking a thread takes longer than the Gram matrix of one block.
  if (gramTasks.length === 1) workspace.call("gram", ...gramTasks[0], 0);
  else await workspace.run("gram", gramTasks);
  const gram = sumGrams(workspace.float32(grams), blocks.length, width, problem.factors);
  const { vectors, values } = rotationOf(gram, isUnregularized(problem));
  const matrix = workspace.float32(rotation).fill(0);
  const { factors } = problem;
  for (let i = 0; i < factors; i++) matrix.set(vectors.subarray(i * factors, (i + 1) * factors), i * width);
  workspace
    .float32(diagonal)
    .fill(1)
    .set(values.map((value) => problem.unobserved * value));
  const tasks = [sides.row, sides.column].flatMap((side) =>
    evenBlocks(side.count, ROTATE_BLOCK).map(([from, to]) => [
      ...[side.factors.at, width * 4, from, to, rotation.at, scratch.at, 20 * width],
    ]),
  );
  await workspace.run("rotate", tasks);
}

/** The sum of the blocks' Gram matrices, without the padding; the kernel fills the upper triangle. */
function sumGrams(grams: Float32Array, blocks: number, width: number, factors: number): Float64Array {
  const sum = new Float64Array(factors * factors);
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < factors; i++) {
      for (let j = i; j < factors; j++) sum[j * factors + i] += grams[(block * width + i) * width + j];
    }
  }
  return sum;
}

function trimRows(rows: Float32Array, width: number, factors: number): Float32Array {
  if (width === factors) return rows.slice();
  const count = rows.length / width;
  const trimmed = new Float32Array(count * factors);
  for (let row = 0; row < count; row++) trimmed.set(rows.subarray(row * width, row * width + factors), row * factors);
  return trimmed;
}
