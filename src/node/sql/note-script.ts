/** The SQL of a note: over its Parquet where it lies, or over the rows that our reader has checked and written as Parquet. */

import { resolve } from "node:path";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { inNote } from "../../kinds/plan-run.ts";
import { scoredTaskFromStored } from "../../steps/3-data/scored-task.ts";
import { parquetCases } from "../../steps/3-data/sql/parquet-cases.ts";
import { CASES, PROFILE, type ScoredQuery, scoredScript } from "../../steps/3-data/sql/scored-script.ts";
import { scriptText } from "../../steps/3-data/sql/script.ts";
import { SQL_DIALECTS, type SqlDialect } from "../../steps/3-data/sql/sql-dialect.ts";
import { scoredTable, scoredTaskQuery } from "../../steps/3-data/sql/task-tables.ts";
import type { Design } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { resultVersion } from "../code-version.ts";
import { makeFolder } from "../make-folder.ts";
import { ownFolder } from "../own-folder.ts";
import { cacheFolder, cacheLimit, projectRoot } from "../project-folder.ts";
import { createDiskStore } from "../result-store.ts";
import { openPlan, readDesign } from "../run-design.ts";
import { declaredQuery } from "./declared-query.ts";
import { writeParquet } from "./write-parquet.ts";

export interface ScriptRequest {
  /** The note's file. */
  readonly path: string;
  readonly dialect: SqlDialect["name"];
  /** Where the engine finds the rows, in place of the note's path. */
  readonly from?: string;
  /** A folder into which the checked rows are written, for the text to read. */
  readonly tables?: string;
  /** Where the text writes the cases as Parquet. */
  readonly out?: string;
}

/** The text. Throws a `FailureError` for a note without declared data, and for a source that no engine reads as we do. */
export async function noteScript({ path, dialect: name, from, tables, out }: ScriptRequest): Promise<string> {
  const design = readDesign(path);
  const dialect = SQL_DIALECTS[name];
  try {
    const query =
      tables === undefined ? inPlace(design, path, dialect, from) : await inTables(design, path, dialect, tables);
    const run = name === "spark" ? "spark-sql -f FILE" : "duckdb -f FILE";
    const heading = [
      `${design.front.title}: step 3 of the note as SQL for ${name}. Run it with: ${run}`,
      "Made by heptad sql of the declarations that heptad run computes; the rows are the same to the last bit.",
    ];
    const last = [...(out === undefined ? [] : [dialect.write(CASES, out)]), `SELECT * FROM ${PROFILE} ORDER BY line`];
    const text = scriptText(heading, scoredScript(query, dialect), last);
    return text.replace("\n\n", `\n${dialect.utc};\n\n`);
  } catch (error) {
    throw error instanceof FailureError ? new FailureError(inNote(error.failure, design)) : error;
  }
}

function inPlace(design: Design, path: string, dialect: SqlDialect, from: string | undefined): ScoredQuery {
  const { inPlace: cases } = declaredQuery(design, path);
  const where = from ?? (typeof cases?.table.path === "string" ? cases.table.path : undefined);
  if (cases !== undefined && where !== undefined) return unwrap(parquetCases(cases, where, dialect));
  throw new FailureError({
    code: "no-table",
    message: cases === undefined ? "the note's data are simulated, and lie nowhere" : "the note names several files",
    where: "section 3, source",
    fix:
      cases === undefined
        ? "write them as Parquet first: `--tables FOLDER`"
        : "name the folder or pattern that the engine reads: `--from PATH`",
  });
}

async function inTables(design: Design, path: string, dialect: SqlDialect, folder: string): Promise<ScoredQuery> {
  const declared = declaredQuery(design, path);
  const root = projectRoot(path);
  const { plan, environment, seed, close } = await openPlan({ path });
  try {
    ownFolder(root, ".heptad");
    const at = plan.stages.findIndex((stage) => stage.name === declared.task);
    const outcomes = await runPipeline(plan.stages.slice(0, at + 1), {
      environment,
      store: createDiskStore(cacheFolder(root), { limitBytes: cacheLimit(root) }),
      seed,
      codeVersion: resultVersion(),
    });
    const stored = outcomes.at(-1)?.result;
    if (stored === undefined) throw new Error("the task was not read");
    const task = scoredTaskFromStored(stored);
    makeFolder(folder);
    const file = resolve(folder, "cases.parquet");
    await writeParquet(environment.sql, scoredTable(task), file);
    return scoredTaskQuery(task, declared, `SELECT * FROM ${dialect.parquet(file)}`);
  } finally {
    await close();
  }
}
