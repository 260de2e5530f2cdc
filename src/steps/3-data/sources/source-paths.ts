/** The files that a note means by a path: one, several, a folder, or a pattern such as `part-*.parquet`. */

import { FailureError } from "../../../core/outcome.ts";
import type { InputFiles } from "../../../system/environment.ts";
import { isPictureName, RUN_PHOTOS } from "../pictures/picture-names.ts";

const READABLE = /\.(?:csv|tsv|txt|dat|data|tab|psv|parquet|pq|jsonl|ndjson|json|item|user)(?:\.(?:gz|zst|zstd))?$/iu;

/** The files, sorted. A path with `*` or `?` is a pattern only where no file has that very name. Throws a `FailureError` where nothing is there. */
export async function expandPaths(files: InputFiles, written: string | readonly string[]): Promise<readonly string[]> {
  const paths = typeof written === "string" ? [written] : written;
  const found: string[] = [];
  for (const path of paths) found.push(...(await expandPath(files, path)));
  return found;
}

async function expandPath(files: InputFiles, path: string): Promise<readonly string[]> {
  const names = await files.list(path);
  if (names !== undefined) {
    const within = names.filter((name) => READABLE.test(name) && !/^[._]/u.test(name));
    if (within.length > 0) return within.map((name) => `${path.replace(/[/\\]+$/u, "")}/${name}`);
    const shown = names.filter((name) => !/^[._]/u.test(name));
    const partitions = shown.filter((name) => /^[^=]+=/u.test(name));
    if (partitions.length > 0) return partitioned(files, path, partitions);
    throw new FailureError({
      code: "no-files",
      message: `the folder holds no file that ends in .csv, .tsv, .txt, .dat, .jsonl or .parquet${shown.length === 0 ? ", and nothing else" : `, only ${shown.slice(0, 3).join(", ")}${shown.length > 3 ? ` and ${shown.length - 3} more` : ""}`}`,
      where: path,
      fix: (await holdsPhotos(files, path, shown)) ? RUN_PHOTOS : "name the files, or a pattern such as `data/part-*`",
    });
  }
  if (!/[*?]/u.test(path) || (await files.exists(path))) return [path];
  const folder = path.replace(/[^/\\]*$/u, "");
  const pattern = path.slice(folder.length);
  if (/[*?]/u.test(folder)) {
    throw new FailureError({
      code: "pattern-in-folder",
      message: "a pattern may stand in the file's name only, not in a folder's",
      where: path,
      fix: "list the folders: `path: [a/part-*.parquet, b/part-*.parquet]`",
    });
  }
  const shape = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/gu, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "u",
  );
  const matching = ((await files.list(folder === "" ? "." : folder)) ?? []).filter((name) => shape.test(name));
  if (matching.length > 0) return matching.map((name) => `${folder}${name}`);
  throw new FailureError({
    code: "no-such-file",
    message: "no file is there that the pattern matches",
    where: path,
    fix: "check the path; one in a note is relative to the note",
  });
}

/** Folders of that many names are looked into for photos. */
const LOOKED_INTO = 20;

async function holdsPhotos(files: InputFiles, path: string, names: readonly string[]): Promise<boolean> {
  if (names.some(isPictureName)) return true;
  for (const name of names.slice(0, LOOKED_INTO))
    if ((await files.list(`${path}/${name}`))?.some(isPictureName) === true) return true;
  return false;
}

/** Folders such as `dt=2024-01-01`, whose names hold a column: DuckDB reads it with Parquet, and of text it would be lost. */
async function partitioned(files: InputFiles, path: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) found.push(...(await expandPath(files, `${path.replace(/[/\\]+$/u, "")}/${name}`)));
  if (found.every((one) => /\.(?:parquet|pq)$/iu.test(one))) return found;
  const key = names[0].replace(/=.*$/u, "");
  throw new FailureError({
    code: "partition-of-text",
    message: `\`${key}\` stands in the names of the folders, such as ${names[0]}, which is read of Parquet only`,
    where: path,
    fix: `write one file with that column, as in DuckDB: COPY (SELECT * FROM read_csv('${path}/**/*.csv', hive_partitioning = true)) TO 'rows.parquet'`,
  });
}

/** One path, or the first of several and how many more. */
export function describePaths(paths: readonly string[]): string {
  return paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
}

/** One path or several under names of their own: `source`, or `source.0`, `source.1`, … */
export function namedPaths(name: string, path: string | readonly string[]): Readonly<Record<string, string>> {
  if (typeof path === "string") return { [name]: path };
  return Object.fromEntries(path.map((one, at) => [`${name}.${at}`, one]));
}

/** The same path or paths, each changed; `change` is told the name that `namedPaths` gives it. */
export function mapPaths(
  name: string,
  path: string | readonly string[],
  change: (path: string, name: string) => string,
): string | readonly string[] {
  return typeof path === "string" ? change(path, name) : path.map((one, at) => change(one, `${name}.${at}`));
}
