/** The SQL of a note: over its Parquet where it lies, or over the rows that our reader has checked and written as Parquet. */

import { resolve } from "node:path";
import { FailureError, unwrap } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import type { Table } from "../../core/table.ts";
import type { DeclaredCases, DeclaredRanking } from "../../kinds/kind.ts";
import { inNote } from "../../kinds/plan-run.ts";
import { rankedTaskFromStored } from "../../steps/3-data/ranked-task.ts";
import { scoredTaskFromStored } from "../../steps/3-data/scored-task.ts";
import { parquetCases } from "../../steps/3-data/sql/parquet-cases.ts";
import { rankedScript } from "../../steps/3-data/sql/ranked-script.ts";
import { rankedTables, rankedTaskQuery } from "../../steps/3-data/sql/ranked-tables.ts";
import { CASES, PROFILE, type ScoredQuery, scoredScript } from "../../steps/3-data/sql/scored-script.ts";
import { type Statement, scriptText } from "../../steps/3-data/sql/script.ts";
import { SQL_DIALECTS, type SqlDialect } from "../../steps/3-data/sql/sql-dialect.ts";
import { scoredTable, scoredTaskQuery } from "../../steps/3-data/sql/task-tables.ts";
import { rankedPairs } from "../../steps/4-model/train/ranked-pairs.ts";
import { RANKING_STAGE } from "../../steps/4-model/train/ranking-stage.ts";
import { runPipeline } from "../../system/pipeline.ts";
import type { Stage, StageContext } from "../../system/stage.ts";
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
  /** Whether the first stage of a note that ranks is run here, and what it proposes written beside the rows. */
  readonly candidates?: boolean;
  /** Where the text writes the cases as Parquet. */
  readonly out?: string;
}

/** The text. Throws a `FailureError` for a note without declared data, and for a source that no engine reads as we do. */
export async function noteScript(request: ScriptRequest): Promise<string> {
  const { path, dialect: name, tables, out } = request;
  const design = readDesign(path);
  const dialect = SQL_DIALECTS[name];
  try {
    const declared = declaredQuery(design, path);
    const statements =
      declared.form === "ranked"
        ? await ranking(declared, request, dialect)
        : scoredScript(
            tables === undefined
              ? inPlace(declared, dialect, request)
              : await inTables(declared, dialect, { ...request, tables }),
            dialect,
          );
    const run = name === "spark" ? "spark-sql -f FILE" : "duckdb -f FILE";
    const heading = [
      `${design.front.title}: step 3 of the note as SQL for ${name}. Run it with: ${run}`,
      "Made by heptad sql of the declarations that heptad run computes; the rows are the same to the last bit.",
    ];
    const last = [...(out === undefined ? [] : [dialect.write(CASES, out)]), `SELECT * FROM ${PROFILE} ORDER BY line`];
    return scriptText(heading, statements, last, dialect, resolve(tables ?? "", "kept"));
  } catch (error) {
    throw error instanceof FailureError ? new FailureError(inNote(error.failure, design)) : error;
  }
}

function inPlace(
  { inPlace: cases }: DeclaredCases,
  dialect: SqlDialect,
  { from, candidates }: Pick<ScriptRequest, "from" | "candidates">,
): ScoredQuery {
  refuseCandidates(candidates);
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

async function inTables(
  declared: DeclaredCases,
  dialect: SqlDialect,
  { path, tables, candidates }: ScriptRequest & { readonly tables: string },
): Promise<ScoredQuery> {
  refuseCandidates(candidates);
  return await withResults(path, [declared.task], async ({ input }, write) => {
    const task = scoredTaskFromStored(await input(declared.task));
    const file = await write("cases", scoredTable(task), tables);
    return scoredTaskQuery(task, declared, `SELECT * FROM ${dialect.parquet(file)}`);
  });
}

/** Events, and what is known of those they are about, always as files of ours: their order and their names are part of what is declared. */
async function ranking(
  { task: name, declared, ranker }: DeclaredRanking,
  { path, tables, candidates = false }: ScriptRequest,
  dialect: SqlDialect,
): Promise<readonly Statement[]> {
  if (tables === undefined)
    throw new FailureError({
      code: "no-table",
      message:
        "events that are ranked are in an order, and name things that lie in several files: no engine reads them as we do",
      where: "section 3, source",
      fix: "write the rows that we have checked as Parquet: `--tables FOLDER`",
    });
  if (candidates && ranker === undefined)
    throw new FailureError({
      code: "no-ranker",
      message: "the note has no ranking stage, so nothing learns from what its first stage proposes",
      where: "--candidates",
      fix: "leave `--candidates` out",
    });
  const proposed = candidates ? ranker : undefined;
  const wanted = [name, ...(proposed === undefined ? [] : [RANKING_STAGE])];
  return await withResults(path, wanted, async ({ input, seed }, write) => {
    const task = rankedTaskFromStored(await input(name));
    const files = new Map<string, string>();
    for (const [view, table] of rankedTables(task)) files.set(view, await write(view, table, tables));
    const query = rankedTaskQuery(
      task,
      declared,
      (view) => `SELECT * FROM ${dialect.parquet(files.get(view) ?? view)}`,
    );
    if (proposed === undefined) return rankedScript(query, dialect);
    const pairs = await rankedPairs({ sources: proposed.sources, folds: declared.folds }, task.words, {
      input,
      random: createRandom(seed, RANKING_STAGE),
    });
    const file = await write("heptad_candidates", pairs, tables);
    return rankedScript({ ...query, candidates: `SELECT * FROM ${dialect.parquet(file)}` }, dialect);
  });
}

function refuseCandidates(candidates = false): void {
  if (!candidates) return;
  throw new FailureError({
    code: "nothing-proposed",
    message: "the note has no first stage that proposes anything: its cases are all there are",
    where: "--candidates",
    fix: "leave `--candidates` out",
  });
}

/** Makes, or finds kept, the results that are wanted and those that they need; of the ranking stage only what it needs. */
async function withResults<Result>(
  path: string,
  wanted: readonly string[],
  use: (
    results: { readonly input: StageContext["input"]; readonly seed: number },
    write: (name: string, table: Table, folder: string) => Promise<string>,
  ) => Promise<Result>,
): Promise<Result> {
  const root = projectRoot(path);
  const { plan, environment, seed, close } = await openPlan({ path });
  try {
    ownFolder(root, ".heptad");
    const needed = neededFor(plan.stages, wanted);
    const outcomes = await runPipeline(
      plan.stages.filter(({ name }) => name !== RANKING_STAGE && needed.has(name)),
      {
        environment,
        store: createDiskStore(cacheFolder(root), { limitBytes: cacheLimit(root) }),
        seed,
        codeVersion: resultVersion(),
      },
    );
    const results = new Map(outcomes.map(({ stage, result }) => [stage.name, result]));
    const input: StageContext["input"] = async (name) => {
      const result = results.get(name);
      if (result === undefined) throw new Error(`${name} was not made`);
      return result;
    };
    return await use({ input, seed }, async (name, table, folder) => {
      makeFolder(folder);
      const file = resolve(folder, `${name}.parquet`);
      await writeParquet(environment.sql, table, file);
      return file;
    });
  } finally {
    await close();
  }
}

/** The names of the stages and of all that lead to them. */
function neededFor(stages: readonly Stage[], names: readonly string[]): ReadonlySet<string> {
  const needed = new Set(names);
  for (const { name, inputs } of stages.toReversed()) {
    if (needed.has(name)) for (const one of inputs) needed.add(one);
  }
  return needed;
}
