/** Where the arrays of a training run lie: a table of 32-bit numbers that every function of the kernel is given. */

// The order is that of `PLAN_FIELDS` in leaf-histograms.ts.
export const BINS: usize = 0;
export const STRIDE: usize = 1;
export const WIDE: usize = 2;
export const BLOCKS: usize = 3;
export const FEATURES_IN_LAST: usize = 4;
export const PAIRS: usize = 5;
export const INDEX: usize = 6;
export const SPARE: usize = 7;
export const RANGES: usize = 8;
export const PARTS: usize = 9;
export const HISTOGRAMS: usize = 10;
export const SLOT_BYTES: usize = 11;
export const PARTIALS: usize = 12;
export const OFFSETS: usize = 13;
export const COUNT_BITS: usize = 14;
export const FEATURES: usize = 15;
/** Per feature: bins, categorical, monotone. */
export const SHAPES: usize = 16;
/** The numbers of `SplitRules`, in its order, as f64. */
export const RULES: usize = 17;
export const ACTIVE: usize = 18;
export const GOES_LEFT: usize = 19;
export const TABLE_BYTES: usize = 20;
/** Ten f64 per leaf: the split found. */
export const FOUND: usize = 21;
export const GRADIENTS: usize = 22;
export const HESSIANS: usize = 23;
export const MASK: usize = 24;
export const ROWS: usize = 25;
export const FOLLOWERS: usize = 26;
export const SCORES: usize = 27;
export const VALUES: usize = 28;
/** Scratch for the order of categories: an f64 key and an i32 bin for each bin of the widest feature. */
export const KEYS: usize = 29;
export const ORDER: usize = 30;
/** Per part: the sums and the cells of the rows at work. */
export const CHUNKS: usize = 31;
/** Bins column after column, for the splits; BINS has them row after row, for the histograms. */
export const COLUMNS: usize = 32;
export const LABELS: usize = 33;
export const WEIGHTS: usize = 34;

@inline
export function field(plan: usize, name: usize): i32 {
  return load<i32>(plan + (name << 2));
}

@inline
export function pointer(plan: usize, name: usize): usize {
  return <usize>load<u32>(plan + (name << 2));
}
