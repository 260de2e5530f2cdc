/** Payments of a rollout and what was decided about them: one entry each, in the order of time. */

/** What happened, and what the champion, which runs today, decides. `declined` stands for whatever a suspicious payment meets: a review or a refusal. */
export interface RolloutPayments {
  /** Seconds since 1970, ascending. */
  readonly time: Float64Array;
  /** Whole numbers below `customers`. */
  readonly customer: Int32Array;
  readonly amount: Float64Array;
  /** 1 where it was fraud: known `delay` seconds after the payment, not before. */
  readonly fraud: Uint8Array;
  /** 1 where the champion declines. */
  readonly declined: Uint8Array;
  readonly customers: number;
  readonly delay: number;
}

/** What the candidate decides about the same payments. Where it fails, the champion answers. */
export interface CandidateDecisions {
  readonly declined: Uint8Array;
  readonly failed: Uint8Array;
}
