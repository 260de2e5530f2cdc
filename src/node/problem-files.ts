/** Reads the interview problems that come with Heptad: one YAML file each in library/problems. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import { type Problem, problemSchema } from "../practice/interview/problem.ts";
import { type Sheet, sheetSchema } from "../practice/interview/sheet.ts";
import { readTextFile } from "./read-text-file.ts";

const UP = import.meta.url.includes("/dist/src/") ? "../../../library/problems" : "../../library/problems";
const FOLDER = fileURLToPath(new URL(UP, import.meta.url));

export function problemNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/** Throws a `FailureError` for a name that is not there, with the nearest one. */
export function readProblem(name: string): Problem {
  const names = problemNames();
  if (!names.includes(name)) {
    const suggestion = nearest(name, names);
    const fix = suggestion === undefined ? `one of ${names.join(", ")}` : `did you mean \`${suggestion}\`?`;
    throw new FailureError({ code: "unknown-problem", message: `there is no interview problem \`${name}\``, fix });
  }
  const parsed = problemSchema.safeParse(parse(readFileSync(join(FOLDER, `${name}.yaml`), "utf8")));
  if (parsed.success) return { ...parsed.data, name };
  const [issue] = parsed.error.issues;
  throw new FailureError({
    code: "broken-problem",
    message: `${issue.path.join(".")}: ${issue.message}`,
    where: join(FOLDER, `${name}.yaml`),
  });
}

/** A filled score sheet. Throws a `FailureError` that says what is wrong with it. */
export function readSheet(path: string): Sheet {
  if (!existsSync(path))
    throw new FailureError({
      code: "no-file",
      message: "the sheet cannot be read",
      where: path,
      fix: "check the path",
    });
  const parsed = sheetSchema.safeParse(safeParse(readTextFile(path)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FailureError({
    code: "broken-sheet",
    message: `${issue.path.join(".") || "the sheet"}: ${issue.message}`,
    where: path,
    fix: "grades are 0 to 3, or null",
  });
}

function safeParse(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
