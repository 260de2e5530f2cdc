/** Photos for the benchmark of visual search: a folder with train, validation and test, each a folder of classes, or garments drawn here. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { drawCatalogue } from "../src/kinds/visual-search/simulated-catalogue.ts";
import { createPictureReader } from "../src/node/pictures.ts";
import type { PictureSet } from "../src/steps/3-data/pictures/picture-set.ts";

export interface BenchPhotos {
  readonly what: string;
  readonly set: PictureSet;
  readonly labels: Int32Array;
  /** Photos of one item never answer each other. */
  readonly group: Int32Array;
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

const ITEMS = 400;

/** Items and not photos are divided: of five, one is the test and one validation. */
export function drawnPhotos(size: number): BenchPhotos {
  const { set, label, item } = drawCatalogue({ items: ITEMS, photos: 4, size }, createRandom(1));
  const rows = Int32Array.from(label.keys());
  return {
    what: `${set.count} drawn photos`,
    set,
    labels: label,
    group: item,
    train: rows.filter((row) => item[row] % 5 < 3),
    validation: rows.filter((row) => item[row] % 5 === 3),
    test: rows.filter((row) => item[row] % 5 === 4),
  };
}

export async function photosOf(folder: string, size: number): Promise<BenchPhotos> {
  const reader = createPictureReader();
  const pixels: Uint8Array[] = [];
  const labels: number[] = [];
  const rowsOf = new Map<string, number[]>();
  for (const part of ["train", "validation", "test"]) {
    const rows: number[] = [];
    for (const [label, name] of readdirSync(join(folder, part)).sort().entries())
      for (const file of readdirSync(join(folder, part, name)).sort()) {
        const read = await reader.decode(join(folder, part, name, file), size);
        if (!read.ok) continue;
        rows.push(pixels.push(read.pixels) - 1);
        labels.push(label);
      }
    rowsOf.set(part, rows);
  }
  const set = { count: pixels.length, size, channels: 3, pixels: Uint8Array.from(Buffer.concat(pixels)) };
  const part = (name: string): Int32Array => Int32Array.from(rowsOf.get(name) ?? []);
  return {
    what: `the photos of ${folder}`,
    set,
    labels: Int32Array.from(labels),
    group: Int32Array.from(labels.keys()),
    train: part("train"),
    validation: part("validation"),
    test: part("test"),
  };
}
