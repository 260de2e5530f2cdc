import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import { createMatrixSpace, panelNumbers } from "./matrix-product.ts";

/** A product of random matrices on the given path: A, B, what C held before, and C. */
function multiply(
  path: KernelPath,
  [rows, inner, columns]: readonly number[],
  transposed: boolean,
  add: boolean,
  panels = 0,
) {
  const space = createMatrixSpace([rows * inner, inner * columns, rows * columns + 5], path, panels);
  const [a, b, c] = space.arrays;
  const random = createRandom(rows + 100 * inner + 10_000 * columns);
  for (const array of space.arrays) for (let i = 0; i < array.length; i++) array[i] = random.normal();
  const before = c.slice();
  space.multiply({ a, b, c, rows, inner, columns, transposed, add });
  return { path: space.path, a, b, before, c };
}

const shape = fc.tuple(
  fc.integer({ min: 1, max: 21 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 21 }),
);

describe.each(["simd", "scalar"] as const)("the %s matrix product", (path) => {
  it("is the sum of products, whatever the shape, and writes nothing behind the result", () => {
    fc.assert(
      fc.property(shape, fc.boolean(), fc.boolean(), (sizes, transposed, add) => {
        const [rows, inner, columns] = sizes;
        const made = multiply(path, sizes, transposed, add);
        expect(made.path).toBe(path);
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            let sum = add ? made.before[i * columns + j] : 0;
            for (let p = 0; p < inner; p++)
              sum += made.a[transposed ? p * rows + i : i * inner + p] * made.b[p * columns + j];
            // At most ten float32 roundings of terms of size 10 or less.
            expect(Math.abs(made.c[i * columns + j] - sum)).toBeLessThan(1e-5);
          }
        }
        expect(made.c.slice(rows * columns)).toEqual(made.before.slice(rows * columns));
      }),
    );
  });

  it("refuses arrays that are too short for the shape", () => {
    const space = createMatrixSpace([6, 6, 3], path);
    const [a, b, c] = space.arrays;
    expect(() => space.multiply({ a, b, c, rows: 2, inner: 3, columns: 2 })).toThrow(RangeError);
  });
});

it("both paths give the same bits: each element is one sum in the same order", () => {
  fc.assert(
    fc.property(shape, fc.boolean(), fc.boolean(), (sizes, transposed, add) => {
      expect(multiply("simd", sizes, transposed, add).c).toEqual(multiply("scalar", sizes, transposed, add).c);
    }),
  );
});

const wide = fc.tuple(
  fc.integer({ min: 1, max: 11 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 32, max: 75 }),
);

it("packed panels give the same bits as products in place, for every edge of a tile, and leave what lies behind C", () => {
  fc.assert(
    fc.property(wide, fc.boolean(), fc.boolean(), (sizes, transposed, add) => {
      const [rows, inner, columns] = sizes;
      const packed = multiply("simd", sizes, transposed, add, panelNumbers(rows, inner, columns));
      expect(packed.c).toEqual(multiply("scalar", sizes, transposed, add).c);
    }),
  );
});
