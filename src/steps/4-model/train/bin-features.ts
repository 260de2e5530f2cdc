/** Turns the columns of a training table into bins: cuts for numeric features, codes for categorical ones. */

import type { Random } from "../../../core/random.ts";
import { type Column, type NumericColumn, numbers, type Table } from "../../../core/table.ts";
import type { BinnedFeature, LeafHistograms } from "../../../kernels/leaf-problem.ts";
import { type Category, categoryColumn, codeOf, type TreeFeature } from "../models/trees-model.ts";
import { type Binning, chooseCuts } from "./choose-cuts.ts";

export interface BinningOptions {
  /** Bins for the values of a feature, beside the one for missing values. */
  readonly maxBins: number;
  readonly binning: Binning;
  /** Equal-count cuts of a longer column are chosen on so many of its rows; `tails` looks at all of them. */
  readonly binSample: number;
}

/** Everything about the features but the bins themselves, index for index. */
export interface BinnedFeatures {
  readonly features: readonly TreeFeature[];
  readonly shapes: readonly BinnedFeature[];
  /** The cuts of each numeric feature; empty for a categorical one. */
  readonly cuts: readonly Float64Array[];
}

/** Which columns are used, and how. */
export interface FeatureChoice {
  readonly name: string;
  readonly categorical: boolean;
  readonly monotone: -1 | 0 | 1;
}

/** Chooses bins for each feature from the training rows alone. */
export function binFeatures(
  table: Table,
  choices: readonly FeatureChoice[],
  options: BinningOptions,
  random: Random,
): BinnedFeatures {
  const sample = sampleRows(table.rows, options, random);
  const features: TreeFeature[] = [];
  const shapes: BinnedFeature[] = [];
  const cuts: Float64Array[] = [];
  for (const { name, categorical, monotone } of choices) {
    if (categorical) {
      const categories = commonCategories(categoryColumn(table, name), options.maxBins);
      features.push({ name, categories, monotone: 0 });
      shapes.push({ bins: categories.length + 1, categorical, monotone: 0 });
      cuts.push(new Float64Array(0));
    } else {
      const column = numbers(table, name);
      const chosen = chooseCuts(presentValues(column, sample), options.maxBins, options.binning);
      features.push({ name, monotone });
      shapes.push({ bins: chosen.length + 2, categorical, monotone });
      cuts.push(chosen);
    }
  }
  return { features, shapes, cuts };
}

/** Puts every row of a table into its bins, from row `at` of the histograms on. */
export async function fillBins(
  histograms: LeafHistograms,
  binned: BinnedFeatures,
  table: Table,
  at: number,
): Promise<void> {
  for (const [index, { name, categories }] of binned.features.entries()) {
    if (categories !== undefined)
      await histograms.setBins(index, binCategories(categoryColumn(table, name), categories), at);
    else await histograms.binNumbers(index, numbers(table, name), binned.cuts[index], at);
  }
}

/** The values that are not missing, of all rows or of the sampled ones. */
function presentValues(column: NumericColumn, sample: Uint32Array | null): Float64Array {
  const values = new Float64Array(sample === null ? column.length : sample.length);
  let present = 0;
  for (let i = 0; i < values.length; i++) {
    const value = column[sample === null ? i : sample[i]];
    if (!Number.isNaN(value)) values[present++] = value;
  }
  return values.subarray(0, present);
}

/** The bins of a categorical column: 1 + the code, 0 for what is missing or has no code. */
function binCategories(column: Column, categories: readonly Category[]): Uint16Array {
  const codes = codeOf(categories);
  return Uint16Array.from({ length: column.length }, (_, row) => (codes.get(column[row]) ?? -1) + 1);
}

/** The most frequent categories, ties in order of value; the rest share bin 0 with the missing ones. */
function commonCategories(column: Column, most: number): Category[] {
  const counts = new Map<Category, number>();
  for (const category of column) {
    if (category === "" || Number.isNaN(category)) continue;
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([category]) => category);
}

/** A sample of row numbers without replacement (Vitter 1985, reservoir), or null for all rows. */
function sampleRows(rows: number, { binSample, binning }: BinningOptions, random: Random): Uint32Array | null {
  if (rows <= binSample || binning === "tails") return null;
  const sample = Uint32Array.from({ length: binSample }, (_, index) => index);
  for (let row = binSample; row < rows; row++) {
    const slot = random.below(row + 1);
    if (slot < binSample) sample[slot] = row;
  }
  return sample.sort();
}
