/** The pairs of unit and item that a model learns from, by blocks on disk, for a log whose matrix would not fit beside it. */

import { type BlockEntries, blocksOfEntries, type EntryBlocks, mostEntries } from "../../../kernels/entry-blocks.ts";
import type { RowBlock } from "../../../kernels/row-blocks.ts";
import type { Scratch, ScratchFile } from "../../../system/environment.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { liesIn, type TrainingWindow } from "../../3-data/split/training-window.ts";
import type { BlockedTrainingData } from "../models/recommender.ts";
import type { Examination } from "./examination.ts";
import { type SayingEvents, type SignalWeights, saying } from "./interaction-matrix.ts";

/** Pairs that are written at once. */
const CHUNK = 2 ** 16;

/** What a log is made into blocks with. */
export interface BlockPlan {
  readonly scratch: Scratch;
  /** Pairs that a block holds at most, but for units and items with more. */
  readonly most: number;
}

/**
 * The pairs of `trainingDataWithin`, written once by units and once by items. By units they come as they are; by items they are dealt out to a
 * file for each block of items, units ascending in each, and every such file is then put in order by itself.
 */
export async function trainingBlocksWithin(
  data: RankedTask,
  window: TrainingWindow,
  weights: SignalWeights,
  examination: Examination,
  { scratch, most }: BlockPlan,
): Promise<BlockedTrainingData & { close(): Promise<void> }> {
  const says = saying(data, liesIn(data.events, window), weights, examination);
  const opened: ScratchFile[] = [];
  const open = async (name: string): Promise<ScratchFile> => {
    const file = await scratch.open(name);
    opened.push(file);
    return file;
  };
  const close = async (): Promise<void> => {
    for (const file of opened) await file.remove();
  };
  try {
    const files = { units: await openEntries(open, "pairs-by-unit"), items: await openEntries(open, "pairs-by-item") };
    // By events: an item has no more pairs than that.
    const blocks = blocksOfEntries(startsOf(says.itemCounts()), most);
    const dealt: DealtFile[] = [];
    for (const block of blocks.keys()) dealt.push(await openDealt(open, `pairs-of-items-${block}`));
    const byUnit = await writeByUnit(says, data, files.units, { blocks, dealt });
    const indptr = new Int32Array(data.items.count + 1);
    for (const [at, block] of blocks.entries()) await writeByItem(dealt[at], block, indptr, files.items);
    const byItem = { rows: data.items.count, columns: data.units, indptr };
    return {
      byUnit: { ...byUnit, ...readBlocks(byUnit.indptr, most, files.units) },
      byItem: { ...byItem, ...readBlocks(indptr, most, files.items) },
      now: window.until,
      close,
    };
  } catch (error) {
    // A disk that is full would stay so.
    await close();
    throw error;
  }
}

async function writeByUnit(
  says: SayingEvents,
  { units, items }: RankedTask,
  file: EntryFile,
  { blocks, dealt }: { readonly blocks: readonly RowBlock[]; readonly dealt: readonly DealtFile[] },
): Promise<Pick<EntryBlocks, "rows" | "columns" | "indptr">> {
  const blockOf = new Int32Array(items.count);
  for (const [at, [from, to]] of blocks.entries()) blockOf.fill(at, from, to);
  const indptr = new Int32Array(units + 1);
  for (const { unit, items: chosen, strengths } of says.pairs()) {
    indptr[unit + 1] = indptr[unit] + chosen.length;
    for (let at = 0; at < chosen.length; at++) {
      const [item, strength] = [chosen[at], strengths[at]];
      // Only what is full waits for the disk: a promise for each pair would take longer than the pair.
      if (file.add(item, strength)) await file.flush();
      const own = dealt[blockOf[item]];
      if (own.add(item, unit, strength)) await own.flush();
    }
  }
  await file.flush();
  for (const one of dealt) await one.flush();
  return { rows: units, columns: items.count, indptr };
}

/** Puts the pairs of a block of items in order, items and then units ascending, and counts them into `indptr`. */
async function writeByItem(dealt: DealtFile, [from, to]: RowBlock, indptr: Int32Array, file: EntryFile): Promise<void> {
  const { items, units, strengths } = await dealt.readAll();
  await dealt.remove();
  const next = new Int32Array(to - from + 1);
  for (const item of items) next[item - from + 1]++;
  for (let at = 0; at < to - from; at++) {
    next[at + 1] += next[at];
    indptr[from + at + 1] = indptr[from] + next[at + 1];
  }
  const sorted = { indices: new Int32Array(items.length), values: new Float32Array(items.length) };
  for (let at = 0; at < items.length; at++) {
    const place = next[items[at] - from]++;
    sorted.indices[place] = units[at];
    sorted.values[place] = strengths[at];
  }
  await file.append(sorted);
}

function startsOf(counts: Int32Array): Int32Array {
  const starts = counts.slice();
  for (let at = 1; at < starts.length; at++) starts[at] += starts[at - 1];
  return starts;
}

function readBlocks(indptr: Int32Array, most: number, file: EntryFile): Pick<EntryBlocks, "blocks" | "read"> {
  const blocks = blocksOfEntries(indptr, most);
  const room = mostEntries({ blocks, indptr });
  const entries = { indices: new Int32Array(room), values: new Float32Array(room) };
  return {
    blocks,
    read: (block) => {
      const [from, to] = blocks[block];
      return file.read(indptr[from], indptr[to] - indptr[from], entries);
    },
  };
}

/** Entries of rows in order, in two files: columns and values. */
interface EntryFile {
  /** Whether what was added has to be flushed before more is. */
  add(index: number, value: number): boolean;
  flush(): Promise<void>;
  append(entries: BlockEntries): Promise<void>;
  /** Into `room`, of which it gives what is filled. */
  read(from: number, count: number, room: BlockEntries): Promise<BlockEntries>;
}

async function openEntries(open: Scratch["open"], name: string): Promise<EntryFile> {
  const [indices, values] = [await open(`${name}-indices`), await open(`${name}-values`)];
  const chunk = { indices: new Int32Array(CHUNK), values: new Float32Array(CHUNK) };
  let filled = 0;
  const append = async (entries: BlockEntries): Promise<void> => {
    await indices.append(bytesOf(entries.indices));
    await values.append(bytesOf(entries.values));
  };
  const flush = async (): Promise<void> => {
    const count = filled;
    filled = 0;
    await append({ indices: chunk.indices.subarray(0, count), values: chunk.values.subarray(0, count) });
  };
  return {
    append,
    flush,
    add(index, value) {
      chunk.indices[filled] = index;
      chunk.values[filled++] = value;
      return filled === CHUNK;
    },
    async read(from, count, room) {
      const entries = { indices: room.indices.subarray(0, count), values: room.values.subarray(0, count) };
      await indices.read(4 * from, bytesOf(entries.indices));
      await values.read(4 * from, bytesOf(entries.values));
      return entries;
    },
  };
}

/** Pairs of a block of items as they come, unit after unit. */
interface DealtFile {
  add(item: number, unit: number, strength: number): boolean;
  flush(): Promise<void>;
  readAll(): Promise<{ readonly items: Int32Array; readonly units: Int32Array; readonly strengths: Float32Array }>;
  remove(): Promise<void>;
}

async function openDealt(open: Scratch["open"], name: string): Promise<DealtFile> {
  const columns = ["items", "units", "strengths"] as const;
  const files: ScratchFile[] = [];
  for (const column of columns) files.push(await open(`${name}-${column}`));
  const chunk = [new Int32Array(CHUNK), new Int32Array(CHUNK), new Float32Array(CHUNK)] as const;
  let filled = 0;
  let count = 0;
  return {
    add(item, unit, strength) {
      chunk[0][filled] = item;
      chunk[1][filled] = unit;
      chunk[2][filled++] = strength;
      count++;
      return filled === CHUNK;
    },
    async flush() {
      const part = filled;
      filled = 0;
      for (const [at, file] of files.entries()) await file.append(bytesOf(chunk[at].subarray(0, part)));
    },
    async readAll() {
      const all = { items: new Int32Array(count), units: new Int32Array(count), strengths: new Float32Array(count) };
      for (const [at, column] of columns.entries()) await files[at].read(0, bytesOf(all[column]));
      return all;
    },
    async remove() {
      for (const file of files) await file.remove();
    },
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
