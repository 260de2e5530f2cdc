/** What several files seem to be together: which holds the events, which describe their items and members, and how well they join. */

import { fileName } from "../../../core/file-name.ts";
import { FailureError } from "../../../core/outcome.ts";
import { expandPaths } from "../sources/source-paths.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { joinsBetween, oneForEach } from "./joined-files.ts";
import { listsInCells } from "./list-cells.ts";
import { openForLook } from "./open-for-look.ts";
import { columnAs, type FilesProfile, type Join, type ProfiledFile } from "./profiled-files.ts";
import { askForJoinedRows, askForOutcome } from "./rows-over-files.ts";
import { askForLabel, checkSaid, type SaidColumns } from "./said-label.ts";
import type { Role } from "./seeming-role.ts";
import { saysWhoDidWhat, systemOf } from "./seeming-system.ts";
import { profileTable } from "./table-profile.ts";

/**
 * Looks at files, folders and patterns. `said`: what somebody says of columns. Throws a `FailureError` for what cannot be
 * opened at all, and for a said column that is not there and a label that holds more than two values.
 */
export async function profileFiles(
  environment: SourceEnvironment,
  written: readonly string[],
  said: SaidColumns = {},
): Promise<FilesProfile> {
  const paths = await expandPaths(environment.files, written);
  const groups = groupParts(paths);
  const opened: (ProfiledFile & { readonly table: SourceTable })[] = [];
  for (const group of groups) {
    const look = await openForLook(environment, group);
    opened.push({ paths: group, ...look, profile: await profileTable(environment, look.table, said) });
  }
  checkSaid(
    said,
    opened.flatMap(({ profile }) => profile.columns.map(({ name }) => name)),
  );
  const main = mainOf(opened);
  const joins: Join[] = [];
  for (const [at, side] of opened.entries())
    if (at !== main) joins.push(...(await joinsBetween(environment, opened[main], side)));
  const files = opened.map(({ table: _, ...file }) => file);
  const system = systemOf(files[main], said);
  const stops = stopOf(files, main, system);
  return {
    files,
    joins: oneForEach(joins, files, main),
    main,
    ...system,
    ...(stops === undefined ? {} : { stops: stops.failure }),
  };
}

/** Why no note can be drafted: the one question that has to be answered first. */
function stopOf(
  files: readonly ProfiledFile[],
  main: number,
  { system, why }: Pick<FilesProfile, "system" | "why">,
): FailureError | undefined {
  const { profile, paths } = files[main];
  const name = fileName(paths[0]);
  if (profile.lists.size > 0 && !profile.columns.some(({ role }) => role === "item" || role === "label"))
    return listsInCells(name, profile.lists);
  if (profile.rows === 0)
    return new FailureError({
      code: "no-rows",
      message: `${name} holds names of columns and no row below them`,
      fix: "name a file that has rows, or wait until they are there",
    });
  if (system === "recommendation") return askForOutcome(files, main);
  return system === "unknown" ? (askForJoinedRows(files, main) ?? askForLabel(profile.columns, name, why)) : undefined;
}

/** Files of one name but for numbers and the words for parts are parts of one table, and so are those of folders such as `dt=2024-01-01`. */
function groupParts(paths: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const stem = path
      .replaceAll(/[^/\\=]+=[^/\\]*(?=[/\\])/gu, "=")
      .replace(/[^/\\]*$/u, (name) =>
        name.toLowerCase().replaceAll(/\d+|train(?:ing)?|test|valid(?:ation)?|part|[-_]/gu, ""),
      );
    groups.set(stem, [...(groups.get(stem) ?? []), path]);
  }
  return [...groups.values()];
}

/** The table of what members did with items, else the one with most of who, what and when; of equals the longer one. */
function mainOf(files: readonly ProfiledFile[]): number {
  const roles: readonly Role[] = ["member", "item", "event", "value", "label", "time"];
  const scores = files.map(({ profile }) => {
    const has = roles.filter((role) =>
      role === "time" ? profile.time !== undefined : columnAs(profile, role) !== undefined,
    );
    return (has.length + (saysWhoDidWhat(profile) ? roles.length : 0)) * 1e12 + profile.rows;
  });
  return scores.indexOf(Math.max(...scores));
}
