/** The statements of a text that `heptad sql` prints, one by one, as a client hands them to an engine. */

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

/** The same for Sail, which sets no zone and writes into no folder but a table's. */
export function forSail(views: readonly string[]): readonly string[] {
  return views.flatMap((one) => {
    if (one.startsWith("SET TIME ZONE ")) return [];
    const kept = /^INSERT OVERWRITE DIRECTORY '(?<path>[^']+)' USING parquet SELECT \* FROM (?<view>\w+)$/u.exec(
      one,
    )?.groups;
    if (kept === undefined) return [one];
    return [`CREATE TABLE kept_${kept.view} USING parquet LOCATION '${kept.path}' AS SELECT * FROM ${kept.view}`];
  });
}
