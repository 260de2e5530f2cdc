/** A stage: a part of a run, described before it is executed, so that its result can be kept under the hash of all it reads. */

import type { Chart } from "../core/chart.ts";
import type { Figure, StepNumber } from "../core/figure.ts";
import type { Random } from "../core/random.ts";
import type { Column } from "../core/table.ts";
import type { ClauseVerdict } from "../core/verdict.ts";
import type { Environment } from "./environment.ts";
import { type Plain, plainText } from "./plain-data.ts";

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
  /** About how many units would settle it at power 0.8, if the truth is the estimate. */
  readonly unitsToSettle?: number | null;
  /** Why the verdict may not be what it seems, in a sentence. */
  readonly doubt?: string;
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

/** What a stage sees while it runs besides its plan: the results it declared, and nothing else of the design. */
export interface StageContext {
  /** Where its files lie, under the names that `data.paths` gives them. */
  readonly paths: Readonly<Record<string, string>>;
  /** The result of a declared input; throws for one that was not declared. */
  input(name: string): Promise<StageResult>;
  readonly random: Random;
  readonly environment: Environment;
}

/** The files that a stage reads. What stands in them is part of its key, the folder they lie in is not. */
export interface StageData {
  /** Over the contents of all of them; empty where there are none. */
  readonly fingerprint: string;
  readonly paths: Readonly<Record<string, string>>;
}

/** Of a stage that reads no files. */
export const NO_FILES: StageData = { fingerprint: "", paths: {} };

/** What a stage does. A function of its module, never a closure: all it knows of the design stands in `plan`, which is the key. */
export type StageRun<Plan> = (plan: Plan, context: StageContext) => Promise<StageResult>;

export interface StageDefinition<Plan> {
  /** Unique in a run and kebab-case: `data`, `split`, `train-als`, `evaluation`. */
  readonly name: string;
  readonly step: StepNumber;
  /** What a person reads while it runs: `training als`. */
  readonly title: string;
  /** Names of the earlier stages whose results it reads. */
  readonly inputs: readonly string[];
  readonly data: StageData;
  /** All it reads of the design, as plain data. What is added here for nothing makes the stage run for nothing. */
  readonly plan: Plan;
  /** `tools/check-stages.ts` holds that this is a function of a module. */
  readonly run: StageRun<Plan>;
  /** The same work with what SQL can compute computed by an engine of that name; absent where the stage has nothing of the kind. */
  readonly onEngine?: (engine: string) => Stage;
}

/** A stage with the type of its plan closed over, so that stages of different plans stand in one list. */
export interface Stage {
  readonly name: string;
  readonly step: StepNumber;
  readonly title: string;
  readonly inputs: readonly string[];
  readonly data: StageData;
  /** The plan as text: equal for equal plans, and different for different ones. */
  readonly plan: string;
  execute(context: StageContext): Promise<StageResult>;
  readonly onEngine?: (engine: string) => Stage;
}

/** The stage that runs `run` on `plan`. The plan is frozen, so what is hashed is what is run; throws where it is no plain data. */
export function stage<Plan>(definition: StageDefinition<Plan> & { readonly plan: Plain<Plan> }): Stage {
  const { name, step, title, inputs, data, plan, run, onEngine } = definition;
  const text = plainText(plan, `the plan of ${name}`);
  const made: Stage = { name, step, title, inputs, data, plan: text, execute: (context) => run(plan, context) };
  return onEngine === undefined ? made : { ...made, onEngine };
}
