/** The leaf histograms of rows whose bins lie on disk: they pass through memory in groups of rows, to the same splits and leaves. */

import { binOf, binOffsets, logLossGradients } from "./leaf-histograms.scalar.ts";
import type { HistogramShape, LeafHistograms, LeafSums } from "./leaf-problem.ts";
import { findLeafSplit, type LeafCandidate } from "./leaf-split.scalar.ts";
import { gradientStep, quantize } from "./quantized-gradients.ts";

/** A file of bytes, written from beginning to end and read from anywhere. */
export interface BinFile {
  append(bytes: Uint8Array): Promise<void>;
  read(at: number, into: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** Rows that are looked at in one go: five megabytes of twenty features. */
const GROUP_ROWS = 2 ** 18;
/** Bins that one byte can tell. */
const BYTE_BINS = 256;

type Bins = Uint8Array | Uint16Array;

/**
 * A file for each feature holds the bins of all rows. In memory are, of each row, its score, gradient and hessian and the leaf it is in: 26 bytes
 * where the kernel takes some sixty and two for each feature. Each split reads its feature for all groups that its leaf has rows in, and all
 * features of those with rows in the smaller child; the larger one is what is left of the parent, exactly, as all sums are whole numbers.
 */
export async function openStreamedHistograms(
  shape: HistogramShape,
  open: (name: string) => Promise<BinFile>,
  groupRows = GROUP_ROWS,
): Promise<LeafHistograms> {
  const { rows, followers, features, maxLeaves } = shape;
  const all = rows + followers;
  const offsets = binOffsets(features.map((feature) => feature.bins));
  const files: BinFile[] = [];
  const close = async (): Promise<void> => {
    for (const file of files) await file.remove();
  };
  try {
    for (const feature of features.keys()) files.push(await open(`bins-${feature}`));
  } catch (error) {
    await close();
    throw error;
  }
  const written = new Array<number>(features.length).fill(0);
  const gradients = new Float64Array(rows);
  const hessians = new Float64Array(rows);
  const scores = new Float64Array(all);
  const leafOf = new Uint16Array(all);
  const histograms = Array.from({ length: maxLeaves }, () => new Float64Array(3 * offsets[features.length]));
  const found: (LeafCandidate | null)[] = Array.from({ length: maxLeaves }, () => null);
  /** The sampled rows of a group that are in a leaf, from the group's first on. */
  const members = new Uint32Array(Math.min(groupRows, all));
  let inTree: Uint8Array | null = null;
  let steps = { gradient: 1, hessian: 1 };

  const binsFor = (feature: number, length: number): Bins =>
    features[feature].bins <= BYTE_BINS ? new Uint8Array(length) : new Uint16Array(length);

  async function write(feature: number, bins: Bins, at: number): Promise<void> {
    if (written[feature] !== at)
      throw new Error(`bins of feature ${feature} from row ${at} on, where ${written[feature]} rows are written`);
    await files[feature].append(new Uint8Array(bins.buffer, bins.byteOffset, bins.byteLength));
    written[feature] += bins.length;
  }

  async function read(feature: number, from: number, to: number): Promise<Bins> {
    const bins = binsFor(feature, to - from);
    await files[feature].read(from * bins.BYTES_PER_ELEMENT, new Uint8Array(bins.buffer));
    return bins;
  }

  async function eachGroup(look: (from: number, to: number) => Promise<void>): Promise<void> {
    for (let from = 0; from < all; from += groupRows) await look(from, Math.min(all, from + groupRows));
  }

  /** Adds the rows of a group that are in the leaf to its histogram. */
  async function accumulate(leaf: number, from: number, to: number): Promise<void> {
    let count = 0;
    for (let row = from; row < Math.min(to, rows); row++)
      if (leafOf[row] === leaf && (inTree === null || inTree[row] !== 0)) members[count++] = row - from;
    if (count === 0) return;
    const sums = { gradient: new Float64Array(count), hessian: new Float64Array(count) };
    for (let i = 0; i < count; i++) {
      sums.gradient[i] = quantize(gradients[from + members[i]], steps.gradient);
      sums.hessian[i] = quantize(hessians[from + members[i]], steps.hessian);
    }
    const histogram = histograms[leaf];
    for (const feature of features.keys()) {
      const bins = await read(feature, from, to);
      for (let i = 0; i < count; i++) {
        const at = 3 * (offsets[feature] + bins[members[i]]);
        histogram[at] += sums.gradient[i];
        histogram[at + 1] += sums.hessian[i];
        histogram[at + 2] += 1;
      }
    }
  }

  async function startTree(sampled: Uint8Array | null): Promise<LeafSums> {
    inTree = sampled;
    let [largestGradient, largestHessian] = [0, 0];
    for (let row = 0; row < rows; row++) {
      if (sampled !== null && sampled[row] === 0) continue;
      largestGradient = Math.max(largestGradient, Math.abs(gradients[row]));
      largestHessian = Math.max(largestHessian, hessians[row]);
    }
    steps = gradientStep(rows, largestGradient, largestHessian);
    let [gradient, hessian, count] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      if (sampled !== null && sampled[row] === 0) continue;
      gradient += quantize(gradients[row], steps.gradient);
      hessian += quantize(hessians[row], steps.hessian);
      count++;
    }
    leafOf.fill(0);
    histograms[0].fill(0);
    await eachGroup((from, to) => accumulate(0, from, to));
    return { gradient: gradient * steps.gradient, hessian: hessian * steps.hessian, rows: count };
  }

  /** Rows of the leaf in the group that go right become rows of the other leaf. Whether it had any. */
  async function part(
    leaf: number,
    right: number,
    { split, goesLeft }: LeafCandidate,
    from: number,
    to: number,
  ): Promise<boolean> {
    const first = leafOf.subarray(from, to).indexOf(leaf);
    if (first < 0) return false;
    const bins = await read(split.feature, from, to);
    for (let row = from + first; row < to; row++)
      if (leafOf[row] === leaf && goesLeft[bins[row - from]] === 0) leafOf[row] = right;
    return true;
  }

  return {
    path: "streamed",
    scores,
    gradients,
    hessians,
    startTree,
    async binNumbers(feature, values, cuts, at) {
      for (let from = 0; from < values.length; from += groupRows) {
        const bins = binsFor(feature, Math.min(groupRows, values.length - from));
        for (let i = 0; i < bins.length; i++) bins[i] = binOf(values[from + i], cuts);
        await write(feature, bins, at + from);
      }
    },
    async setBins(feature, known, at) {
      const bins = binsFor(feature, known.length);
      bins.set(known);
      await write(feature, bins, at);
    },
    findSplit(leaf, bounds, active) {
      const candidate = findLeafSplit({ shape, offsets, histogram: histograms[leaf], steps, bounds, active });
      found[leaf] = candidate;
      return candidate?.split ?? null;
    },
    async split(leaf, rightLeaf) {
      const candidate = found[leaf];
      if (candidate === null) throw new Error(`no split was found for leaf ${leaf}`);
      const last = rightLeaf === maxLeaves - 1;
      const { left, right } = candidate.split;
      const small = left.rows <= right.rows ? leaf : rightLeaf;
      const large = small === leaf ? rightLeaf : leaf;
      const [parent, spare] = [histograms[leaf], histograms[rightLeaf]];
      histograms[large] = parent;
      histograms[small] = spare;
      histograms[small].fill(0);
      await eachGroup(async (from, to) => {
        if ((await part(leaf, rightLeaf, candidate, from, to)) && !last) await accumulate(small, from, to);
      });
      for (let at = 0; at < parent.length; at++) histograms[large][at] -= histograms[small][at];
    },
    deriveLogLoss: async (target) => logLossGradients(target, scores, gradients, hessians),
    async addToScores(values) {
      for (let row = 0; row < all; row++) scores[row] += values[leafOf[row]];
    },
    close,
  };
}
