/** A stage: a part of a run, described before it is executed, so that its result can be kept under the hash of all it read. */

import type { Chart } from "../core/chart.ts";
import type { Figure, StepNumber } from "../core/figure.ts";
import type { Random } from "../core/random.ts";
import type { Column } from "../core/table.ts";
import type { ClauseVerdict } from "../core/verdict.ts";
import type { Environment } from "./environment.ts";

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A sentence for the report: the step's answer, something assumed or repaired, something to beware of, or what to do next. Markdown. */
export interface Remark {
  /** `doubt` is what the figures do not yet carry. */
  readonly kind: "answer" | "assumption" | "repair" | "warning" | "next" | "doubt";
  readonly text: string;
  /** Kinds next and doubt: the smaller, the earlier it is said; 50 where it does not say. */
  readonly rank?: number;
  /** The remark in at most eight words. */
  readonly short?: string;
  /** What to type. */
  readonly command?: string;
}

/** An alert or an acceptance clause of the note, held against what was measured. */
export interface AlertOutcome {
  readonly step: StepNumber;
  /** An alert fires when its condition holds; a budget and an acceptance clause are broken when theirs does not. */
  readonly kind: "alert" | "budget" | "acceptance";
  /** What is watched: `latency p99`, `psi of item_mean_rating_90d`. */
  readonly metric: string;
  /** The condition as the note writes it. */
  readonly condition: string;
  /** The measured value in base units, or null where this run cannot measure it. */
  readonly measured: number | null;
  readonly unit: string;
  /** Whether it fires, or is broken; null where it could not be measured. */
  readonly fires: boolean | null;
  /** From the interval where there is one; what `fires` says of the point where it is left out. */
  readonly verdict?: ClauseVerdict | "broken" | "fires" | "quiet" | "not measured";
  /** 95 % interval of what was measured. */
  readonly interval?: readonly [number, number] | null;
  /** Independent units behind it: the requests of a window, members. */
  readonly n?: number | null;
  /** About how many units would settle it, if the estimate stays where it is. */
  readonly unitsToSettle?: number | null;
  readonly owner: string;
  readonly action: string;
  /** How it was measured, or why it was not. */
  readonly note: string;
}

/** What a stage leaves behind. Stored whole or not at all. */
export interface StageResult {
  /** Small structured results. */
  readonly json: Json;
  /** Named columns: typed arrays are stored raw and little-endian, texts as JSON. */
  readonly arrays: Readonly<Record<string, Column>>;
  /** What the report, the note and `--json` show of this stage. */
  readonly figures: readonly Figure[];
  readonly remarks: readonly Remark[];
  readonly charts: readonly Chart[];
  readonly alerts: readonly AlertOutcome[];
}

/** A result from its parts; what is left out is empty. */
export function stageResult(parts: Partial<StageResult>): StageResult {
  return { json: null, arrays: {}, figures: [], remarks: [], charts: [], alerts: [], ...parts };
}

/** What a stage sees while it runs: its own facts, the results it declared, and nothing else. */
export interface StageContext<Facts extends Json> {
  readonly facts: Facts;
  /** The result of a declared input; throws for one that was not declared. */
  input(name: string): Promise<StageResult>;
  readonly random: Random;
  readonly environment: Environment;
}

export interface Stage<Facts extends Json = Json> {
  /** Unique in a run and kebab-case: `data`, `split`, `train-als`, `evaluation`. */
  readonly name: string;
  readonly step: StepNumber;
  /** What a person reads while it runs: `training als`. */
  readonly title: string;
  /** Names of the earlier stages whose results it reads. */
  readonly inputs: readonly string[];
  /** All it reads of the design, as plain JSON: part of the cache key. Nothing else of the design reaches `execute`. */
  readonly facts: Facts;
  /** Fingerprint of the files it reads; empty when it reads none. */
  readonly data: string;
  execute(context: StageContext<Facts>): Promise<StageResult>;
}

/** A stage with the type of its facts closed over, so that stages of different facts stand in one list. */
export function stage<Facts extends Json>(definition: Stage<Facts>): Stage {
  const { facts } = definition;
  return { ...definition, execute: (context) => definition.execute({ ...context, facts }) };
}
