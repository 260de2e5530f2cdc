import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { symmetricEigen } from "../../../core/symmetric-eigen.ts";
import { leadingDirections } from "./leading-directions.ts";

it("finds the space of the largest singular values, as a full decomposition does", () => {
  const [rows, columns, count] = [60, 40, 5];
  const random = createRandom(2);
  const entries = Array.from({ length: 600 }, () => [random.below(rows), random.below(columns), random.normal()]);
  const matrix = sparseFromEntries(
    rows,
    columns,
    entries.map(([r]) => r),
    entries.map(([, c]) => c),
    entries.map(([, , v]) => v),
  );
  const gram = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++)
    for (let a = matrix.indptr[r]; a < matrix.indptr[r + 1]; a++)
      for (let b = matrix.indptr[r]; b < matrix.indptr[r + 1]; b++)
        gram[matrix.indices[a] * columns + matrix.indices[b]] += matrix.values[a] * matrix.values[b];
  const { values } = symmetricEigen(gram, columns);
  const { vectors, found } = leadingDirections(matrix, count, createRandom(1));
  expect(found).toBe(count);
  for (let d = 0; d < count; d++) {
    let energy = 0;
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < columns; j++)
        energy += vectors[i * count + d] * gram[i * columns + j] * vectors[j * count + d];
    expect(energy / values[columns - 1 - d]).toBeCloseTo(1, 2);
    for (let e = 0; e <= d; e++) {
      let inner = 0;
      for (let i = 0; i < columns; i++) inner += vectors[i * count + d] * vectors[i * count + e];
      expect(inner).toBeCloseTo(d === e ? 1 : 0, 5);
    }
  }
});

it("finds no more directions than the matrix has", () => {
  const matrix = sparseFromEntries(5, 9, [0, 1, 2], [3, 3, 4], [1, 1, 1]);
  const { vectors, found } = leadingDirections(matrix, 6, createRandom(1));
  expect(found).toBe(2);
  expect(vectors.length).toBe(9 * 2);
  expect(Math.abs(vectors[3 * 2])).toBeCloseTo(1, 5);
});

it("finds none in an empty matrix", () => {
  expect(leadingDirections(sparseFromEntries(0, 4, [], [], []), 3, createRandom(1)).found).toBe(0);
});
