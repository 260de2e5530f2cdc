/** An analysis as it is planned, and what it says of each arm. */

import type { AnalysisMethod } from "./compare-arms.ts";
import type { Comparison } from "./comparison.ts";
import type { BoundaryShape } from "./group-sequential.ts";
import type { ExperimentDesign, Interference } from "./interference.ts";
import type { Correction } from "./multiple-comparisons.ts";
import type { GuardrailResult } from "./non-inferiority.ts";
import type { RelativeLift } from "./relative-lift.ts";
import type { SampleRatioCheck } from "./sample-ratio.ts";

/** A reason to mistrust the result, and whether it was found. */
export interface Doubt {
  readonly name: string;
  /** True when the data or the plan show it, false when they were checked and do not, null when no data can tell. */
  readonly holds: boolean | null;
  /** Whether, when it holds, no number of the analysis can be trusted. */
  readonly fatal: boolean;
  readonly says: string;
}

/**
 * How the data may be read. `fixed`: once, at the planned end. `group-sequential`: at look `look` of `looks` equally spaced ones.
 * `always-valid`: at any time, with `tau` the size of effect it is quickest at.
 */
export type Reading =
  | { readonly kind: "fixed" }
  | { readonly kind: "group-sequential"; readonly shape: BoundaryShape; readonly look: number; readonly looks: number }
  | { readonly kind: "always-valid"; readonly tau: number };

/** A metric that must not get worse by more than a margin. */
export interface Guardrail {
  readonly metric: string;
  /** Harm that would be too much, in the metric's unit; above 0. */
  readonly margin: number;
  readonly harmful: "increase" | "decrease";
}

/** One guardrail of one treated arm. */
export interface GuardrailReading {
  readonly guardrail: Guardrail;
  readonly arm: string;
  readonly result: GuardrailResult;
}

/** All that is said of an experiment. */
export interface Analysis {
  /** As it is spoken of: a ratio with what it is divided by, `clicks per views`. */
  readonly metric: string;
  /** Name of the arm that the others are compared with. */
  readonly control: string;
  readonly sampleRatio: SampleRatioCheck;
  readonly arms: readonly ArmReading[];
  readonly guardrails: readonly GuardrailReading[];
  /** What would make the result wrong, the gravest first; `holds` says whether it was found. */
  readonly doubts: readonly Doubt[];
  /** False when a doubt that was found leaves no number to trust. */
  readonly readable: boolean;
}

/** How the experiment was meant to be read. */
export interface AnalysisPlan {
  readonly control: string;
  /** 0.05 by default; two-sided for effects, one-sided for guardrails. */
  readonly alpha?: number;
  /** Planned share of each arm by name; those without one have what the others leave, in equal parts. */
  readonly shares?: ReadonlyMap<string, number>;
  readonly reading?: Reading;
  /** For several treated arms; Holm by default. */
  readonly correction?: Correction;
  readonly guardrails?: readonly Guardrail[];
  readonly interference?: Interference;
  readonly design?: ExperimentDesign;
}

/** The primary metric of one treated arm against the control. */
export interface ArmReading {
  readonly arm: string;
  readonly control: number;
  readonly treated: number;
  readonly comparison: Comparison;
  readonly method: AnalysisMethod;
  readonly lift: RelativeLift;
  /** After the correction for several arms. */
  readonly adjustedP: number;
  /** Test and interval agree that there is an effect. */
  readonly significant: boolean;
}
