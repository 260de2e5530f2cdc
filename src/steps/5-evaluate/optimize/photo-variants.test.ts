import { expect, it } from "vitest";
import { operationsOf, residualArchitecture } from "../../4-model/convolution/residual-network.ts";
import { studentOf } from "./photo-variants.ts";

it.each([
  [4, { width: 2, first: 2 }],
  [8, { width: 4, first: 4 }],
  [16, { width: 8, first: 8 }],
  [24, { width: 12, first: 8 }],
  [32, { width: 16, first: 16 }],
  [40, { width: 20, first: 16 }],
])(
  "the student of a network of width %i has half the filters, and no part of a block of 8 where pictures are largest",
  (width, shape) => {
    const student = studentOf(width);
    expect(student).toEqual(shape);
    const of = (filters: { readonly width: number; readonly first?: number }): number =>
      operationsOf(residualArchitecture({ size: 64, channels: 3, classes: 10, dimensions: 64, ...filters }));
    const share = of(student) / of({ width });
    expect(share).toBeGreaterThan(0.19);
    expect(share).toBeLessThan(0.31);
  },
);

it("a narrower beginning narrows the stem and the first block, and nothing behind them", () => {
  const { stem, blocks } = residualArchitecture({
    size: 64,
    channels: 3,
    width: 12,
    first: 8,
    classes: 2,
    dimensions: 4,
  });
  expect(stem).toEqual({ filters: 8, stride: 2 });
  expect(blocks.map(({ middle, filters, stride }) => [middle, filters, stride])).toEqual([
    [8, 8, 1],
    [24, 24, 2],
    [48, 48, 2],
    [96, 96, 2],
  ]);
});
