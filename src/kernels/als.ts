/** Implicit alternating least squares: two matrices of factors whose products tell who would choose what. */

import type { Random } from "../core/random.ts";
import { type SparseMatrix, transpose } from "../core/sparse-matrix.ts";
import { type AlsFactors, type AlsProblem, alsScalar, isUnregularized } from "./als.scalar.ts";
import { probeKernelPath } from "./feature-probe.ts";
import { alsKernel } from "./generated/als.wasm.gen.ts";
import { rotationOf } from "./gram-rotation.ts";
import { createLayout, type Region } from "./layout.ts";
import { balancedBlocks, evenBlocks, type RowBlock } from "./row-blocks.ts";
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
  const { path = probeKernelPath(), factors, random, confidences } = problem;
  const columns = startFactors(confidences.columns, factors, random);
  if (path === "scalar") return alsScalar({ ...problem, steps: problem.steps ?? DEFAULT_STEPS }, columns);
  const sides = placeSides(problem, columns);
  for (let iteration = 0; iteration < problem.iterations; iteration++) {
    await solveSide(sides, sides.row, sides.column);
    await solveSide(sides, sides.column, sides.row);
  }
  await diagonalizeGram(sides, sides.column);
  sides.workspace.close();
  return {
    factors,
    rows: trimRows(sides.workspace.float32(sides.row.factors), sides.width, factors),
    columns: trimRows(sides.workspace.float32(sides.column.factors), sides.width, factors),
    path,
  };
}

/** The columns' first factors: normal with standard deviation 0.1 / sqrt(factors), after Rendle et al. */
export function startFactors(count: number, factors: number, random: Random): Float32Array {
  const deviation = 0.1 / Math.sqrt(factors);
  return Float32Array.from({ length: count * factors }, () => deviation * random.normal());
}

/** One side of the problem in the kernel's memory. */
interface Side {
  readonly count: number;
  readonly indptr: Region;
  readonly indices: Region;
  readonly confidences: Region;
  readonly regularization: Region;
  readonly factors: Region;
  readonly solveBlocks: readonly RowBlock[];
}

interface Sides {
  readonly problem: AlsProblem;
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

function placeSides(problem: AlsProblem, columns: Float32Array): Sides {
  const { confidences, factors, pool } = problem;
  const width = Math.ceil(factors / LINE) * LINE;
  const layout = createLayout();
  const turned = transpose(confidences);
  const placeSide = (matrix: SparseMatrix): Side => ({
    count: matrix.rows,
    indptr: layout.int32(matrix.rows + 1),
    indices: layout.int32(matrix.indices.length),
    confidences: layout.float32(matrix.indices.length),
    regularization: layout.float32(matrix.rows),
    factors: layout.float32(matrix.rows * width),
    solveBlocks: balancedBlocks(matrix.indptr, LINE, SOLVE_BLOCKS),
  });
  const row = placeSide(confidences);
  const column = placeSide(turned);
  const blocks = Math.ceil(Math.max(row.count, column.count) / GRAM_BLOCK);
  const grams = layout.float32(blocks * width * width);
  const rotation = layout.float32(width * width);
  const diagonal = layout.float32(width);
  const scratch = layout.float32((pool?.threads ?? 1) * 5 * width);
  const workspace = openWorkspace(alsKernel, layout, pool);
  fillSide(workspace, row, confidences, problem.rowRegularization);
  fillSide(workspace, column, turned, problem.columnRegularization);
  const start = workspace.float32(column.factors);
  for (let at = 0, to = 0; at < columns.length; at += factors, to += width)
    start.set(columns.subarray(at, at + factors), to);
  return { problem, workspace, width, row, column, grams, rotation, diagonal, scratch };
}

function fillSide(workspace: Workspace, side: Side, matrix: SparseMatrix, regularization: Float32Array): void {
  workspace.int32(side.indptr).set(matrix.indptr);
  workspace.int32(side.indices).set(matrix.indices);
  workspace.float32(side.confidences).set(matrix.values);
  workspace.float32(side.regularization).set(regularization);
}

async function solveSide(sides: Sides, solved: Side, fixed: Side): Promise<void> {
  const { workspace, width, scratch, diagonal, problem } = sides;
  await diagonalizeGram(sides, fixed);
  const stride = 20 * width;
  await workspace.run(
    "solve",
    solved.solveBlocks.map(([from, to]) => [
      ...[solved.indptr.at, solved.indices.at, solved.confidences.at, from, to],
      ...[solved.factors.at, fixed.factors.at, width * 4, diagonal.at, solved.regularization.at],
      ...[problem.unobserved, problem.steps ?? DEFAULT_STEPS, scratch.at, stride],
    ]),
  );
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
