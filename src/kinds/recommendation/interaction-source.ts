/** Where interaction data comes from: the note's source as plain data, found out from a path, listed for the fingerprint, and read. */

import { fileName } from "../../core/file-name.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy, repairPolicyOf } from "../../steps/3-data/sources/repair-policy.ts";
import { mapMapped } from "../../steps/3-data/sources/source-mapping.ts";
import { formatByName, type Layout, type SourceEnvironment } from "../../steps/3-data/sources/table-types.ts";
import { layoutOf, timeOf } from "../../steps/3-data/sources/text-facts.ts";
import { checkWorldSize } from "../../steps/3-data/sources/world-size.ts";
import type { Interactions } from "./interactions.ts";
import { listMappedFiles, type MappedFilesSource, readMappedFiles } from "./mapped-files.ts";
import { isMovielens, listMovielensFiles, readMovielens } from "./movielens.ts";
import { orderedSplitOf } from "./order-without-time.ts";
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
    checkWorldSize({
      people: ["members", memberCount ?? 2000],
      things: ["items", titleCount ?? 1000],
      days: dayCount ?? 180,
    });
    return { format: "simulated", world: { members: memberCount, titles: titleCount, days: dayCount } };
  }
  const policy = repairPolicyOf(facts);
  if (source.format === "handbook-fraud" || source.format === "images" || source.format === "libsvm") {
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
  if (source.known !== undefined && (source.format === "movielens" || timeOf(facts) === "none")) {
    throw new FailureError({
      code: "known-without-time",
      message:
        "`known` says how long after it happened an event was known, and these rows have no time of their own to be later than",
      where: "section 3, source",
      fix: "leave `known` out, or name the time column of a mapped file: `time: ts`",
    });
  }
  const { path: written } = source;
  if (source.format === "movielens") {
    if (typeof written === "string") return { format: "movielens", path: locate(written), policy };
    throw new FailureError({
      code: "one-path",
      message: "MovieLens is one folder or file",
      where: "section 3, source",
      fix: "source: { format: movielens, path: … }",
    });
  }
  const path =
    typeof written === "string" || Array.isArray(written)
      ? located(written, locate)
      : Object.fromEntries(Object.entries(written).map(([event, one]) => [event, located(one, locate)]));
  const time = timeOf(facts);
  const timeless = time === "none" || (time === undefined && source.rows === "list");
  const side = (table: NonNullable<typeof source.titles>) => ({
    path: locate(table.path),
    columns: table.columns,
    layout: sideLayout(table, policy),
  });
  return {
    format: source.format,
    path,
    layout: layoutOf(source.format, source, policy),
    columns: withoutTime(source.columns),
    ...timeFacts(timeless ? "none" : (time ?? timeColumnOf(source.columns))),
    ...(timeless ? { order: orderedSplitOf(facts) } : {}),
    events: source.events,
    ...(source.known === undefined ? {} : { known: knownFacts(source.known, time ?? timeColumnOf(source.columns)) }),
    titles: source.titles && side(source.titles),
    members: source.profiles && side(source.profiles),
    range: facts.repair?.range,
    policy,
  };
}

/** The column of `known` is written as the time is, unless that is in two columns. */
function knownFacts(
  { column, delay }: { readonly column?: string; readonly delay?: { readonly value: number } },
  time: MappedFilesSource["time"],
): NonNullable<MappedFilesSource["known"]> {
  const as = time === undefined || time === "none" || typeof time.column !== "string" ? {} : time;
  return {
    ...(column === undefined ? {} : { column: { ...as, column } }),
    ...(delay === undefined ? {} : { delay: delay.value }),
  };
}

type Written = string | readonly string[];

function located(path: Written, locate: (path: string) => string): Written {
  return typeof path === "string" ? locate(path) : path.map(locate);
}

function timeFacts(time: MappedFilesSource["time"]): Pick<MappedFilesSource, "time"> {
  return time === undefined ? {} : { time };
}

function timeColumnOf(columns: Readonly<Record<string, string>> | undefined): MappedFilesSource["time"] {
  return columns?.time === undefined ? undefined : { column: columns.time };
}

function withoutTime(
  columns: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (columns === undefined) return undefined;
  const { time: _, ...rest } = columns;
  return rest;
}

function sideLayout(table: Parameters<typeof layoutOf>[1] & { readonly path: string }, policy: RepairPolicy): Layout {
  return layoutOf(formatByName(table.path), table, policy);
}

/** What lies at a path, judged by its files: how `--data PATH` finds its format. */
export async function detectSource(environment: SourceEnvironment, path: string): Promise<InteractionSource> {
  const policy = DEFAULT_REPAIR_POLICY;
  const ending = /\.(?<ending>parquet|tsv|csv)$/u.exec(path)?.groups?.ending;
  if (formatByName(path) === "json") return { format: "json", path, policy };
  if (ending === "parquet" || ending === "tsv") return { format: ending, path, policy };
  if (ending === undefined || (await isMovielens(environment, path))) return { format: "movielens", path, policy };
  return { format: "csv", path, policy };
}

/** Where the source's files lie; `placeless` is the source without that. */
export function sourcePaths(source: InteractionSource): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  changePaths(source, (path, name) => {
    found[name] = path;
    return path;
  });
  return found;
}

/** The source with the names of its files in place of their paths: they may move, and what is said of them stays true. */
export function placeless(source: InteractionSource): InteractionSource {
  return changePaths(source, fileName);
}

/** The source with its files at these paths. */
export function withPaths(source: InteractionSource, paths: Readonly<Record<string, string>>): InteractionSource {
  return changePaths(source, (path, name) => paths[name] ?? path);
}

function changePaths(source: InteractionSource, change: (path: string, name: string) => string): InteractionSource {
  if (source.format === "simulated") return source;
  if (source.format === "movielens") return { ...source, path: change(source.path, "source") };
  const { path, titles, members } = source;
  return {
    ...source,
    path: mapMapped(path, change),
    titles: titles && { ...titles, path: change(titles.path, "titles") },
    members: members && { ...members, path: change(members.path, "members") },
  };
}

/** All files that a source reads: what the fingerprint of the data must cover. None for a simulation. */
export async function listSourceFiles(
  environment: SourceEnvironment,
  source: InteractionSource,
): Promise<readonly string[]> {
  if (source.format === "simulated") return [];
  return source.format === "movielens"
    ? listMovielensFiles(environment, source.path)
    : listMappedFiles(environment, source);
}

/** Reads or simulates the data. Throws a `FailureError` when files are not usable; `random` is drawn on by a simulation, and to divide data without time. */
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
      return readMappedFiles(environment, source, random);
  }
}
