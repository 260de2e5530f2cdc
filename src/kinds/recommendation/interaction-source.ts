/** Where interaction data comes from: the note's source as plain data, found out from a path, listed for the fingerprint, and read. */

import { fileName } from "../../core/file-name.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy, repairPolicyOf } from "../../steps/3-data/sources/repair-policy.ts";
import type { SourceEnvironment } from "../../steps/3-data/sources/source-table.ts";
import type { Interactions } from "./interactions.ts";
import { listMappedFiles, type MappedFilesSource, readMappedFiles } from "./mapped-files.ts";
import { isMovielens, listMovielensFiles, readMovielens } from "./movielens.ts";
import { createWorld, simulateInteractions, type WorldOptions } from "./simulated-world.ts";

/** A source as plain data: written as JSON it is part of a stage's key. */
export type InteractionSource =
  | { readonly format: "movielens"; readonly path: string; readonly policy: RepairPolicy }
  | MappedFilesSource
  | { readonly format: "simulated"; readonly world: WorldOptions };

/** The source that step 3 names. `locate` makes the note's paths absolute. Throws a `FailureError` where the facts do not name one. */
export function interactionSourceOf(facts: DataFacts, locate: (path: string) => string): InteractionSource {
  const { source } = facts;
  if (source === undefined || source.format === "simulated") {
    const { members, items, days } = source ?? {};
    const [memberCount, titleCount, dayCount] = [members, items, days].map((it) => it && Math.round(it.value));
    return { format: "simulated", world: { members: memberCount, titles: titleCount, days: dayCount } };
  }
  const policy = repairPolicyOf(facts);
  if (source.format === "handbook-fraud" || source.format === "images") {
    throw new FailureError({
      code: "no-interactions",
      message: `a source of format \`${source.format}\` holds no members and titles`,
      where: "section 3, source",
      fix: "use movielens, csv, tsv, parquet or simulated",
    });
  }
  if (source.path === undefined) {
    throw new FailureError({
      code: "missing-path",
      message: `a source of format \`${source.format}\` needs a path`,
      where: "section 3, source",
      fix: `source: { format: ${source.format}, path: … }`,
    });
  }
  const path = locate(source.path);
  if (source.format === "movielens") return { format: "movielens", path, policy };
  const time: Readonly<Record<string, string>> =
    facts.time === undefined || facts.time === "none" ? {} : { time: facts.time };
  const columns = { ...time, ...source.columns };
  const titles = source.titles && { ...source.titles, path: locate(source.titles.path) };
  return { format: source.format, path, columns, titles, range: facts.repair?.range, policy };
}

/** What lies at a path, judged by its files: how `--data PATH` finds its format. */
export async function detectSource(environment: SourceEnvironment, path: string): Promise<InteractionSource> {
  const policy = DEFAULT_REPAIR_POLICY;
  const ending = /\.(?<ending>parquet|tsv|csv)$/u.exec(path)?.groups?.ending;
  if (ending === "parquet" || ending === "tsv") return { format: ending, path, policy };
  if (ending === undefined || (await isMovielens(environment, path))) return { format: "movielens", path, policy };
  return { format: "csv", path, policy };
}

/** Where the source's files lie; `placeless` is the source without that. */
export function sourcePaths(source: InteractionSource): Readonly<Record<string, string>> {
  if (source.format === "simulated") return {};
  if (source.format === "movielens" || source.titles === undefined) return { source: source.path };
  return { source: source.path, titles: source.titles.path };
}

/** The source with the names of its files in place of their paths: it may move, and what is said of it stays true. */
export function placeless(source: InteractionSource): InteractionSource {
  const names = Object.entries(sourcePaths(source)).map(([key, path]) => [key, fileName(path)]);
  return withPaths(source, Object.fromEntries(names));
}

/** The source with its files at these paths. */
export function withPaths(source: InteractionSource, paths: Readonly<Record<string, string>>): InteractionSource {
  if (source.format === "simulated") return source;
  const path = paths.source ?? source.path;
  if (source.format === "movielens" || source.titles === undefined) return { ...source, path };
  return { ...source, path, titles: { ...source.titles, path: paths.titles ?? source.titles.path } };
}

/** All files that a source reads: what the fingerprint of the data must cover. None for a simulation. */
export async function listSourceFiles(
  environment: SourceEnvironment,
  source: InteractionSource,
): Promise<readonly string[]> {
  if (source.format === "simulated") return [];
  return source.format === "movielens" ? listMovielensFiles(environment, source.path) : listMappedFiles(source);
}

/** Reads or simulates the data. Throws a `FailureError` when files are not usable; `random` is drawn on by a simulation only. */
export async function readInteractions(
  environment: SourceEnvironment,
  source: InteractionSource,
  random: Random,
): Promise<Interactions> {
  switch (source.format) {
    case "movielens":
      return readMovielens(environment, source.path, source.policy);
    case "simulated":
      return simulateInteractions(createWorld(source.world, random), random);
    default:
      return readMappedFiles(environment, source);
  }
}
