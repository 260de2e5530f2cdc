/** Products of small dense float32 matrices that live in one memory: what a network's layers are made of. */

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

/** A memory with arrays of these lengths, and their products. */
export function createMatrixSpace(lengths: readonly number[], path: KernelPath = probeKernelPath()): MatrixSpace {
  if (path === "scalar") {
    const multiply = (product: MatrixProduct) => multiplyScalar(checked(product));
    return { path, arrays: lengths.map((length) => new Float32Array(length)), multiply };
  }
  const layout = createLayout();
  const regions = lengths.map((length) => layout.float32(length));
  const workspace = openWorkspace(matrixProductKernel, layout);
  const multiply = workspace.function("multiply");
  return {
    path,
    arrays: regions.map((region) => workspace.float32(region)),
    multiply(product) {
      const { a, b, c, rows, inner, columns, transposed = false, add = false } = checked(product);
      const [rowStep, innerStep] = transposed ? [1, rows] : [inner, 1];
      multiply(a.byteOffset, rowStep, innerStep, b.byteOffset, c.byteOffset, rows, inner, columns, add ? 1 : 0);
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
