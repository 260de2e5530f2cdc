/** The leaf histograms over the WebAssembly kernel: lays out the memory, deals rows out to threads, and asks for one thing at a time. */

import { leafHistogramsKernel } from "./generated/leaf-histograms.wasm.gen.ts";
import { createLayout, type Region } from "./layout.ts";
import { binOffsets } from "./leaf-histograms.scalar.ts";
import type { HistogramShape, LeafHistograms, LeafSplit, LeafSums, LogLossTarget } from "./leaf-problem.ts";
import type { KernelPool } from "./pool.ts";
import { type GradientSteps, gradientBits, gradientStep } from "./quantized-gradients.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** Rows of one task where rows are cut into tasks. */
const TASK_ROWS = 65_536;
/** Rows are dealt out to the parts in stripes of so many; the kernel knows the same number. */
const STRIPE = 4096;
/** Rows the kernel fetches at a time; it knows the same number. */
const CHUNK_ROWS = 256;
/** What a bin takes: two 64-bit integers. */
const BIN_BYTES = 16;
/** Bins a feature may have while one byte per row and feature will do. */
const NARROW_BINS = 256;
/** Numbers that a found split is told in. */
const FOUND_FIELDS = 10;

/** Opens the histograms in the kernel's memory, one part of the rows for each of the pool's threads. */
export function openKernelHistograms(shape: HistogramShape, pool?: KernelPool): LeafHistograms {
  const plan = layOut(shape, pool?.threads ?? 1);
  const workspace = openWorkspace(leafHistogramsKernel, plan.layout, pool);
  writePlan(workspace, shape, plan);
  const { rows, features, maxLeaves } = shape;
  const { regions, parts, starts } = plan;
  const at = regions.plan.at;
  const scores = workspace.float64({ at: regions.scores.at, length: rows + shape.followers });
  const gradients = workspace.float64({ at: regions.gradients.at, length: rows });
  const labels = workspace.float64({ at: regions.labels.at, length: rows });
  const weights = workspace.float64({ at: regions.weights.at, length: rows });
  const found = workspace.float64(regions.found);
  const results = workspace.float64(regions.results);
  const slots = new Int32Array(maxLeaves);
  const splits: (LeafSplit | null)[] = [];
  let steps: GradientSteps = { gradient: 1, hessian: 1 };
  let leaves = 0;
  let laid = false;
  let staged: LogLossTarget | null = null;

  const perPart = (task: (part: number) => readonly number[]) => Array.from({ length: parts }, (_, part) => task(part));
  const perRows = (count: number, task: (from: number, to: number, index: number) => readonly number[]) =>
    Array.from({ length: Math.ceil(count / TASK_ROWS) }, (_, index) =>
      task(index * TASK_ROWS, Math.min((index + 1) * TASK_ROWS, count), index),
    );

  async function startTree(sampled: Uint8Array | null): Promise<LeafSums> {
    if (!laid) {
      await workspace.run(
        "layRows",
        perRows(rows + shape.followers, (from, to) => [at, from, to]),
      );
      laid = true;
    }
    const masked = sampled === null ? 0 : 1;
    if (sampled !== null) workspace.int8(regions.mask).set(sampled);
    const resultAt = (index: number) => regions.results.at + index * 24;
    const tasks = perRows(rows, (from, to, index) => [at, masked, from, to, resultAt(index)]);
    await workspace.run("findLargest", tasks);
    const largest = (field: number) => tasks.reduce((most, _, index) => Math.max(most, results[3 * index + field]), 0);
    steps = gradientStep(rows, largest(0), largest(1));
    const { gradient, hessian } = steps;
    await workspace.run(
      "quantizeRows",
      perRows(rows, (from, to, index) => [at, masked, from, to, gradient, hessian, resultAt(index)]),
    );
    await workspace.run(
      "startPart",
      perPart((part) => [at, part, starts[part], masked]),
    );
    workspace.call("combine", at, 0, -1, 0);
    slots[0] = 0;
    leaves = 1;
    const sum = (field: number) => tasks.reduce((total, _, index) => total + results[3 * index + field], 0);
    return { gradient: sum(0) * gradient, hessian: sum(1) * hessian, rows: sum(2) };
  }

  async function split(leaf: number, rightLeaf: number): Promise<void> {
    const chosen = splits[leaf];
    if (chosen === null) throw new Error(`no split was found for leaf ${leaf}`);
    const last = rightLeaf === maxLeaves - 1;
    const small = chosen.left.rows <= chosen.right.rows ? leaf : rightLeaf;
    const large = small === leaf ? rightLeaf : leaf;
    const { feature } = chosen;
    await workspace.run(
      "splitPart",
      perPart((part) => [at, part, leaf, rightLeaf, feature, last ? -1 : small]),
    );
    leaves = rightLeaf + 1;
    if (last) return;
    slots[large] = slots[leaf];
    slots[small] = rightLeaf;
    workspace.call("combine", at, slots[small], slots[large], 0);
  }

  /** Columns pass through the memory of the gradients, which is free until the first tree. */
  async function stage(
    length: number,
    copy: (from: number, to: number) => void,
    run: (from: number, to: number) => Promise<void>,
  ) {
    for (let from = 0; from < length; from += rows) {
      const to = Math.min(from + rows, length);
      copy(from, to);
      await run(from, to);
    }
  }

  return {
    path: "simd",
    scores,
    gradients,
    hessians: workspace.float64({ at: regions.hessians.at, length: rows }),
    startTree,
    split,
    async binNumbers(feature, values, cuts, first) {
      const half = 2 ** Math.floor(Math.log2(Math.max(1, cuts.length)));
      const padded = workspace.float64(regions.cuts).fill(Number.POSITIVE_INFINITY);
      padded.set(cuts);
      await stage(
        values.length,
        (from, to) => gradients.set(values.subarray(from, to)),
        (from, to) => {
          const fixed = [at, regions.gradients.at, regions.cuts.at, half, feature, first + from];
          return workspace.run(
            "binNumbers",
            perRows(to - from, (begin, end) => [...fixed, begin, end]),
          );
        },
      );
    },
    async setBins(feature, bins, first) {
      const area = workspace.int16({ at: regions.gradients.at, length: rows });
      await stage(
        bins.length,
        (from, to) => area.set(bins.subarray(from, to)),
        (from, to) => {
          const fixed = [at, regions.gradients.at, feature, first + from];
          return workspace.run(
            "setBins",
            perRows(to - from, (begin, end) => [...fixed, begin, end]),
          );
        },
      );
    },
    findSplit(leaf, { lower, upper }, active) {
      workspace.int8(regions.active).set(active);
      workspace.call("findSplit", at, leaf, slots[leaf], steps.gradient, steps.hessian, lower, upper, 0);
      const { categorical, bins } = features[Math.max(0, found[leaf * FOUND_FIELDS])] ?? {
        categorical: false,
        bins: 0,
      };
      const table = workspace.int8({ at: regions.goesLeft.at + leaf * plan.tableBytes, length: bins });
      const fields = found.subarray(leaf * FOUND_FIELDS, (leaf + 1) * FOUND_FIELDS);
      splits[leaf] = readSplit(fields, categorical ? table : null, steps);
      return splits[leaf];
    },
    async deriveLogLoss(target) {
      if (target !== staged) {
        labels.set(target.labels);
        if (target.weights !== null) weights.set(target.weights);
        staged = target;
      }
      const weighted = target.weights === null ? 0 : 1;
      await workspace.run(
        "deriveLogLoss",
        perRows(rows, (from, to) => [at, weighted, from, to]),
      );
    },
    async addToScores(values) {
      workspace.float64(regions.values).set(values);
      await workspace.run(
        "addToScores",
        perPart((part) => [at, part, leaves]),
      );
    },
    close: () => workspace.close(),
  };
}

/** Bytes of the kernel's memory that such rows take. */
export function kernelHistogramBytes(shape: HistogramShape, threads: number): number {
  return layOut(shape, threads).layout.bytes();
}

function readSplit(found: Float64Array, table: Int8Array | null, steps: GradientSteps): LeafSplit | null {
  const [feature, gain, bin, missingLeft, ...sums] = found;
  if (feature < 0) return null;
  const inUnits = (gradient: number, hessian: number, rows: number): LeafSums => ({
    gradient: gradient * steps.gradient,
    hessian: hessian * steps.hessian,
    rows,
  });
  return {
    feature,
    gain,
    bin,
    missingLeft: missingLeft === 1,
    leftBins: table === null ? null : [...table.keys()].filter((one) => table[one] === 1),
    left: inUnits(sums[0], sums[1], sums[2]),
    right: inUnits(sums[3] - sums[0], sums[4] - sums[1], sums[5] - sums[2]),
  };
}

type Plan = ReturnType<typeof layOut>;

/** Where everything lies. What the log loss goes over two at a time has room for one row more. */
function layOut({ rows, followers, features, maxLeaves }: HistogramShape, parts: number) {
  const widest = Math.max(2, ...features.map((feature) => feature.bins));
  const wide = widest > NARROW_BINS ? 1 : 0;
  const perBlock = wide === 1 ? 4 : 8;
  const blocks = Math.ceil(features.length / perBlock);
  const all = rows + followers;
  const stride = 8 * blocks;
  const offsets = binOffsets(features.map((feature) => (wide === 1 ? feature.bins : NARROW_BINS)));
  const slotBytes = BIN_BYTES * (wide === 1 ? offsets[features.length] : NARROW_BINS * perBlock * blocks);
  const { starts, length } = dealRows(all, parts);
  const layout = createLayout();
  const regions = {
    plan: layout.int32(35),
    offsets: layout.int32(features.length + 4),
    shapes: layout.int32(3 * features.length),
    rules: layout.float64(8),
    active: layout.int8(features.length),
    cuts: layout.float64(2 * widest),
    bins: layout.int8(all * stride),
    scores: layout.float64(all + 1),
    gradients: layout.float64(rows + 1),
    hessians: layout.float64(rows + 1),
    pairs: layout.int32(2 * rows),
    mask: layout.int8(rows),
    results: layout.float64(3 * Math.ceil(rows / TASK_ROWS)),
    index: layout.int32(length),
    spare: layout.int32(length),
    ranges: layout.int32(4 * parts * maxLeaves),
    histograms: layout.int8(maxLeaves * slotBytes),
    partials: layout.int8(parts * slotBytes),
    goesLeft: layout.int8(maxLeaves * widest),
    found: layout.float64(FOUND_FIELDS * maxLeaves),
    values: layout.float64(maxLeaves),
    keys: layout.float64(widest),
    order: layout.int32(widest),
    chunks: layout.int8(parts * CHUNK_ROWS * (16 + stride)),
    columns: layout.int8((features.length * all) << wide),
    labels: layout.float64(rows + 1),
    weights: layout.float64(rows + 1),
  } satisfies Record<string, Region>;
  return { layout, regions, parts, starts, stride, wide, blocks, perBlock, slotBytes, offsets, tableBytes: widest };
}

/** Where each part's row numbers begin, with one place to spare after each part. */
function dealRows(all: number, parts: number): { starts: readonly number[]; length: number } {
  const sizes = new Array<number>(parts).fill(1);
  for (let from = 0, stripe = 0; from < all; from += STRIPE, stripe++) {
    sizes[stripe % parts] += Math.min(STRIPE, all - from);
  }
  const starts: number[] = [];
  let length = 0;
  for (const size of sizes) {
    starts.push(length);
    length += size;
  }
  return { starts, length };
}

function writePlan(workspace: Workspace, { rows, followers, features, rules }: HistogramShape, plan: Plan): void {
  const { regions, stride, wide, blocks, perBlock, parts, slotBytes, tableBytes, offsets } = plan;
  const lastBlock = features.length - perBlock * (blocks - 1);
  const { countBits } = gradientBits(rows);
  // The order is that of assembly/parts/tree-plan.ts.
  const fields = [
    regions.bins.at,
    stride,
    wide,
    blocks,
    lastBlock,
    regions.pairs.at,
    regions.index.at,
    regions.spare.at,
    regions.ranges.at,
    parts,
    regions.histograms.at,
    slotBytes,
    regions.partials.at,
    regions.offsets.at,
    countBits,
    features.length,
    regions.shapes.at,
    regions.rules.at,
    regions.active.at,
    regions.goesLeft.at,
    tableBytes,
    regions.found.at,
    regions.gradients.at,
    regions.hessians.at,
    regions.mask.at,
    rows,
    followers,
    regions.scores.at,
    regions.values.at,
    regions.keys.at,
    regions.order.at,
    regions.chunks.at,
    regions.columns.at,
    regions.labels.at,
    regions.weights.at,
  ];
  workspace.int32(regions.plan).set(fields);
  workspace.int32(regions.offsets).set(offsets);
  workspace
    .int32(regions.shapes)
    .set(features.flatMap(({ bins, categorical, monotone }) => [bins, categorical ? 1 : 0, monotone]));
  workspace
    .float64(regions.rules)
    .set([
      rules.minRowsInLeaf,
      rules.minHessianInLeaf,
      rules.l1,
      rules.l2,
      rules.minGain,
      rules.categorySmoothing,
      rules.categoryL2,
      rules.minRowsPerCategory,
    ]);
}
