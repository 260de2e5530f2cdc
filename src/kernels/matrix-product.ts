/** Products of dense float32 matrices that live in one memory: small ones in place, large ones through packed panels. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { matrixProductKernel } from "./generated/matrix-product.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { type MatrixProduct, multiplyScalar } from "./matrix-product.scalar.ts";
import { openWorkspace } from "./workspace.ts";

export interface MatrixSpace {
  readonly path: KernelPath;
  /** One array for each of the lengths that the space was made for, zeroed. */
  readonly arrays: readonly Float32Array[];
  /** Throws when an array is shorter than its shape. */
  multiply(product: MatrixProduct): void;
}

/** Below this many columns a product is as fast in place: its right matrix is read along its rows anyhow. */
const WIDE = 32;

/** Numbers of scratch that a packed product of this shape needs: A's panels, B's, and one tile. */
export function panelNumbers(rows: number, inner: number, columns: number): number {
  return inner * (4 * Math.ceil(rows / 4) + 8 * Math.ceil(columns / 8)) + 32;
}

/** A memory with arrays of these lengths, and their products. Wide products are packed where `panels` numbers of scratch have room for them. */
export function createMatrixSpace(
  lengths: readonly number[],
  path: KernelPath = probeKernelPath(),
  panels = 0,
): MatrixSpace {
  if (path === "scalar") {
    const multiply = (product: MatrixProduct) => multiplyScalar(checked(product));
    return { path, arrays: lengths.map((length) => new Float32Array(length)), multiply };
  }
  const layout = createLayout();
  const regions = lengths.map((length) => layout.float32(length));
  const scratch = layout.float32(panels);
  const workspace = openWorkspace(matrixProductKernel, layout);
  const multiply = workspace.function("multiply");
  const multiplyPacked = workspace.function("multiplyPacked");
  return {
    path,
    arrays: regions.map((region) => workspace.float32(region)),
    multiply(product) {
      const { a, b, c, rows, inner, columns, transposed = false, add = false } = checked(product);
      const [rowStep, innerStep] = transposed ? [1, rows] : [inner, 1];
      const places = [a.byteOffset, rowStep, innerStep, b.byteOffset, c.byteOffset] as const;
      if (columns >= WIDE && panelNumbers(rows, inner, columns) <= panels)
        multiplyPacked(...places, rows, inner, columns, add ? 1 : 0, scratch.at);
      else multiply(...places, rows, inner, columns, add ? 1 : 0);
    },
  };
}

function checked(product: MatrixProduct): MatrixProduct {
  const { a, b, c, rows, inner, columns } = product;
  if (a.length < rows * inner || b.length < inner * columns || c.length < rows * columns) {
    throw new RangeError(
      `a product of ${rows} x ${inner} and ${inner} x ${columns} was given ${a.length} and ${b.length} numbers, and ${c.length} for the result`,
    );
  }
  return product;
}
