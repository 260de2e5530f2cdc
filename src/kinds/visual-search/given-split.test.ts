import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createOnnxRuntime } from "../../node/onnx-runtime.ts";
import { type FinishedRun, runDesign } from "../../node/run-design.ts";
import { splitFromStored } from "../../steps/3-data/pictures/photo-split-stage.ts";
import { namesFromStored } from "../../steps/3-data/pictures/stored-pictures.ts";
import { partIn } from "./given-parts.ts";
import { drawCatalogue } from "./simulated-catalogue.ts";

const folder = mkdtempSync(join(tmpdir(), "heptad-given-"));
writeFileSync(join(folder, "heptad.yaml"), "");

const BY = /split: \{ by: group.*\}/u;
const OURS = /model: cnn, parameters: 80k, dimensions: 64, width: 8, epochs: 8, batch: 32/u;

function note(name: string, split: string): string {
  const path = join(folder, name);
  const text = readFileSync("designs/visual-search.md", "utf8")
    .replace(BY, `split: { ${split}, rows: 5k }`)
    .replace(OURS, "model: cnn, dimensions: 64, width: 2, size: 16, epochs: 2, batch: 16")
    .replace(/optimize:\n(?: {2}- .*\n)+/u, "");
  writeFileSync(path, text);
  return path;
}

/** An IDX file of bytes: the header says the sizes. */
function idx(sizes: readonly number[], values: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint8(2, 8);
  header.setUint8(3, sizes.length);
  for (const [at, size] of sizes.entries()) header.setUint32(4 + 4 * at, size);
  return gzipSync(Buffer.concat([new Uint8Array(header.buffer), values]));
}

/** Grey squares of 16, three classes that light tells apart; those of the test have a mark in the corner. */
function writeIdx(place: string, part: string, count: number): void {
  mkdirSync(place, { recursive: true });
  const random = createRandom(count);
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 3);
  const pixels = Uint8Array.from(
    { length: count * 256 },
    (_, at) => 60 * labels[Math.floor(at / 256)] + random.below(50),
  );
  writeFileSync(join(place, `${part}-images-idx3-ubyte.gz`), idx([count, 16, 16], pixels));
  writeFileSync(join(place, `${part}-labels-idx1-ubyte.gz`), idx([count], labels));
}

function partsOf(run: FinishedRun): readonly (readonly [string, number])[] {
  const of = (name: string) => {
    const found = run.outcomes.find(({ stage }) => stage.name === name);
    if (found === undefined) throw new Error(`no stage ${name}`);
    return found.result;
  };
  const { part } = splitFromStored(of("split"));
  return namesFromStored(of("pictures")).map((name, row) => [name, part[row]]);
}

describe("a split that the data gives", () => {
  it("of IDX files is theirs: what is tested on is t10k, whole, and accuracy is a figure beside the most frequent class", async () => {
    const data = join(folder, "idx");
    writeIdx(data, "train", 90);
    writeIdx(data, "t10k", 30);
    const run = await runDesign({ path: note("idx.md", "by: given, validation: 20%"), dataPath: data, threads: 1 });
    const parts = partsOf(run);
    for (const [name, part] of parts) expect(part === 2).toBe(name.startsWith("t10k"));
    expect([0, 1, 2].map((side) => parts.filter(([, part]) => part === side).length)).toEqual([72, 18, 30]);
    const accuracy = run.record.figures.filter(({ name }) => name === "accuracy");
    expect(accuracy.map(({ subject, n }) => [subject, n])).toEqual([
      ["most frequent class", 30],
      ["network", 30],
    ]);
    expect(accuracy[0].value).toBeCloseTo(1 / 3, 9);
    expect(accuracy[1].value).toBeGreaterThan(0.6);
    const remark = run.record.remarks.find(({ text }) => text.includes("as the data says"));
    expect(remark?.text).toMatch(/^72, 18, 30 photos to train, choose and test on, as the data says\./u);
  }, 240_000);

  const { set, label, classes } = drawCatalogue({ items: 40, photos: 2, size: 16 }, createRandom(4));
  const sides = ["train", "val", "test"] as const;
  const sideOf = (row: number) => sides[row % 10 < 6 ? 0 : row % 10 < 8 ? 1 : 2];

  async function write(path: string, row: number): Promise<void> {
    await sharp(set.pixels.subarray(row * 768, (row + 1) * 768), { raw: { width: 16, height: 16, channels: 3 } })
      .png()
      .toFile(path);
  }

  it("of folders train, val and test is theirs, and pairs that look the same across it are counted and left", async () => {
    const data = join(folder, "parts");
    for (let row = 0; row < set.count; row++) {
      const place = join(data, sideOf(row), classes[label[row]]);
      mkdirSync(place, { recursive: true });
      await write(join(place, `${row}.png`), row);
      // The same photo once more in the test.
      if (row === 0) {
        const twin = join(data, "test", classes[label[row]]);
        mkdirSync(twin, { recursive: true });
        await write(join(twin, "twin.png"), row);
      }
    }
    const run = await runDesign({ path: note("folders.md", "by: given"), dataPath: data, threads: 1 });
    const parts = partsOf(run);
    expect(parts).toHaveLength(81);
    for (const [name, part] of parts) expect(name.startsWith(`${sides[part]}/`)).toBe(true);
    const across = run.record.figures.find(({ name }) => name === "near-duplicate pairs across the split");
    expect(across?.value).toBeGreaterThanOrEqual(1);
    expect(
      run.record.remarks.some(
        ({ kind, text }) => kind === "warning" && /near-duplicate pairs stand across it/u.test(text),
      ),
    ).toBe(true);
  }, 240_000);

  it("of a list is its column, and a word there that is no part is refused with its photo", async () => {
    const data = join(folder, "list");
    mkdirSync(data, { recursive: true });
    const rows = ["path,label,split"];
    for (let row = 0; row < set.count; row++) {
      await write(join(data, `${row}.png`), row);
      rows.push(`${row}.png,${classes[label[row]]},${sideOf(row)}`);
    }
    writeFileSync(join(data, "list.csv"), rows.join("\n"));
    const path = note("list.md", "by: given");
    const run = await runDesign({ path, dataPath: join(data, "list.csv"), threads: 1 });
    for (const [name, part] of partsOf(run)) expect(sides[part]).toBe(sideOf(Number(name.replace(".png", ""))));
    writeFileSync(join(data, "wrong.csv"), rows.join("\n").replace(",test", ",later"));
    await expect(runDesign({ path, dataPath: join(data, "wrong.csv"), threads: 1 })).rejects.toThrow(
      /the column `split` says `later` of \d+\.png/u,
    );
  }, 240_000);

  it("is refused where the data says none, and where the note says its own test beside it", async () => {
    const untold = join(folder, "untold");
    writeIdx(untold, "train", 30);
    const path = note("none.md", "by: given");
    for (const dataPath of [undefined, untold, join(folder, "list")])
      await expect(runDesign({ path, dataPath, threads: 1 })).rejects.toThrow(
        /names no parts to train and to test on/u,
      );
    await expect(runDesign({ path: note("test.md", "by: given, test: 10%"), threads: 1 })).rejects.toThrow(
      /`test: 10%` would do nothing/u,
    );
  });
});

it("a name speaks of a part by its first word", () => {
  const names = [
    "train",
    "Training",
    "val",
    "validation",
    "dev",
    "test",
    "t10k-images-idx3-ubyte.gz",
    "trainers",
    "testimony",
    "shirts",
  ];
  expect(names.map(partIn)).toEqual([0, 0, 1, 1, 1, 2, 2, undefined, undefined, undefined]);
});

it("a grey encoder takes the IDX photos of a run, at their own size", async () => {
  const data = join(folder, "idx");
  const model = "model: { onnx: runs/idx/latest/model.onnx, mean: 0.3, std: 0.2 }";
  const path = note("grey.md", "by: given, validation: 20%");
  const text = readFileSync(path, "utf8").replace(
    /model: cnn, dimensions: 64, width: 2, size: 16, epochs: 2, batch: 16/u,
    model,
  );
  writeFileSync(path, text);
  expect(text).toContain(model);
  const run = await runDesign({ path, dataPath: data, threads: 1 });
  expect(run.record.figures.find(({ name }) => name === "length of a vector")?.value).toBe(64);
  // Its classes are not known: no accuracy is claimed.
  expect(run.record.figures.some(({ name }) => name === "accuracy")).toBe(false);
  const session = await createOnnxRuntime().open(readFileSync(join(folder, "runs/idx/latest/model.onnx")));
  expect(session.inputs).toEqual([{ name: "photo", shape: ["n", 1, 16, 16] }]);
  await session.close();
}, 240_000);
