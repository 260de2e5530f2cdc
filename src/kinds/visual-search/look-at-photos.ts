/** A look at a folder, a list or IDX files of photos: how many of which class, how they are parted, and which columns say so. Nothing is decoded. */

import { fileName } from "../../core/file-name.ts";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import type { Table } from "../../core/table.ts";
import { isTableName } from "../../core/table-name.ts";
import { isPictureName } from "../../steps/3-data/pictures/picture-names.ts";
import { readIdx } from "../../steps/3-data/pictures/read-idx.ts";
import type { InputFiles, PictureReader, Sql } from "../../system/environment.ts";
import { findInFolder, type LeftOut } from "./folder-photos.ts";
import { partIn } from "./given-parts.ts";
import { type ListColumns, readerOf, readList } from "./listed-photos.ts";
import { noPhotos } from "./no-photos.ts";
import { idxParts } from "./picture-source.ts";

export interface PhotosLook {
  readonly path: string;
  readonly form: "folder" | "list" | "idx";
  readonly photos: number;
  /** Photos of each class, the commonest first. */
  readonly classes: readonly (readonly [name: string, photos: number])[];
  /** Which parts the data itself names; none where the split has to be drawn. */
  readonly parts: readonly ("train" | "validation" | "test")[];
  /** Of a list: which columns say what, and how many items they name. */
  readonly columns?: ListColumns;
  readonly items?: number;
  readonly leftOut: readonly LeftOut[];
}

const PARTS = ["train", "validation", "test"] as const;
/** Of the cells of a column of photos, those that end like one. */
const NEARLY_ALL = 0.95;

type Edges = { readonly files: InputFiles; readonly sql: Sql; readonly pictures: Pick<PictureReader, "bytes"> };

/** Undefined for what holds no photos. Throws a `FailureError` for files of photos that cannot be read. */
export async function lookAtPhotos(path: string, edges: Edges): Promise<PhotosLook | undefined> {
  const { files } = edges;
  const names = await files.list(path);
  if (names === undefined) return /\.(?:csv|tsv|parquet)$/iu.test(path) ? lookAtList(path, edges) : undefined;
  // Posters may lie beside the table that is meant.
  if (names.some(isTableName)) return undefined;
  const idx = idxParts(names);
  if (idx.length > 0) return lookAtIdx(path, idx, edges);
  const parted = names.filter((name) => partIn(name) !== undefined);
  const own = await findInFolder(path, [""], files);
  if (own.photos.length > 0) return ofFolder(path, own, []);
  const isParted = [0, 2].every((part) => parted.some((name) => partIn(name) === part));
  const found = isParted ? await findInFolder(path, parted, files) : own;
  if (found.photos.length > 0) return ofFolder(path, found, partsOf(parted.map(partIn)));
  const stray = names.filter(isPictureName).length;
  if (stray === 0) return undefined;
  throw withoutClasses(`${fileName(path)} holds ${plural(stray, "photo")} in no folder of a class`);
}

function withoutClasses(what: string): FailureError {
  return noPhotos(
    `${what}: nothing says which are alike`,
    "put the photos of each class into a folder of its name, or write a .csv of `path,label` beside them and name that",
  );
}

function ofFolder(
  path: string,
  { photos, others }: Awaited<ReturnType<typeof findInFolder>>,
  parts: PhotosLook["parts"],
): PhotosLook {
  const classes = counted(photos.map(([label]) => label));
  if (classes.length < 2)
    throw withoutClasses(
      `all ${plural(photos.length, "photo")} of ${fileName(path)} lie in one folder, ${classes[0][0]}`,
    );
  return { path, form: "folder", photos: photos.length, classes, parts, leftOut: others };
}

async function lookAtIdx(
  path: string,
  idx: readonly (readonly [string, string])[],
  { pictures }: Edges,
): Promise<PhotosLook> {
  const labels: number[] = [];
  for (const [, name] of idx) labels.push(...unwrap(readIdx(await pictures.bytes(`${path}/${name}`), name)).values);
  const classes = counted(labels.map((label) => `class ${label}`));
  const parts = partsOf(idx.map(([name]) => partIn(name)));
  return { path, form: "idx", photos: labels.length, classes, parts, leftOut: [] };
}

/**
 * A table of photos that are there, with what they show and no more: where other columns stand beside them, the photos may be a feature among
 * others, such as the poster of a film that was rated, and whoever reads tables looks at it.
 */
async function lookAtList(path: string, { sql, files }: Edges): Promise<PhotosLook | undefined> {
  const sample = await firstRows(path, sql);
  if (sample === undefined) return undefined;
  const { columns: read, rows } = sample;
  const cells = (name: string): string[] =>
    Array.from({ length: rows }, (_, row) => String(read.get(name)?.[row] ?? ""));
  const names = [...read.keys()];
  const photo = names.find((name) => {
    const written = cells(name).filter((cell) => cell !== "");
    return written.length > 0 && written.filter(isPictureName).length >= NEARLY_ALL * written.length;
  });
  if (photo === undefined) return undefined;
  const named = (words: RegExp): string | undefined => names.find((name) => name !== photo && words.test(name));
  const item = named(ITEM) ?? null;
  const parted = named(PART);
  const given = parted === undefined ? [] : partsOf(cells(parted).map(partIn));
  const split = parted !== undefined && given.includes("train") && given.includes("test") ? parted : null;
  const others = names.filter((name) => ![photo, item, parted].includes(name));
  if (others.length !== 1) return undefined;
  const columns = { path: photo, label: others[0], item, split };
  const { photos, leftOut } = await readList(columns, path, sql);
  const isThere = await Promise.all(photos.slice(0, LOOKED_FOR).map((one) => files.exists(one.path)));
  if (!isThere.includes(true)) return undefined;
  return {
    ...{ path, form: "list", photos: photos.length, columns, leftOut },
    classes: counted(photos.map((one) => one.label)),
    parts: split === null ? [] : partsOf(photos.map(({ part }) => part ?? undefined)),
    ...(item === null ? {} : { items: new Set(photos.map((one) => one.item)).size }),
  };
}

/** Undefined for what is no plain table: whoever reads tables knows more forms of them, and says what is wrong with it. */
async function firstRows(path: string, sql: Sql): Promise<Table | undefined> {
  try {
    return await sql.query(`SELECT * FROM ${readerOf(path)} LIMIT ${LOOKED_AT}`, [path]);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

const LOOKED_AT = 10_000;
/** So many photos of a list are looked for. */
const LOOKED_FOR = 20;
const ITEM = /^(?:item|product|article|garment|object|sku|style)(?:_?(?:id|no|nr|code))?$/iu;
const PART = /^(?:split|part|subset|partition|set|fold)$/iu;

function partsOf(found: readonly (number | undefined)[]): PhotosLook["parts"] {
  return PARTS.filter((_, part) => found.includes(part));
}

function counted(labels: readonly string[]): PhotosLook["classes"] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
