/** A replayed rollout: all that there is to tell of it. */

import type { Outcome } from "../../../core/outcome.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { DecisionLatency } from "./decision-latency.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import type { Drill } from "./rollout-drill.ts";
import type { RolloutFacts } from "./rollout-facts.ts";
import type { RolloutToll } from "./rollout-toll.ts";
import type { RolloutOutcome, RolloutPlan } from "./run-rollout.ts";
import type { ShadowComparison } from "./shadow-comparison.ts";

/** How far one sample of scores is from another, and how far chance alone takes it 19 times in 20. */
export type ScoreDrift = (
  reference: Float64Array,
  current: Float64Array,
) => Outcome<{ readonly value: number; readonly noise: { readonly percentile95: number } }>;

/** All that there is to tell. */
export interface ReplayedRollout {
  readonly facts: RolloutFacts;
  readonly plan: RolloutPlan;
  readonly subjects: { readonly candidate: string; readonly champion: string };
  readonly words: ScoredWords;
  readonly reviewCost: number;
  readonly cases: RolloutCases;
  readonly decisions: CandidateDecisions;
  /** Of the candidate, one a case. */
  readonly scores: Float64Array;
  readonly testScores: Float64Array;
  readonly drift: ScoreDrift;
  readonly latency: DecisionLatency;
  readonly outcome: RolloutOutcome;
  readonly toll: RolloutToll;
  readonly drills: readonly Drill[];
}

/** With the shadow step looked at, where there is one. */
export type RolloutStory = ReplayedRollout & { readonly shadow: ShadowOutcome | undefined };

export interface ShadowOutcome extends ShadowComparison {
  readonly drift: { readonly value: number; readonly noise: number } | undefined;
}
