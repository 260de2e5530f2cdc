/** The statements of a text that `heptad sql` prints, one by one, as a client hands them to an engine. */

import { join } from "node:path";

/** Without the remarks; `last` is what shows the profile. */
export function sqlStatements(text: string): { readonly views: readonly string[]; readonly last: string } {
  const plain = text
    .split("\n")
    .filter((line) => !line.startsWith("--"))
    .join("\n");
  const statements = plain
    .split(/;\n/u)
    .map((one) => one.trim().replace(/;$/u, ""))
    .filter((one) => one !== "");
  return { views: statements.slice(0, -1), last: statements.at(-1) ?? "" };
}

/** The same for Sail, which keeps no view and sets no zone: views that are kept are written into a folder, and read from there. */
export function forSail(views: readonly string[], folder: string): readonly string[] {
  return views.flatMap((one) => {
    if (one.startsWith("SET TIME ZONE ")) return [];
    const kept = /^CACHE TABLE (?<view>\w+)$/u.exec(one)?.groups?.view;
    if (kept === undefined) return [one];
    const path = join(folder, kept);
    return [
      `CREATE TABLE kept_${kept} USING parquet LOCATION '${path}' AS SELECT * FROM ${kept}`,
      `CREATE OR REPLACE TEMPORARY VIEW ${kept} AS SELECT * FROM parquet.\`${path}\``,
    ];
  });
}
