/** Which experiment is valid when one unit's treatment reaches another. */

/** How treatment spreads. `none` means that units do not affect each other. */
export type Interference =
  | "none"
  | "marketplace"
  | "shared-inventory"
  | "shared-budget"
  | "social"
  | "shared-training"
  | "carry-over";

/** Every kind, `none` first. */
export const INTERFERENCES: readonly Interference[] = [
  "none",
  "marketplace",
  "shared-inventory",
  "shared-budget",
  "social",
  "shared-training",
  "carry-over",
];

/** How units are given to arms: one by one, in time blocks, in clusters, with the budget or the training data divided. */
export type ExperimentDesign = "ab" | "switchback" | "cluster" | "budget-split" | "separate-training";

/** What a kind of interference asks for. */
export interface DesignAdvice {
  /** Valid designs, the first one preferred. */
  readonly fits: readonly ExperimentDesign[];
  /** What goes wrong in a plain test of units. Empty where it is valid. */
  readonly why: string;
  /** What has to be decided with the preferred design. */
  readonly decide: string;
}

const ADVICE: Readonly<Record<Interference, DesignAdvice>> = {
  none: {
    fits: ["ab"],
    why: "",
    decide: "which unit comes back with the same arm: a person rather than session or request",
  },
  marketplace: {
    fits: ["switchback", "cluster"],
    why: "both arms draw on the same supply: what one arm gains the other loses, and the difference counts it twice",
    decide: "blocks several times as long as an effect lingers, or whole markets as clusters",
  },
  "shared-inventory": {
    fits: ["cluster", "switchback"],
    why: "an item sold in one arm is gone in the other, so the arms compete and the difference is too large",
    decide: "clusters that share no stock, such as regions",
  },
  "shared-budget": {
    fits: ["budget-split", "cluster"],
    why: "an arm that spends faster empties the budget of both, so the other one looks worse than it is",
    decide: "each advertiser's budget split between the arms in the ratio of the traffic",
  },
  social: {
    fits: ["cluster"],
    why: "treated people change what their untreated friends see, so the control is treated in part and the difference shrinks",
    decide: "communities as clusters, with few ties between them, and their number: it is the sample size",
  },
  "shared-training": {
    fits: ["separate-training", "cluster"],
    why: "each arm's model learns from the other arm's clicks, so the arms grow alike and the difference shrinks",
    decide: "one training log per arm, and a start-up time that is not counted",
  },
  "carry-over": {
    fits: ["ab", "cluster", "budget-split", "separate-training"],
    why: "an effect that lingers is read in the blocks of the other arm, so the difference shrinks",
    decide: "no switching over time: an effect that lingers would be read in the wrong arm",
  },
};

/** The designs that the declared interference allows. */
export function designsFor(interference: Interference): DesignAdvice {
  return ADVICE[interference];
}

/** Designs whose units are groups: whole clusters, or blocks of time. */
export const GROUPED: Readonly<Partial<Record<ExperimentDesign, string>>> = {
  cluster: "a whole cluster",
  switchback: "a whole block of time in one place",
};

/** Why a test of this design (by default one of single units: `ab` by user, session or request) is not valid; undefined where it is. */
export function whyDesignFails(interference: Interference, design: ExperimentDesign): string | undefined {
  const advice = ADVICE[interference];
  return advice.fits.includes(design) || advice.why === "" ? undefined : advice.why;
}
