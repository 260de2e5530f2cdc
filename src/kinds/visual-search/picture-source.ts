/** Where the photos come from: a folder of classes, a list of files, IDX files or the simulated catalogue; and reading them. */

import { fileName } from "../../core/file-name.ts";
import { FailureError } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import type { Random } from "../../core/random.ts";
import type { PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import type { Environment, InputFiles, PictureReader, Sql } from "../../system/environment.ts";
import { type FolderPhoto, findInFolder, type LeftOut, placeOf } from "./folder-photos.ts";
import { checkParts, noParts, partIn } from "./given-parts.ts";
import { readIdxPictures } from "./idx-pictures.ts";
import { checkColumns, firstColumn, type ListColumns, type ListedPhoto, readList } from "./listed-photos.ts";
import { noPhotos } from "./no-photos.ts";
import { type CatalogueOptions, drawCatalogue, type PlantedFaults, USUAL_CATALOGUE } from "./simulated-catalogue.ts";

/** A source as plain data: part of a stage's key. Files are named `0`, `1`, …; their places come in beside the plan. */
export type PictureSource =
  | { readonly format: "simulated"; readonly catalogue: CatalogueOptions }
  | {
      readonly format: "folder";
      readonly size: number;
      readonly broken: "drop" | "error";
      readonly photos: readonly FolderPhoto[];
      /** What lies in the folder and is read by nobody. */
      readonly others: readonly LeftOut[];
    }
  | { readonly format: "list"; readonly size: number; readonly broken: "drop" | "error"; readonly columns: ListColumns }
  | { readonly format: "idx"; readonly given: boolean; readonly parts: readonly (readonly [string, string])[] };

export interface ReadPictures {
  readonly set: PictureSet;
  readonly label: Int32Array;
  readonly item: Int32Array;
  readonly classes: readonly string[];
  /** Where in the data each photo stands: its file below the folder or the list, or its place. */
  readonly names: readonly string[];
  /** The part of each photo as the data says it; null where the split is drawn. */
  readonly given: Uint8Array | null;
  /** What was repaired or left out, with how often and an example. */
  readonly repairs: readonly LeftOut[];
  /** Where the photos are drawn. */
  readonly planted?: PlantedFaults;
}

/** Where the source lies, and what of it goes into the plan. */
export interface FoundSource {
  readonly source: PictureSource;
  /** All files whose contents decide. */
  readonly files: readonly string[];
  /** By the name that the stage asks for: the folder, or the list. */
  readonly places: Readonly<Record<string, string>>;
  readonly description: string;
}

const USUAL_SIZE = 64;
/** Photos of a run. */
const FEWEST = 20;

/** `size` is the side of the decoded pictures. Throws a `FailureError` for what holds no photos. */
export async function findPictures(
  { source, repair, split, entities = [] }: DataFacts,
  path: string | undefined,
  size: number | undefined,
  { files, sql }: { readonly files: InputFiles; readonly sql: Sql },
): Promise<FoundSource> {
  const isGiven = split?.by === "given";
  if (path === undefined) {
    if (isGiven) throw noParts("a simulated catalogue");
    const catalogue = {
      items: source?.items === undefined ? USUAL_CATALOGUE.items : Math.round(source.items.value),
      photos: USUAL_CATALOGUE.photos,
      size: size ?? USUAL_CATALOGUE.size,
    };
    if (catalogue.items < 40 || catalogue.items > 20_000)
      throw noPhotos(
        `a simulated catalogue has 40 to 20,000 items, not ${catalogue.items}`,
        "source: { format: simulated, items: 480 }",
      );
    return { source: { format: "simulated", catalogue }, files: [], places: {}, description: "a simulated catalogue" };
  }
  const broken = repair?.["bad-picture"] ?? "drop";
  const names = await files.list(path);
  if (names === undefined) {
    if (!(await files.exists(path)))
      throw noPhotos(`there is nothing at ${path}`, "check the path; one in a note is relative to the note");
    if (!/\.(?:csv|tsv|parquet)$/iu.test(path))
      throw noPhotos(
        `${path} is neither a folder nor a list of photos`,
        "name a folder of classes, a .csv or .parquet of paths and labels, or a folder of IDX files",
      );
    const { path: photo = "path", label = "label", item, split: part = "split" } = source?.columns ?? {};
    const others = isGiven ? [photo, label, part] : [photo, label];
    const keys = entities.map(({ key }) => key);
    const told = item ?? split?.group ?? (await firstColumn(keys, others, path, sql)) ?? null;
    const columns = { path: photo, label, item: told, split: isGiven ? part : null };
    await checkColumns(columns, path, sql, item === undefined ? "3.split.group" : "3.source.columns.item");
    const { photos } = await readList(columns, path, sql);
    return {
      source: { format: "list", size: size ?? USUAL_SIZE, broken, columns },
      files: [path, ...(await ordinary(new Set(photos.map((one) => one.path)), files))],
      places: { list: path },
      description: fileName(path),
    };
  }
  const idx = idxParts(names);
  if (idx.length > 0) {
    if (isGiven) checkParts(idx.flat(), fileName(path));
    return {
      source: { format: "idx", given: isGiven, parts: idx },
      files: idx.flat().map((name) => `${path}/${name}`),
      places: { folder: path },
      description: `${fileName(path)}, IDX files`,
    };
  }
  const parts = isGiven ? names.filter((name) => partIn(name) !== undefined) : [""];
  if (isGiven) checkParts(parts, fileName(path));
  const { photos, others } = await findInFolder(path, parts, files);
  if (photos.length === 0)
    throw noPhotos(
      `${path} holds neither folders with photos nor IDX files`,
      !isGiven && names.some((name) => partIn(name) !== undefined)
        ? "put the photos of each class into a folder of its name; where these folders are parts that each hold classes, write `split: { by: given }`"
        : "put the photos of each class into a folder of its name",
    );
  return {
    source: { format: "folder", size: size ?? USUAL_SIZE, broken, photos, others },
    files: await ordinary(
      photos.map((photo) => `${path}/${placeOf(photo)}`),
      files,
    ),
    places: { folder: path },
    description: `${fileName(path)}, a folder of classes`,
  };
}

/** Those that can be read at all; the reading stage leaves out the others, and counts them. */
async function ordinary(paths: Iterable<string>, files: InputFiles): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) if ((await files.exists(path)) && (await files.list(path)) === undefined) found.push(path);
  return found;
}

/** Files of pictures with the file of their labels: `train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`. Throws where one has none. */
export function idxParts(names: readonly string[]): (readonly [string, string])[] {
  return names.flatMap((name): (readonly [string, string])[] => {
    if (!/images[-.]idx3-ubyte/u.test(name)) return [];
    const labels = name.replace("images", "labels").replace("idx3", "idx1");
    if (!names.includes(labels))
      throw noPhotos(
        `beside ${name} there is no ${labels}: nobody says what its photos show`,
        "fetch the file of labels",
      );
    return [[name, labels]];
  });
}

/** All photos of the source, decoded to one size. */
export async function readPictures(
  source: PictureSource,
  places: Readonly<Record<string, string>>,
  environment: Environment,
  random: Random,
): Promise<ReadPictures> {
  if (source.format === "simulated") {
    const drawn = drawCatalogue(source.catalogue, random);
    const { photos } = source.catalogue;
    const names = Array.from(drawn.item, (item, row) => `item ${item + 1}, photo ${(row % photos) + 1}`);
    return { ...drawn, names, given: null, repairs: [] };
  }
  const { pictures } = environment;
  if (pictures === undefined)
    throw new FailureError({
      code: "no-picture-reader",
      message: "photos cannot be decoded here",
      fix: "run it with `heptad run`",
    });
  if (source.format === "idx") return readIdxPictures(source, places.folder, pictures);
  const { photos, leftOut } =
    source.format === "folder"
      ? { photos: listFolder(source.photos, places.folder), leftOut: source.others }
      : await readList(source.columns, places.list, environment.sql);
  const read = await decodeAll(photos, source.size, source.broken, pictures, environment);
  return { ...read, repairs: [...read.repairs, ...leftOut] };
}

function listFolder(photos: readonly FolderPhoto[], folder: string): ListedPhoto[] {
  return photos.map((photo) => {
    const [name, part] = [placeOf(photo), partIn(photo[2]) ?? null];
    return { path: `${folder}/${name}`, name, label: photo[0], item: name, part };
  });
}

async function decodeAll(
  listed: readonly ListedPhoto[],
  size: number,
  broken: "drop" | "error",
  pictures: PictureReader,
  { progress }: Environment,
): Promise<ReadPictures> {
  const step = size * size * 3;
  const pixels = new Uint8Array(listed.length * step);
  const kept: ListedPhoto[] = [];
  const repairs = new Map<string, { count: number; example: string }>();
  const note = (what: string, example: string): void => {
    const known = repairs.get(what);
    if (known === undefined) repairs.set(what, { count: 1, example });
    else known.count++;
  };
  for (const [at, photo] of listed.entries()) {
    if (at % 100 === 0) progress("decoding photos", at, listed.length);
    const read = await pictures.decode(photo.path, size);
    if (!read.ok) {
      if (broken === "error")
        throw new FailureError({
          code: "bad-picture",
          message: `${photo.path}: ${read.reason}`,
          where: photo.path,
          fix: "mend or remove the file, or let such photos be left out: `repair: { bad-picture: drop }`",
        });
      note(`left out: ${read.reason}`, photo.name);
      continue;
    }
    for (const repair of read.repairs) note(repair, photo.name);
    pixels.set(read.pixels, kept.length * step);
    kept.push(photo);
  }
  if (listed.length < FEWEST)
    throw noPhotos(
      `there ${listed.length === 1 ? "is" : "are"} ${plural(listed.length, "photo")}, and a run needs ${FEWEST} at least`,
      "give more photos of each class",
    );
  if (kept.length < FEWEST)
    throw noPhotos(
      `only ${kept.length} of ${listed.length} photos could be read`,
      "look at the reasons with `repair: { bad-picture: error }`",
    );
  const classes = [...new Set(kept.map(({ label }) => label))].sort();
  if (classes.length < 2)
    throw noPhotos(
      `all photos are of one class, \`${classes[0]}\`: whatever a search finds would be right`,
      "put photos of several classes into folders of their names, or several labels into the list",
    );
  const shown = new Set(kept.map(({ label, item }) => JSON.stringify([label, item])));
  if (shown.size === classes.length)
    throw noPhotos(
      `each of the ${classes.length} classes shows one item: no photo has another of its class to be found, so no search could be judged`,
      "give photos of several items of each class",
    );
  const items = new Map([...new Set(kept.map(({ item }) => item))].map((item, place) => [item, place]));
  return {
    set: { count: kept.length, size, channels: 3, pixels: pixels.slice(0, kept.length * step) },
    label: Int32Array.from(kept, ({ label }) => classes.indexOf(label)),
    item: Int32Array.from(kept, ({ item }) => items.get(item) ?? -1),
    classes,
    names: kept.map(({ name }) => name),
    given: kept.some(({ part }) => part === null) ? null : Uint8Array.from(kept, ({ part }) => part ?? 0),
    repairs: Array.from(repairs, ([what, { count, example }]) => ({ count, what, example })),
  };
}
