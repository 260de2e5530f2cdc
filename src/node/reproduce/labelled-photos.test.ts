import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createRandom } from "../../core/random.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { tryLabelledPhotos } from "./labelled-photos.ts";
import type { TableResult } from "./result.ts";
import { type PublishedTable, tableSchema } from "./table.ts";
import { openWorkbench } from "./workbench.ts";

const SIDE = 8;

/** Class 0 is bright above, class 1 below; noise lies over both. `shifted` tells half of the photos another class than they show. */
function draw(count: number, seed: number, shifted = false) {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 2);
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const n = Math.floor(at / (SIDE * SIDE));
    const isAbove = at % (SIDE * SIDE) < (SIDE * SIDE) / 2;
    return random.below(60) + (isAbove === (n % 2 === 0) ? 150 : 0);
  });
  return { pixels, labels: shifted ? labels.map((label, n) => (n % 4 < 2 ? label : 1 - label)) : labels };
}

/** A bright row anywhere, or a bright column: no place tells the classes apart. */
function drawLines(count: number, seed: number) {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: count }, (_, n) => n % 2);
  const lines = Array.from(labels, () => random.below(SIDE));
  const pixels = Uint8Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const n = Math.floor(at / (SIDE * SIDE));
    const place = at % (SIDE * SIDE);
    const along = labels[n] === 0 ? Math.floor(place / SIDE) : place % SIDE;
    return random.below(60) + (along === lines[n] ? 150 : 0);
  });
  return { pixels, labels };
}

function idx(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint8(2, 8);
  header.setUint8(3, sizes.length);
  for (const [at, size] of sizes.entries()) header.setUint32(4 + 4 * at, size);
  return new Uint8Array([...new Uint8Array(header.buffer), ...values]);
}

function benchOf(photos: Readonly<Record<string, ReturnType<typeof draw>>>, told: string[] = []) {
  const folder = temporaryFolder();
  const files: Record<string, string> = {};
  for (const [part, { pixels, labels }] of Object.entries(photos)) {
    writeFileSync(join(folder, `${part}-images.gz`), gzipSync(idx([pixels.length / SIDE ** 2, SIDE, SIDE], pixels)));
    writeFileSync(join(folder, `${part}-labels.gz`), gzipSync(idx([labels.length], labels)));
    for (const file of [`${part}-images`, `${part}-labels`]) files[file] = `${file}.gz`;
  }
  const parts = { folder, store: createMemoryStore(), version: "1", now: () => 0 };
  return openWorkbench({ ...parts, onPart: (what) => told.push(what) }, files);
}

function tableOf(parts: Partial<PublishedTable> = {}): PublishedTable {
  const keys = ["train-images", "train-labels", "test-images", "test-labels"];
  return tableSchema.parse({
    title: "t",
    about: "",
    "as-published": "",
    counts: {},
    checksums: {},
    published: [],
    protocol: "labelled-photos",
    data: Object.fromEntries(keys.map((key) => [key, `${key}.gz`])),
    metrics: ["accuracy"],
    "chosen-by": "accuracy",
    models: [
      { model: "nearest-pixels" },
      { model: "nearest-greys" },
      { model: "network", settings: { width: 2, epochs: 3, "learning-rate": [0.000001, 0.1] } },
    ],
    ...parts,
  });
}

it("photos are put into the class of the nearest photo or of the nearest class, and the rate is chosen on training photos alone", async () => {
  const told: string[] = [];
  const bench = benchOf({ train: draw(240, 1), test: draw(40, 2) }, told);
  const result = await tryLabelledPhotos("t", tableOf(), bench);
  const [pixels, greys, network] = result.rows;
  // Where it is bright tells the classes apart; how bright it is on the whole does not.
  expect(pixels.values.accuracy.value).toBe(1);
  expect(greys.values.accuracy.value).toBeLessThan(0.9);
  expect(network.values.accuracy.value).toBeGreaterThan(0.9);
  expect(network.settings).toEqual({ width: 2, epochs: 3, "learning-rate": 0.1 });
  expect(result.rows.map(({ tried, n }) => [tried, n])).toEqual([
    [1, 40],
    [1, 40],
    [2, 40],
  ]);
  expect(result.data).toMatchObject({ "training photos": 200, "validation photos": 40, "test photos": 40 });
  // Two short trainings of two passes, and one of three.
  expect(told.filter((what) => /, pass \d$/u.test(what)).length).toBe(2 * 2 + 3);
  expect(told.filter((what) => /network.*about validation$/u.test(what)).length).toBe(2 + 1);
});

it("the test is judged by its own labels, and a training asked about its own photos claims more", async () => {
  const bench = benchOf({ train: draw(240, 1), test: draw(40, 2, true) });
  const result = await tryLabelledPhotos("t", tableOf(), bench);
  expect(result.rows[0].values.accuracy.value).toBe(0.5);
  expect(result.rows[0].validation).toBe(1);
  const [stopped, seen] = result.claims.map(({ values }) => values.accuracy.value);
  expect(seen).toBeGreaterThan(0.9);
  expect(stopped).toBeGreaterThanOrEqual(result.rows[2].values.accuracy.value);
});

it("the network is held against what it was before, stopped where the test likes it most, and preferred where validation does", async () => {
  const models = [
    { model: "nearest-greys" },
    { model: "network", settings: { width: 4, epochs: 4, "learning-rate": 0.1 } },
  ];
  const bench = benchOf({ train: drawLines(600, 1), test: drawLines(60, 2) });
  const result = await tryLabelledPhotos("t", tableOf({ models }), bench);
  const accuracy = ({ values }: { readonly values: TableResult["rows"][number]["values"] }) => values.accuracy.value;
  expect(result.best).toBe("network");
  expect(accuracy(result.rows[1])).toBe(1);
  expect(result.rows[0].validation).toBeLessThan(0.7);
  const [nearest, before] = result.checks.map(accuracy);
  expect(nearest).toBe(1);
  expect(before).toBeLessThan(0.9);
  // The first passes are not there yet.
  expect(result.claims[0].says).toBe("the best of 4 passes by the test itself, pass 3");
  expect(accuracy(result.claims[0])).toBe(1);
});

it("refuses labels that do not fit the photos, and a table without a network", async () => {
  const torn = { ...draw(240, 1), labels: new Uint8Array(239) };
  await expect(tryLabelledPhotos("t", tableOf(), benchOf({ train: torn, test: draw(40, 2) }))).rejects.toThrow(
    /no squares with 239 labels/u,
  );
  const bench = benchOf({ train: draw(240, 1), test: draw(40, 2) });
  const plain = tableOf({ models: [{ model: "nearest-pixels" }] });
  await expect(tryLabelledPhotos("t", plain, bench)).rejects.toThrow(/none of the models is `network`/u);
});
