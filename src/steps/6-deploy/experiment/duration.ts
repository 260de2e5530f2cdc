/** How many days an experiment runs until every arm has its units. */

import type { Outcome } from "../../../core/outcome.ts";
import { wholeAbove } from "../../../core/whole.ts";
import { positive, share, whenAll, wholeNumber } from "./plan-input.ts";

/** What fills the arms, and how fast. */
export interface DurationPlan {
  /** Units each arm needs. */
  readonly perArm: number;
  /** New units a day. Where units come back, later days bring fewer new ones, and this is a lower bound on the days. */
  readonly unitsPerDay: number;
  /** Share of the traffic in the experiment, 1 by default. */
  readonly traffic?: number;
  /** Number of arms, the control among them; 2 by default. */
  readonly arms?: number;
  /** Share of the experiment's traffic that the smallest arm gets; 1 / arms by default. */
  readonly smallestShare?: number;
  /** Units over all arms; `perArm` over the smallest share by default. */
  readonly total?: number;
}

/** How long it takes. */
export interface Duration {
  /** Days, rounded up. */
  readonly days: number;
  /** The same rounded up to whole weeks, so that every weekday counts equally often. */
  readonly wholeWeeks: number;
  /** Units over all arms. */
  readonly total: number;
}

/** Days until the smallest arm is full. */
export function experimentDuration(plan: DurationPlan): Outcome<Duration> {
  const { perArm, unitsPerDay, traffic = 1, arms = 2, smallestShare = 1 / arms } = plan;
  return whenAll(
    [
      positive("units per arm", perArm),
      positive("units per day", unitsPerDay),
      share("traffic", traffic),
      wholeNumber("arms", arms, 2),
      share("smallest share", smallestShare),
      { name: "smallest share", value: smallestShare, holds: smallestShare <= 1 / arms, must: `be at most 1/${arms}` },
    ],
    () => {
      const total = plan.total ?? wholeAbove(wholeAbove(perArm) / smallestShare);
      const days = wholeAbove(total / (unitsPerDay * traffic));
      return { days, wholeWeeks: 7 * Math.ceil(days / 7), total };
    },
  );
}
