/** A stage: one of the steps of a run, described before it is executed, so that its result can be kept under the hash of all it read. */

import type { Figure, StepNumber } from "../core/figure.ts";
import type { Random } from "../core/random.ts";
import type { Column } from "../core/table.ts";
import type { Environment } from "./environment.ts";

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a stage leaves behind: JSON, raw columns, and figures. Stored whole or not at all. */
export interface StageResult {
  /** Small structured results. */
  readonly json: Json;
  /** Named columns: typed arrays are stored raw and little-endian, texts as JSON lines. */
  readonly arrays: Readonly<Record<string, Column>>;
  /** What the report, the note and `--json` show of this stage. */
  readonly figures: readonly Figure[];
  /** Sentences for the report: repairs, assumptions, what follows from the figures. Markdown, one line each. */
  readonly remarks: readonly string[];
}

/** What a stage sees while it runs: its own facts, the results it declared, and nothing else. */
export interface StageContext<Facts> {
  readonly facts: Facts;
  /** The result of a declared input; throws for one that was not declared. */
  input(name: string): StageResult;
  readonly random: Random;
  readonly environment: Environment;
}

export interface Stage<Facts extends Json = Json> {
  /** Unique in a run and kebab-case: `data`, `split`, `candidates`, `evaluation`. */
  readonly name: string;
  readonly step: StepNumber;
  /** Names of the stages whose results it reads. */
  readonly inputs: readonly string[];
  /** All it reads of the design, as plain JSON: part of the cache key. Nothing else of the design reaches `execute`. */
  readonly facts: Facts;
  /** Fingerprint of the files it reads; empty when it reads none. */
  readonly data: string;
  execute(context: StageContext<Facts>): Promise<StageResult>;
}
