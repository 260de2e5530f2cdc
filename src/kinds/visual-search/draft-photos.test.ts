import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { createPictureReader } from "../../node/pictures.ts";
import { parseDesign } from "../../steps/design.ts";
import { findPictures } from "./picture-source.ts";
import { visualSearch } from "./visual-search.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

const draft = (...paths: readonly string[]) =>
  visualSearch.draft?.({
    ...{ paths, sql, files: createInputFiles(), pictures: createPictureReader() },
    ...{ title: "Shop", date: "2026-11-30", relative: (path: string) => path.split("/").at(-1) ?? "" },
  });

/** Files without pixels: a look decodes nothing. */
function folderOf(counts: Readonly<Record<string, number>>): string {
  const folder = temporaryFolder();
  for (const [place, count] of Object.entries(counts)) {
    mkdirSync(join(folder, place), { recursive: true });
    for (let n = 0; n < count; n++) writeFileSync(join(folder, place, `${n}.png`), "");
  }
  return folder;
}

/** The note as facts: a draft that is no design is none. */
async function drafted(path: string) {
  const found = await draft(path);
  if (found === undefined) throw new Error("nothing was drafted");
  const { design, findings } = parseDesign(found.text, "shop.md");
  expect(findings).toEqual([]);
  if (design === undefined) throw new Error("the draft is no design");
  return { ...found, design };
}

function idx(sizes: readonly number[], values: readonly number[]): Uint8Array {
  const header = sizes.flatMap((size) => [0, 0, size >> 8, size & 255]);
  return Uint8Array.from([0, 0, 8, sizes.length, ...header, ...values]);
}

describe("a note from photos", () => {
  it("counts a folder of classes, asks about what is few or left out, and deals items", async () => {
    const folder = folderOf({ cup: 30, plate: 25, rare: 3 });
    writeFileSync(join(folder, "stray.png"), "");
    const { text, why, questions, design } = await drafted(folder);
    expect(why).toBe("it holds 58 photos of 3 classes");
    expect(text).toContain("58 photos of 3 classes (cup: 30, plate: 25, rare: 3)");
    expect(text).toContain("Left out: 1 photo (it lies in no folder of a class).");
    expect(questions[0]).toMatch(/^Which photos show one and the same thing\? A folder of classes does not say/u);
    expect(questions).toContain(
      "Are there more photos of rare (3)? Of fewer than 20 a class no figure of it says much.",
    );
    expect(questions).toContain("Shall 1 photo stay out (it lies in no folder of a class), such as stray.png?");
    expect(design.clarify.items?.count?.value).toBe(58);
    expect(design.data.split).toMatchObject({ by: "group", validation: { value: 0.1 }, test: { value: 0.2 } });
    // 58 photos of 64 x 64 are read as often as is proposed at most.
    expect(design.model.stages?.[0]).toMatchObject({ model: "cnn", epochs: 12 });
  });

  it("takes the parts that folders name for the split, and the photos of validation from training where none is named", async () => {
    const three = folderOf({ "train/cup": 9, "train/plate": 9, "validation/cup": 2, "test/plate": 3 });
    const whole = await drafted(three);
    expect(whole.design.data.split).toEqual({ by: "given" });
    expect([whole.design.clarify.items?.count?.value, whole.questions[0]]).toEqual([
      23,
      expect.stringContaining("whether the parts that the data gives keep them together, it does not say either"),
    ]);
    const two = await drafted(folderOf({ "train/cup": 9, "train/plate": 9, "test/cup": 9 }));
    expect(two.design.data.split).toMatchObject({ by: "given", validation: { value: 0.1 } });
    // A class may be called so: photos below it are its own.
    expect((await drafted(folderOf({ train: 9, bus: 9 }))).text).toContain("18 photos of 2 classes (bus: 9, train: 9)");
  });

  it("reads from a list which column is the photo, its class, its item and its part", async () => {
    const folder = temporaryFolder();
    const list = join(folder, "list.csv");
    const rows = Array.from(
      { length: 40 },
      (_, n) => `p/${n}.jpg,${["cup", "plate"][n % 2]},s${n >> 1},${n < 30 ? "train" : "test"}`,
    );
    writeFileSync(list, ["file,kind,sku,part", ...rows].join("\n"));
    // Of photos that are not there the list is a table like others.
    expect(await draft(list)).toBeUndefined();
    mkdirSync(join(folder, "p"));
    writeFileSync(join(folder, "p", "7.jpg"), "");
    const { design, questions } = await drafted(list);
    expect(design.data.source).toMatchObject({ columns: { path: "file", label: "kind", item: "sku", split: "part" } });
    expect(design.clarify.items?.count?.value).toBe(20);
    expect(design.data.entities).toMatchObject([{ key: "sku", rows: { value: 2 } }]);
    expect(design.data.split).toMatchObject({ by: "given" });
    expect(questions.join()).not.toContain("one and the same thing");
  });

  it.each([
    ["item", "plain", { by: "group", group: "item" }],
    ["sku", "plain", { by: "group", group: "sku" }],
    ["item", "split", { by: "given" }],
  ])(
    "says of a list's column %s, beside a column %s, that it is the item, so that a run keeps items whole",
    async (name, other, split) => {
      const folder = temporaryFolder();
      const list = join(folder, "list.csv");
      const rows = Array.from(
        { length: 40 },
        (_, n) => `${n}.jpg,${["cup", "plate"][n % 2]},s${n >> 1},${n < 30 ? "train" : "test"}`,
      );
      const isParted = other === "split";
      const table = [`path,label,${name},split`, ...rows].map((row) => (isParted ? row : row.replace(/,[^,]*$/u, "")));
      writeFileSync(list, table.join("\n"));
      for (let n = 0; n < 40; n++) writeFileSync(join(folder, `${n}.jpg`), "");
      const { design } = await drafted(list);
      expect(design.data.split).toMatchObject(split);
      const found = await findPictures(design.data, list, undefined, { files: createInputFiles(), sql });
      expect(found.source).toMatchObject({ columns: { item: name } });
    },
  );

  it("leaves a table with a column of posters to the reader of tables, and a folder that holds a table beside its photos", async () => {
    const folder = folderOf({ posters: 3 });
    for (const [name, text] of [
      ["ratings.csv", "user_id,item_id,rating,poster\n1,2,3,posters/0.png\n2,2,4,posters/1.png\n"],
      ["sales.csv", "image,category,sold\nposters/0.png,cup,1\nposters/1.png,plate,0\n"],
    ]) {
      writeFileSync(join(folder, name), text);
      expect(await draft(join(folder, name)), name).toBeUndefined();
    }
    expect(await draft(folder)).toBeUndefined();
  });

  it("says what is missing where photos lie in no folder of a class, or all in one", async () => {
    await expect(draft(folderOf({ images: 4 }))).rejects.toMatchObject({
      failure: { message: expect.stringContaining("lie in one folder, images: nothing says which are alike") },
    });
    const flat = temporaryFolder();
    for (const n of [1, 2, 3]) writeFileSync(join(flat, `${n}.png`), "");
    await expect(draft(flat)).rejects.toMatchObject({
      failure: { message: expect.stringContaining("holds 3 photos in no folder of a class") },
    });
  });

  it("counts the labels of IDX files, and proposes fewer passes over more photos", async () => {
    const folder = temporaryFolder();
    for (const [name, count] of [
      ["train", 300],
      ["t10k", 60],
    ] as const) {
      writeFileSync(
        join(folder, `${name}-labels-idx1-ubyte`),
        idx(
          [count],
          Array.from({ length: count }, (_, n) => n % 3),
        ),
      );
      writeFileSync(join(folder, `${name}-images-idx3-ubyte`), "");
    }
    const { text, design } = await drafted(folder);
    expect(text).toContain("360 photos of 3 classes (class 0: 120, class 1: 120, class 2: 120)");
    expect(design.data.split).toMatchObject({ by: "given", validation: { value: 0.1 } });
    const many = await drafted(folderOf({ cup: 3600, plate: 2800 }));
    // 3e8 pixels in 6,400 photos of 64 x 64: 11.4 passes, below the twelve of fewer photos.
    expect(many.design.model.stages?.[0]).toMatchObject({ epochs: 11 });
  });

  it("leaves tables and folders without photos to others", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "rows.csv"), "user,item\n1,2\n");
    writeFileSync(
      join(folder, "binary.csv"),
      Uint8Array.from({ length: 600 }, (_, at) => (at * 7) % 256),
    );
    writeFileSync(join(folder, "cut.parquet"), "PAR1");
    const given = [[folder], [join(folder, "rows.csv")], [join(folder, "binary.csv")], [join(folder, "cut.parquet")]];
    for (const paths of [...given, [folder, folder]]) expect(await draft(...paths)).toBeUndefined();
  });
});
