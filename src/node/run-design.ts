/** Runs a design from its file: environment, cache, stages, and the folder with the record and the reports. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import { FailureError, unwrap } from "../core/outcome.ts";
import { findKind } from "../kinds/registry.ts";
import { renderMarkdown } from "../report/markdown.ts";
import { type ReportSection, reportSections } from "../report/sections.ts";
import { type Design, parseDesign, placeOf } from "../steps/design.ts";
import type { Environment, Progress } from "../system/environment.ts";
import { runPipeline, type StageOutcome } from "../system/pipeline.ts";
import { createRunRecord, type RunRecord } from "../system/run-record.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { codeVersion, programVersion } from "./code-version.ts";
import { type Duckdb, openDuckdb } from "./duckdb.ts";
import { createInputFiles } from "./input-files.ts";
import { createKernelPool, defaultThreads, type NodeKernelPool } from "./kernel-pool.ts";
import { createDiskStore } from "./result-store.ts";

export interface RunRequest {
  /** The note's file. */
  readonly path: string;
  /** The note's text, where it is not what the file holds (a sweep's variant). */
  readonly text?: string;
  readonly dataPath?: string;
  readonly from?: StepNumber;
  /** In place of the note's own; 7 where neither says. */
  readonly seed?: number;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly onStage?: (outcome: StageOutcome) => void;
  readonly isCancelled?: () => boolean;
  /** Findings of the review, shown in the report. */
  readonly review?: (design: Design) => readonly Finding[];
}

export interface FinishedRun {
  readonly record: RunRecord;
  readonly sections: readonly ReportSection[];
  readonly outcomes: readonly StageOutcome[];
  /** Where run.json, report.html and report.md stand. */
  readonly folder: string;
}

const DEFAULT_SEED = 7;

/** Throws a `FailureError` for anything the user can mend, and `RunCancelled` when asked to stop. */
export async function runDesign(request: RunRequest): Promise<FinishedRun> {
  const design = readDesign(request.path, request.text);
  const kind = findKind(design.front.system);
  if (!kind.ok) throw new FailureError({ ...kind.failure, at: placeOf(design, "0.system").value });
  const root = projectRoot(request.path);
  const seed = request.seed ?? design.evaluate.seed ?? DEFAULT_SEED;
  const { environment, close } = await openEnvironment(request);
  try {
    const plan = unwrap(
      await kind.value.plan({
        design,
        dataPath: request.dataPath,
        resolve: (path) => (isAbsolute(path) ? path : join(dirname(request.path), path)),
        files: environment.files,
        sql: environment.sql,
      }),
    );
    const outcomes = await runPipeline(plan.stages, {
      environment,
      store: createDiskStore(join(root, ".heptad", "cache")),
      seed,
      codeVersion: codeVersion(),
      from: request.from,
      onStage: request.onStage,
      isCancelled: request.isCancelled,
    });
    const record = createRunRecord(
      {
        design: relative(process.cwd(), request.path) || request.path,
        title: design.front.title,
        kind: kind.value.name,
        seed,
        version: `${programVersion()}+${codeVersion()}`,
        data: plan.data,
        findings: request.review?.(design) ?? [],
      },
      outcomes,
    );
    return await writeRun(record, outcomes, root, request.path);
  } finally {
    await close();
  }
}

/** The design of a file; a `FailureError` with the first error of format and the number of all of them. */
export function readDesign(path: string, text?: string): Design {
  const source = text ?? readNote(path);
  const { design, findings } = parseDesign(source, relative(process.cwd(), path) || path);
  const [first] = findings;
  if (design !== undefined && first === undefined) return design;
  const others = findings.length - 1;
  throw new FailureError({
    code: first?.name ?? "not-a-design",
    message: `${first?.message ?? "the note cannot be read"}${others > 0 ? ` (and ${others} more: heptad check ${path})` : ""}`,
    at: first?.at,
    where: path,
    fix: first?.fix,
  });
}

function readNote(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const isFolder = error instanceof Error && "code" in error && error.code === "EISDIR";
    throw new FailureError({
      code: "no-such-note",
      message: isFolder ? `${path} is a folder, not a note` : `there is no file ${path}`,
      fix: "give the path of a design, such as designs/movie-recommendations.md",
    });
  }
}

async function openEnvironment({
  progress,
  threads,
}: RunRequest): Promise<{ environment: Environment; close: () => Promise<void> }> {
  // A run whose results are all known needs neither a database nor threads, and should not wait for them.
  let database: Promise<Duckdb> | undefined;
  let workers: NodeKernelPool | undefined;
  const sql = (): Promise<Duckdb> => {
    database ??= openDuckdb({ threads: threads ?? defaultThreads() });
    return database;
  };
  const environment: Environment = {
    sql: {
      query: async (text, parameters) => (await sql()).query(text, parameters),
      register: async (name, table) => (await sql()).register(name, table),
    },
    files: createInputFiles(),
    get pool() {
      workers ??= createKernelPool(threads);
      return workers;
    },
    progress: progress ?? (() => undefined),
    stopwatch: { now: () => performance.now() / 1000 },
    digest: async (text) => createHash("sha256").update(text).digest("hex"),
    peakMemory: () => process.resourceUsage().maxRSS * 1024,
  };
  return {
    environment,
    close: async () => {
      (await database)?.close();
      await workers?.close();
    },
  };
}

/** The folder that holds `runs/` and `.heptad/`: the note's repository, or the note's own folder. */
export function projectRoot(path: string): string {
  const start = dirname(resolve(path));
  let folder = start;
  for (;;) {
    if (existsSync(join(folder, ".git")) || existsSync(join(folder, "heptad.yaml"))) return folder;
    const parent = dirname(folder);
    if (parent === folder) return start;
    folder = parent;
  }
}

async function writeRun(
  record: RunRecord,
  outcomes: readonly StageOutcome[],
  root: string,
  path: string,
): Promise<FinishedRun> {
  const charts = outcomes.flatMap(({ stage, result }) => result.charts.map((chart) => ({ step: stage.step, chart })));
  const sections = reportSections(record, charts);
  const id = createHash("sha256")
    .update([...record.steps.map(({ key }) => key), JSON.stringify(record.findings)].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const name = path.split(/[\\/]/u).at(-1)?.replace(/\.md$/iu, "") ?? "design";
  const folder = join(root, "runs", name, id);
  const finished = { record, sections, outcomes, folder };
  const isWritten = outcomes.every(({ cached }) => cached) && existsSync(join(folder, "report.html"));
  if (isWritten) return finished;
  // Drawing needs large packages, which a run with nothing new to draw should not wait for.
  const { renderHtml } = await import("../report/html.ts");
  writeFileAtomically(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  writeFileAtomically(join(folder, "report.md"), renderMarkdown(record, sections));
  writeFileAtomically(join(folder, "report.html"), renderHtml(record, sections));
  return finished;
}
