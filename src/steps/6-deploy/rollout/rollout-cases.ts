/** Cases of a rollout and what was decided about them: one entry each, in the order of time. */

/** What happened, and what the champion, which runs today, decides. `declined` stands for whatever a suspicious case meets: a review or a refusal. */
export interface RolloutCases {
  /** Seconds since 1970, ascending. */
  readonly time: Float64Array;
  /** Whole numbers below `units`. */
  readonly unit: Int32Array;
  readonly amount: Float64Array;
  /** 1 where it was positive: known `delay` seconds after the case, not before. */
  readonly positive: Uint8Array;
  /** 1 where the champion declines. */
  readonly declined: Uint8Array;
  readonly units: number;
  readonly delay: number;
}

/** What the candidate decides about the same cases. Where it fails, the champion answers. */
export interface CandidateDecisions {
  readonly declined: Uint8Array;
  readonly failed: Uint8Array;
}
