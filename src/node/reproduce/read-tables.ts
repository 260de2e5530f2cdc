/** Reads the descriptions of published tables that come with Heptad. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { nearest } from "../../core/nearest.ts";
import { FailureError } from "../../core/outcome.ts";
import { type PublishedTable, tableSchema } from "./table.ts";

const UP = import.meta.url.includes("/dist/src/") ? "../../../../library/tables" : "../../../library/tables";
const FOLDER = fileURLToPath(new URL(UP, import.meta.url));

/** Their names, in the order of the alphabet. */
export function tableNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/** Throws a `FailureError` where there is no such table, or its file is wrong. */
export function readTable(name: string): PublishedTable {
  const names = tableNames();
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    throw new FailureError({
      code: "unknown-table",
      message: `there is no table \`${name}\``,
      fix: meant === undefined ? `use one of ${names.join(", ")}` : `did you mean \`${meant}\`?`,
    });
  }
  const path = join(FOLDER, `${name}.yaml`);
  const parsed = tableSchema.safeParse(parse(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FailureError({
    code: "broken-table",
    message: `${issue.path.join(".")}: ${issue.message}`,
    where: path,
    fix: "see the tables beside it for the form",
  });
}
