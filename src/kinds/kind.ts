/** A kind of problem that can be run: a composition that turns a design into stages. */

import type { Failure, Outcome } from "../core/outcome.ts";
import type { LedgerQuestion } from "../report/summary/summarize.ts";
import type { FeatureDeclaration } from "../steps/3-data/features/feature-declaration.ts";
import type { DraftOptions } from "../steps/3-data/profile/draft-options.ts";
import type { SourceMapping } from "../steps/3-data/sources/source-mapping.ts";
import type { LateLabelPlan } from "../steps/3-data/split/late-label-split-stage.ts";
import type { ParquetCases } from "../steps/3-data/sql/parquet-cases.ts";
import type { RankedDeclarations } from "../steps/3-data/sql/ranked-tables.ts";
import type { RankingPlan } from "../steps/4-model/train/ranking-stage.ts";
import type { Design } from "../steps/design.ts";
import type { Environment, InputFiles, PictureReader, Sql } from "../system/environment.ts";
import type { Machine, Need } from "../system/need.ts";
import type { ServedSystem } from "../system/served-system.ts";
import type { Json, Stage, StageContext } from "../system/stage.ts";
import type { RunLoad } from "./run-load.ts";

/** What a plan is made from besides the design. */
export interface PlanRequest {
  readonly design: Design;
  /** Data in place of what the note names. */
  readonly dataPath?: string;
  /** Turns a path of the note, relative to it, into one that can be opened. */
  readonly resolve: (path: string) => string;
  readonly files: InputFiles;
  readonly sql: Sql;
  /** What there is to run on; what it cannot hold is refused. Not asked where absent. */
  readonly machine?: Machine;
}

export interface PlannedData {
  readonly source: string;
  /** Of the files' contents; empty where none is read. */
  readonly fingerprint: string;
  readonly simulated: boolean;
  /** What a world is made from, with the seed, where no file is read. */
  readonly world?: Json;
}

export interface RunPlan {
  readonly stages: readonly Stage[];
  /** The stage whose columns of bytes are files that others load: they are written into the run's folder under their names. */
  readonly files?: string;
  readonly data: PlannedData;
  /** What reading its files takes; absent where no file is mapped. */
  readonly load?: RunLoad;
  /** What its parts need at least, so far as it is known before anything is read. */
  readonly needs?: readonly Need[];
}

/** What a system is opened from once its run has finished. */
export interface ServeRequest {
  readonly design: Design;
  /** The result of a stage of the run, by its name. */
  readonly input: StageContext["input"];
  readonly begin: "test" | "end";
  /** It becomes a snapshot before it is asked anything, or is never asked: nothing need be remembered of the data. */
  readonly isBlank?: boolean;
  readonly environment: Pick<Environment, "pictures" | "onnx" | "pool" | "progress">;
}

/** A photo that asks, and the finished run that is asked. */
export interface PhotoQuery {
  readonly design: Design;
  /** The result of a stage of the run, by its name. */
  readonly input: StageContext["input"];
  readonly environment: Pick<Environment, "pictures" | "onnx" | "pool" | "progress">;
  /** The photo's file. */
  readonly photo: string;
  /** How many neighbours are wanted. */
  readonly top: number;
}

export interface PhotoNeighbour {
  /** 1 less the cosine of the two vectors: 0 for the same picture. */
  readonly distance: number;
  readonly label: string;
  /** The photo's file below the data, or its place in it. */
  readonly name: string;
}

export interface PhotoAnswer {
  /** Nearest first. */
  readonly neighbours: readonly PhotoNeighbour[];
  /** Photos that were searched. */
  readonly searched: number;
  /** What had to be done to the photo that asks, beyond resizing. */
  readonly repairs: readonly string[];
  readonly vector: Float32Array;
}

/** What a mapping is made from: the design, and where its paths lead. */
export type MappingRequest = Pick<PlanRequest, "design" | "resolve">;

/** What the SQL of a note is compiled from. */
export type DeclaredQuery = DeclaredCases | DeclaredRanking;

/** Of cases with a label. */
export interface DeclaredCases {
  readonly form: "scored";
  /** The stage of the run that stores the task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  readonly periods: LateLabelPlan;
  /** The rows where they lie; undefined where the source is no table. */
  readonly inPlace?: ParquetCases;
}

/** Of items to be ranked. */
export interface DeclaredRanking {
  readonly form: "ranked";
  /** The stage of the run that stores the task. */
  readonly task: string;
  readonly declared: RankedDeclarations;
  /** What is ranked; absent where the note trains no ranker on declared features. */
  readonly ranker?: RankingPlan;
}

/** Data from which a note is to be drafted. */
export interface DraftRequest extends DraftOptions {
  readonly paths: readonly string[];
  readonly files: InputFiles;
  readonly sql: Sql;
  readonly pictures: PictureReader;
}

/** A drafted note, why it is of its system, and what the data cannot answer. */
export interface Draft {
  readonly text: string;
  readonly why: string;
  readonly questions: readonly string[];
}

/** What a part of the note would need of its data, which the data is known not to say. */
export interface MissingData {
  /** Why a run is refused. */
  readonly refusal?: Failure;
  /** What a run would do for nothing. */
  readonly idle?: Failure;
}

/** The code of a refusal because a model's file is not there: it may lie on another machine. */
export const MODEL_NOT_HERE = "model-not-here";

export interface Kind {
  /** As the note's `system` names it. */
  readonly name: string;
  /** What a report of such a run answers first, in order. */
  readonly questions: readonly LedgerQuestion[];
  /** What a run reads of the note's files; undefined where nothing is mapped. Throws a `FailureError` where the facts name no source. */
  mapping?(request: MappingRequest): SourceMapping | undefined;
  /** Why a run would refuse the model's own file that the note names; undefined where it takes it, or where none is named. */
  readonly refusesModel?: (request: MappingRequest & Pick<PlanRequest, "files">) => Promise<Failure | undefined>;
  /** What the note's parts need and its data is known not to say; `dataPath` is read only with `sql`. Throws a `FailureError` where the facts name no source. */
  readonly missing?: (
    request: Omit<PlanRequest, "sql" | "machine"> & Partial<Pick<PlanRequest, "sql">>,
  ) => Promise<MissingData>;
  /** What step 3 declares, for an engine of SQL; absent where a kind has nothing of the kind. Throws a `FailureError` for bad facts. */
  readonly query?: (request: MappingRequest) => DeclaredQuery;
  /** The stages of a run, in order; a failure where the note asks for something that cannot be run. */
  plan(request: PlanRequest): Promise<Outcome<RunPlan>>;
  /** What looks like a photo; absent where a kind searches no photos. Throws a `FailureError` for a photo that cannot be read. */
  readonly findByPhoto?: (query: PhotoQuery) => Promise<PhotoAnswer>;
  /** A note from data that only this kind reads; undefined for other data. Throws a `FailureError` for such data that cannot be read. */
  readonly draft?: (request: DraftRequest) => Promise<Draft | undefined>;
  /** Metrics that its service reads from labels that arrive late, by the names that notes use. */
  readonly liveMetrics?: readonly string[];
  /** The system of a finished run, ready to answer; absent where a kind cannot be served. */
  readonly serve?: (request: ServeRequest) => Promise<Outcome<ServedSystem>>;
}
