/** The inverse of a symmetric positive definite matrix in float32, by blocks: what EASE's closed form needs. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { positiveDefiniteInverseKernel } from "./generated/positive-definite-inverse.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import type { KernelPool } from "./pool.ts";
import { invertScalar } from "./positive-definite-inverse.scalar.ts";
import { openWorkspace } from "./workspace.ts";

export interface InverseOptions {
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
}

const SIDE = 64;
const TILE = SIDE * SIDE;

/**
 * Inverts the n x n matrix (row by row; only the upper triangle is read) and returns all of the inverse. The sweep operator
 * (Goodnight 1979, "A tutorial on the SWEEP operator") on blocks needs no pivoting for a positive definite matrix; its relative
 * error is about 6e-8 times the condition number. Throws when the matrix is not positive definite in float32.
 */
export async function invertPositiveDefinite(
  matrix: Float32Array,
  n: number,
  { pool, path = probeKernelPath() }: InverseOptions = {},
): Promise<Float32Array> {
  if (path === "scalar") return invertScalar(matrix, n);
  const tiles = Math.ceil(n / SIDE);
  const layout = createLayout();
  const places = {
    matrix: layout.float32(((tiles * (tiles + 1)) / 2) * TILE),
    inverse: layout.float32(TILE),
    panels: layout.float32(tiles * TILE),
    products: layout.float32(tiles * TILE),
  };
  const workspace = openWorkspace(positiveDefiniteInverseKernel, layout, pool);
  const values = workspace.float32(places.matrix);
  fillTiles(values, matrix, n, tiles);
  const tileAt = (i: number, j: number) => places.matrix.at + 4 * TILE * tileIndex(i, j, tiles);
  const panel = (j: number) => places.panels.at + 4 * TILE * j;
  const product = (j: number) => places.products.at + 4 * TILE * j;
  const pivot = workspace.float32(places.inverse);
  for (let k = 0; k < tiles; k++) {
    if (workspace.call("invertTile", tileAt(k, k), places.inverse.at) === 0) {
      workspace.close();
      throw new Error("the matrix is not positive definite in float32; a larger regularization makes it so");
    }
    const others = Array.from({ length: tiles }, (_, j) => j).filter((j) => j !== k);
    const rows = others.map((j) => [
      j < k ? tileAt(j, k) : tileAt(k, j),
      j < k ? 1 : 0,
      places.inverse.at,
      panel(j),
      product(j),
    ]);
    await workspace.run("sweepRow", rows);
    const pairs = others.flatMap((i) => others.filter((j) => j >= i).map((j) => [tileAt(i, j), product(i), panel(j)]));
    await workspace.run("sweepTile", pairs);
    const own = tileIndex(k, k, tiles) * TILE;
    for (let at = 0; at < TILE; at++) values[own + at] = -pivot[at];
  }
  workspace.close();
  return readTiles(values, n, tiles);
}

/** Of the tiles on and above the diagonal, numbered row by row. */
function tileIndex(i: number, j: number, tiles: number): number {
  return i * tiles - (i * (i - 1)) / 2 + (j - i);
}

/** Fills the tiles, with 1 on the diagonal beyond the matrix. Tiles on the diagonal are full squares. */
function fillTiles(values: Float32Array, matrix: Float32Array, n: number, tiles: number): void {
  for (let i = 0; i < tiles * SIDE; i++) {
    const row = Math.floor(i / SIDE);
    for (let tile = row; tile < tiles; tile++) {
      const to = tileIndex(row, tile, tiles) * TILE + (i % SIDE) * SIDE;
      for (let c = 0; c < SIDE; c++) {
        const j = tile * SIDE + c;
        if (i >= n || j >= n) values[to + c] = i === j ? 1 : 0;
        else values[to + c] = i <= j ? matrix[i * n + j] : matrix[j * n + i];
      }
    }
  }
}

/** The swept tiles hold minus the inverse. */
function readTiles(values: Float32Array, n: number, tiles: number): Float32Array {
  const inverse = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const tile = tileIndex(Math.floor(i / SIDE), Math.floor(j / SIDE), tiles) * TILE;
      const value = -values[tile + (i % SIDE) * SIDE + (j % SIDE)];
      inverse[i * n + j] = value;
      inverse[j * n + i] = value;
    }
  }
  return inverse;
}
