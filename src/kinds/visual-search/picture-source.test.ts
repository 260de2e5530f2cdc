import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sealedEnvironment } from "../../../test/sealed-environment.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { FailureError } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { createPictureReader } from "../../node/pictures.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { findPictures, readPictures } from "./picture-source.ts";

const files = createInputFiles();
let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

const facts = (written: object): DataFacts => dataSchema.parse(written);
const find = (path: string, written: object = {}) => findPictures(facts(written), path, 8, { files, sql });

async function read(path: string, written: object = {}) {
  const found = await find(path, written);
  const environment = { ...sealedEnvironment, sql, files, pictures: createPictureReader() };
  const pictures = await readPictures(found.source, found.places, environment, createRandom(1));
  const repairs = pictures.repairs.map(
    ({ count, unit = "photo", what, example }) => `${count} ${unit} ${what}: ${example}`,
  );
  return { pictures, repairs };
}

async function photo(path: string, grey = 90): Promise<void> {
  const pixels = new Uint8Array(8 * 8 * 3).fill(grey);
  await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
    .png()
    .toFile(path);
}

async function folderOf(classes: readonly string[], each = 12): Promise<string> {
  const folder = temporaryFolder();
  for (const name of classes) {
    mkdirSync(join(folder, name));
    for (let n = 0; n < each; n++) await photo(join(folder, name, `${n}.png`), 10 * n);
  }
  return folder;
}

describe("a folder of classes", () => {
  it("tells of everything in it that is read by nobody", async () => {
    const folder = await folderOf(["cup", "plate", "_old"]);
    mkdirSync(join(folder, "cup", "more"));
    await photo(join(folder, "cup", "more", "deep.png"));
    await photo(join(folder, "stray.png"));
    for (const [name, text] of [
      ["cup/notes.txt", "notes"],
      ["cup/phone.heic", "no picture"],
      ["cup/.hidden.png", "no picture"],
      ["readme.md", "of no class"],
    ])
      writeFileSync(join(folder, name), text);
    const { pictures, repairs } = await read(folder);
    expect([pictures.set.count, pictures.classes]).toEqual([24, ["cup", "plate"]]);
    expect(repairs).toEqual([
      "1 photo left out: it is no picture of a known format: cup/phone.heic",
      "1 folder left out: its name begins with `_`: _old",
      "1 folder left out: it lies inside a class, whose own photos alone are read: cup/more",
      "1 file left out: by its ending it is no photo: cup/notes.txt",
      "1 photo left out: it lies in no folder of a class: stray.png",
    ]);
  });

  it("leaves out a link that leads nowhere and a folder with a photo's name, as it does other files that cannot be read", async () => {
    const folder = await folderOf(["cup", "plate"]);
    symlinkSync("nowhere.png", join(folder, "cup", "link.png"));
    mkdirSync(join(folder, "cup", "folder.png"));
    const { files: keyed } = await find(folder);
    expect(keyed).toHaveLength(24);
    expect(await files.fingerprint(keyed)).toMatch(/^[0-9a-f]{64}$/u);
    const { repairs } = await read(folder);
    expect(repairs).toEqual([
      "1 photo left out: it is no ordinary file: cup/folder.png",
      "1 photo left out: there is no such file: cup/link.png",
    ]);
  });

  it("of one class, or of few photos, is refused for what it is", async () => {
    await expect(read(await folderOf(["cup"], 25))).rejects.toThrow(/all photos are of one class, `cup`/u);
    await expect(read(await folderOf(["cup", "plate"], 4))).rejects.toThrow(/there are 8 photos, and a run needs 20/u);
  });

  it("of one item a class is refused before anything is trained, as no photo has another of its class to be found", async () => {
    const names = Array.from({ length: 24 }, (_, n) => `class${n}`);
    await expect(read(await folderOf(names, 1))).rejects.toThrow(/each of the 24 classes shows one item/u);
    const { pictures } = await read(await folderOf(names.slice(0, 12), 2));
    expect(pictures.classes).toHaveLength(12);
  });

  it("that holds parts with classes in them says how the note gives the split", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "train", "cup"), { recursive: true });
    await photo(join(folder, "train", "cup", "1.png"));
    await expect(find(folder)).rejects.toSatisfy(
      (error) => error instanceof FailureError && /split: \{ by: given \}/u.test(error.failure.fix ?? ""),
    );
  });
});

it("a file of IDX photos without its labels is refused, and not passed over", async () => {
  const folder = temporaryFolder();
  for (const name of ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"])
    writeFileSync(join(folder, name), "");
  await expect(find(folder)).rejects.toThrow(/beside t10k-images-idx3-ubyte there is no t10k-labels-idx1-ubyte/u);
});

describe("a list of photos", () => {
  async function listOf(rows: readonly string[], header = "path,label,item"): Promise<string> {
    const folder = await folderOf(["cup", "plate"]);
    const usual = ["cup", "plate"].flatMap((name) =>
      Array.from({ length: 12 }, (_, n) => `${name}/${n}.png,${name},${name}${n >> 1}`),
    );
    writeFileSync(join(folder, "list.csv"), [header, ...usual, ...rows].join("\n"));
    return join(folder, "list.csv");
  }

  it("is another source where one of its photos is another, though the list is the same", async () => {
    const list = await listOf([]);
    const before = await find(list);
    const first = await files.fingerprint(before.files);
    await photo(join(list, "..", "cup", "3.png"), 255);
    const after = await find(list);
    expect(after.files).toEqual(before.files);
    expect(await files.fingerprint(after.files)).not.toBe(first);
  });

  it("reads each photo once, and counts the rows that say no photo, no class or nothing new", async () => {
    const list = await listOf([
      ",cup,x",
      "cup/0.png,cup,cup0",
      "cup/1.png,plate,cup0",
      "cup/20.png,,y",
      "plate/99.png,plate,z",
    ]);
    const { pictures, repairs } = await read(list, { source: { format: "images", columns: { item: "item" } } });
    expect([pictures.set.count, pictures.classes, new Set(pictures.item).size]).toEqual([24, ["cup", "plate"], 12]);
    expect(repairs).toEqual([
      "1 photo left out: there is no such file: plate/99.png",
      "1 row left out: it names no photo: row 25",
      "1 row left out: its photo was named before: row 26, cup/0.png",
      "1 row left out: its photo was named before, under another class: row 27, cup/1.png",
      "1 row left out: it names no class: row 28, cup/20.png",
    ]);
  });

  it.each([
    [[{ key: "Item" }], "Item"],
    [[{ key: "shopper" }, { key: "item" }], "item"],
    [[{ key: "path" }, { key: "label" }], null],
    [[], null],
  ])(
    "takes the column that an entity of the note names for the item, where nothing else says it: %j",
    async (entities, item) => {
      const { source } = await find(await listOf([]), { entities });
      expect(source).toMatchObject({ columns: { item } });
    },
  );

  it("takes photos without an item for items of their own, and not for one", async () => {
    await expect(listOf(["cup/7.png,cup,"])).resolves.toContain("list.csv");
    const list = await listOf([]);
    const folder = join(list, "..");
    await Promise.all([photo(join(folder, "a.png")), photo(join(folder, "b.png"))]);
    writeFileSync(
      join(folder, "two.csv"),
      `path,label,item\na.png,cup,\nb.png,cup,\n${Array.from({ length: 12 }, (_, n) => `cup/${n}.png,cup,one\nplate/${n}.png,plate,two`).join("\n")}\n`,
    );
    const { pictures, repairs } = await read(join(folder, "two.csv"), {
      source: { format: "images", columns: { item: "item" } },
    });
    expect(new Set(pictures.item).size).toBe(4);
    expect(repairs).toEqual(["2 photo counted as an item by itself: the list names none: a.png"]);
  });

  it.each([
    [{ split: { by: "group", group: "product_id" } }, "product_id", "3.split.group"],
    [{ source: { format: "images", columns: { item: "sku" } } }, "sku", "3.source.columns.item"],
    [{ source: { format: "images", columns: { path: "file" } } }, "file", "3.source"],
    [{ split: { by: "given" } }, "split", "3.split.by"],
  ])(
    "without a column that the note names is refused with the columns that it has: %j",
    async (written, column, where) => {
      const list = await listOf([]);
      await expect(find(list, written)).rejects.toSatisfy(
        (error) =>
          error instanceof FailureError &&
          error.failure.where === where &&
          error.failure.message.includes(`no column \`${column}\``) &&
          error.failure.message.includes("`path`, `label`, `item`"),
      );
    },
  );
});
