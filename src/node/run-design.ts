/** Runs a design from its file: environment, cache, stages, and the folder with the record and the reports. */

import { createHash } from "node:crypto";
import { dirname, isAbsolute, join } from "node:path";
import type { StepNumber } from "../core/figure.ts";
import { FailureError, unwrap } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import type { Kind, RunPlan } from "../kinds/kind.ts";
import { inNote, planRun } from "../kinds/plan-run.ts";
import { findKind } from "../kinds/registry.ts";
import type { RunLoad } from "../kinds/run-load.ts";
import { factsOf } from "../note/diff-designs.ts";
import { refusePlainNote } from "../note/plain-note.ts";
import { runContextOf } from "../note/run-context.ts";
import { type ReportSection, reportSections } from "../report/sections.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import type { Review } from "../review/review.ts";
import { type Design, parseDesign, placeOf } from "../steps/design.ts";
import type { Environment, Progress } from "../system/environment.ts";
import type { Machine } from "../system/need.ts";
import { runPipeline, type StageOutcome } from "../system/pipeline.ts";
import { createRunRecord, type RunRecord } from "../system/run-record.ts";
import type { Stage } from "../system/stage.ts";
import { secondsBehind } from "../system/time-left.ts";
import { codeVersion, programVersion, resultVersion } from "./code-version.ts";
import { recordedData } from "./data-fingerprint.ts";
import { onEngine } from "./on-engine.ts";
import { ownFolder, ownRunsFolder, refuseLinkOut } from "./own-folder.ts";
import { cacheFolder, cacheLimit, projectRoot } from "./project-folder.ts";
import { pathFromHere } from "./project-path.ts";
import { readTextFile } from "./read-text-file.ts";
import { createDiskStore } from "./result-store.ts";
import { openEnvironment, processorSeconds } from "./run-environment.ts";
import { writeRunFolder } from "./run-folder.ts";
import { declaredQuery } from "./sql/declared-query.ts";
import { keepStageMarks, markOf } from "./stage-marks.ts";
import { keepStageSeconds, readStageSeconds } from "./stage-seconds.ts";
import { takenLoad } from "./taken-load.ts";

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
  /** What computes the declared features, and counts which items go together, in place of this machine. */
  readonly engine?: EngineRequest;
  readonly progress?: Progress;
  /** Before the first stage that reads files: what they hold and what the run takes of this machine. Not called where all of it is kept. */
  readonly onLoad?: (load: RunLoad, machine: Machine) => void;
  /** A stage begins; `seconds` is how long it took when it last ran here, `behind` what those after it took that will run too. */
  readonly onStart?: (stage: Stage, seconds: number | undefined, behind: number | undefined) => void;
  readonly onStage?: (outcome: StageOutcome) => void;
  readonly isCancelled?: () => boolean;
  /** Told of a kept result that is not what was written; it is made anew. */
  readonly onDamage?: (message: string) => void;
  /** The review whose findings and waivers the report shows; none where it is left out. */
  readonly review?: (design: Design) => Pick<Review, "findings" | "waived">;
}

/** An engine elsewhere. */
export interface EngineRequest {
  readonly name: "spark";
  readonly url: string;
  /** A folder that both see under one path; a folder of the project where absent. */
  readonly exchange?: string;
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
  const kind = kindOf(design);
  const root = projectRoot(request.path);
  const seed = seedOf(design, request);
  // Before hours of work, not after them: what cannot be written, and settings with a mistake, are said now.
  const reviewed = request.review?.(design);
  ownFolder(root, ".heptad");
  ownRunsFolder(root, request.path);
  const { plan, environment, close } = await openPlan(request);
  try {
    const before = readStageSeconds(root);
    const began = new Set<string>();
    let isLoadSaid = false;
    const [workedBefore, heldBefore] = [processorSeconds(), environment.peakMemory()];
    const sayLoad = ({ data }: Stage): void => {
      if (isLoadSaid || data.fingerprint === "" || plan.load === undefined || environment.machine === undefined) return;
      isLoadSaid = true;
      request.onLoad?.(plan.load, environment.machine);
    };
    const outcomes = await runPipeline(plan.stages, {
      environment,
      store: createDiskStore(cacheFolder(root), { limitBytes: cacheLimit(root), onDamage: request.onDamage }),
      seed,
      codeVersion: resultVersion(),
      from: request.from,
      onStart: (stage) => {
        sayLoad(stage);
        began.add(stage.name);
        const behind = secondsBehind(plan.stages, stage.name, began, before, request.from);
        request.onStart?.(stage, before.get(stage.name), behind);
      },
      onStage: request.onStage,
      isCancelled: request.isCancelled,
    });
    keepStageSeconds(root, outcomes);
    keepStageMarks(
      root,
      request.path,
      plan.stages.map((stage) => [stage.name, markOf(stage, seed, resultVersion())]),
    );
    const record = createRunRecord(
      {
        design: pathFromHere(request.path),
        title: design.front.title,
        kind: kind.name,
        seed,
        version: `${programVersion()}+${codeVersion()}`,
        data: recordedData(plan.data, kind.name, seed),
        ...(plan.files === undefined ? {} : { files: describeFiles(filesOf(plan.files, outcomes)) }),
        ...takenLoad(plan.load, outcomes, processorSeconds() - workedBefore, heldBefore),
        findings: reviewed?.findings ?? [],
        waived: reviewed?.waived ?? [],
        context: runContextOf(design),
        facts: Object.fromEntries(factsOf(design)),
      },
      outcomes,
      summarizeBy(kind.questions),
    );
    return await writeRun(record, outcomes, root, request.path, filesOf(plan.files, outcomes));
  } catch (error) {
    // What only the data could tell is said at its place in the note too.
    throw error instanceof FailureError ? new FailureError(inNote(error.failure, design)) : error;
  } finally {
    await close();
  }
}

/** A run that is planned and not begun: its stages, and what they would run in. */
export interface OpenPlan {
  readonly plan: RunPlan;
  readonly environment: Environment;
  readonly seed: number;
  close(): Promise<void>;
}

/** Plans a run of a note. Throws a `FailureError` for anything the user can mend. */
export async function openPlan(request: RunRequest): Promise<OpenPlan> {
  const design = readDesign(request.path, request.text);
  const kind = kindOf(design);
  const { engine, path } = request;
  const { environment, close } = await openEnvironment(
    request,
    engine === undefined
      ? undefined
      : async (sql) => {
          const { openSparkEngine } = await import("./spark/spark-engine.ts");
          const isOwn = engine.exchange === undefined;
          const exchange = engine.exchange ?? join(projectRoot(path), ".heptad", "engine");
          return await openSparkEngine({ url: engine.url, exchange, isOwn, sql });
        },
  );
  try {
    const plan = unwrap(
      await planRun(kind, {
        design,
        dataPath: request.dataPath,
        resolve: (path) => (isAbsolute(path) ? path : join(dirname(request.path), path)),
        files: environment.files,
        sql: environment.sql,
        machine: environment.machine,
      }),
    );
    const { stages } = plan;
    return {
      plan:
        engine === undefined ? plan : { ...plan, stages: onEngine(stages, () => declaredQuery(design, path), "Spark") },
      environment,
      seed: seedOf(design, request),
      close,
    };
  } catch (error) {
    await close();
    throw error instanceof FailureError ? new FailureError(inNote(error.failure, design)) : error;
  }
}

function kindOf(design: Design): Kind {
  const kind = findKind(design.front.system);
  if (kind.ok) return kind.value;
  throw new FailureError({ ...kind.failure, at: placeOf(design, "0.system").value });
}

function seedOf(design: Design, request: RunRequest): number {
  return request.seed ?? design.evaluate.seed ?? DEFAULT_SEED;
}

/** The design of a file; a `FailureError` with the first error of format and the number of all of them. */
export function readDesign(path: string, text?: string): Design {
  const source = text ?? readNote(path);
  const { design, findings } = parseDesign(source, pathFromHere(path));
  refusePlainNote({ text: source, file: path }, design);
  const [first] = findings;
  if (design !== undefined && first === undefined) return design;
  const others = findings.length - 1;
  throw new FailureError({
    code: first?.name ?? "not-a-design",
    message: `${first?.message ?? "the note cannot be read"}${others > 0 ? ` (and ${others} more: heptad check ${shellWord(path)})` : ""}`,
    at: first?.at,
    where: path,
    fix: first?.fix,
  });
}

function readNote(path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== "no-such-file") throw error;
    throw new FailureError({
      code: "no-such-note",
      message: `there is no file ${path}`,
      fix: "give the path of a design, such as designs/movie-recommendations.md",
    });
  }
}

type RunFiles = Readonly<Record<string, Uint8Array>>;

/** The columns of bytes that the named stage left; none where no stage is named. */
function filesOf(stage: string | undefined, outcomes: readonly StageOutcome[]): RunFiles {
  const arrays = outcomes.find((one) => one.stage.name === stage)?.result.arrays ?? {};
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, column]) => (column instanceof Uint8Array ? [[name, column]] : [])),
  );
}

function describeFiles(files: RunFiles): RunRecord["files"] {
  return Object.entries(files).map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
}

async function writeRun(
  record: RunRecord,
  outcomes: readonly StageOutcome[],
  root: string,
  path: string,
  files: RunFiles,
): Promise<FinishedRun> {
  const charts = outcomes.flatMap(({ stage, result }) => result.charts.map((chart) => ({ step: stage.step, chart })));
  const sections = reportSections(record, charts);
  const id = createHash("sha256")
    // What is said of the figures depends on the note's own numbers too, which no stage may have read.
    .update(
      [
        ...record.steps.map(({ key }) => key),
        JSON.stringify([record.findings, record.waived]),
        JSON.stringify([record.context, record.facts ?? {}]),
      ].join("\n"),
    )
    .digest("hex")
    .slice(0, 12);
  const folder = join(ownRunsFolder(root, path), id);
  refuseLinkOut(join(root, "runs"), folder);
  const isKnown = outcomes.every(({ cached }) => cached);
  await writeRunFolder(folder, { record, sections, files }, isKnown);
  return { record, sections, outcomes, folder };
}
