/** Off-policy estimates: what a policy would earn, from the log of another one that wrote down the chance of each choice. */

import { standardNormal } from "../../../core/distribution-normal.ts";

/** One entry per logged decision. */
export interface LoggedDecisions {
  readonly reward: Float64Array;
  /** Probability of the logged action under the target policy over its probability under the logging policy. */
  readonly weight: Float64Array;
  /** How much of the whole each decision stands for, such as the chance that its place is looked at. Values are per unit of it; 1 each by default. */
  readonly size?: Float64Array;
  /** Decisions of one unit (a member) go together in the error. */
  readonly unit: Int32Array;
}

/** Rewards that a model predicts, decision by decision: of the logged action, and of what the target would do there. */
export interface RewardModel {
  readonly logged: Float64Array;
  readonly target: Float64Array;
}

/** A value per unit of size, its error by unit, and a 95 % interval by the normal law. NaN in the error below two units. */
export interface OffPolicyEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
}

/**
 * Inverse propensity scoring, Σ w r / Σ size (Horvitz and Thompson 1952): unbiased where every action of the target had a chance
 * under the logging policy, and as noisy as its largest weights.
 */
export function inversePropensity({ reward, weight, size, unit }: LoggedDecisions): OffPolicyEstimate {
  return ratioByUnit(
    reward.map((value, at) => weight[at] * value),
    size ?? onesLike(reward),
    unit,
  );
}

/** Self-normalised (Swaminathan and Joachims 2015), Σ w r / Σ w size: a bias that fades with the log, for much less noise. */
export function selfNormalized({ reward, weight, size, unit }: LoggedDecisions): OffPolicyEstimate {
  return ratioByUnit(
    reward.map((value, at) => weight[at] * value),
    size === undefined ? weight : weight.map((value, at) => value * size[at]),
    unit,
  );
}

/**
 * Doubly robust (Dudík, Langford and Li 2011): the model's value of the target, corrected by the weighted errors of the model on the
 * log. Right where either the propensities or the model are; the better the model, the less noise.
 */
export function doublyRobust(
  { reward, weight, size, unit }: LoggedDecisions,
  { logged, target }: RewardModel,
): OffPolicyEstimate {
  return ratioByUnit(
    reward.map((value, at) => target[at] + weight[at] * (value - logged[at])),
    size ?? onesLike(reward),
    unit,
  );
}

/** How many decisions of weight 1 the log is worth (Kish 1965): (Σ w)² / Σ w². 0 where no logged action is one of the target's. */
export function effectiveSampleSize(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}

function onesLike(values: Float64Array): Float64Array {
  return new Float64Array(values.length).fill(1);
}

/** A ratio of sums with the linearised error over units: sqrt(U / (U - 1) Σ_u (a_u - ratio b_u)²) / Σ b. */
function ratioByUnit(numerator: Float64Array, denominator: Float64Array, unit: Int32Array): OffPolicyEstimate {
  const totals = new Map<number, { a: number; b: number }>();
  let a = 0;
  let b = 0;
  for (let at = 0; at < unit.length; at++) {
    const total = totals.get(unit[at]) ?? { a: 0, b: 0 };
    total.a += numerator[at];
    total.b += denominator[at];
    totals.set(unit[at], total);
    a += numerator[at];
    b += denominator[at];
  }
  const value = a / b;
  let squares = 0;
  for (const total of totals.values()) squares += (total.a - value * total.b) ** 2;
  const units = totals.size;
  const standardError = units < 2 ? Number.NaN : Math.sqrt((units / (units - 1)) * squares) / Math.abs(b);
  const reach = standardNormal.upperQuantile(0.025) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}
