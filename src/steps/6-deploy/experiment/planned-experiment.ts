/** The experiment of a design as a plan: what each arm gets, what it needs, and the smallest effect it can find. */

import { DAY } from "../../../core/day.ts";
import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { wholeAbove } from "../../../core/whole.ts";
import type { Design } from "../../design.ts";
import { parseArmShares } from "./arm-shares.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "./plan-input.ts";
import { planOfDesign } from "./plan-of-design.ts";
import { reachOfPlan, sizePlan } from "./sized-plan.ts";

/** What the arms get, need and can find. */
export interface PlannedExperiment {
  /** Units each arm needs, rounded up. */
  readonly needed: number;
  /** Units the smallest arm gets. */
  readonly available: number;
  readonly days: number;
  /** Infinity where there are too few units for any number of days. */
  readonly daysNeeded: number;
  readonly unitsDaily: number | undefined;
  /** Different units that can take part at all, where the note says so. */
  readonly unitsTotal: number | undefined;
  readonly alpha: number;
  readonly power: number;
  readonly arms: number;
  readonly smallestShare: number;
  /** The smallest effect that the available units find, in the terms of the stated one; undefined where none within reach. */
  readonly reachable: number | undefined;
  /** What was assumed because the note does not say it. */
  readonly assumed: readonly string[];
}

/** A plan, a failure where a number cannot be (alpha of 1), or the paths of what is missing. */
export type PlanRead = Outcome<PlannedExperiment> | { readonly missing: readonly string[] };

/** The plan of a design as it is written, sized as `planExperiment` sizes it: split, arms and looks included. */
export function plannedExperimentOf(design: Design): PlanRead {
  const experiment = design.deploy.experiment ?? {};
  const { baseline, mean, deviation, effect, duration } = experiment;
  const stated = experiment["units-daily"]?.value;
  const daily = stated ?? design.clarify.users?.daily?.value;
  const total = experiment["units-total"]?.value;
  const missing = [
    ...(baseline === undefined && (mean === undefined || deviation === undefined) ? ["6.experiment.baseline"] : []),
    ...(effect === undefined ? ["6.experiment.effect"] : []),
    ...(daily === undefined && total === undefined ? ["6.experiment.units-daily"] : []),
    ...(duration === undefined ? ["6.experiment.duration"] : []),
  ];
  if (missing.length > 0 || effect === undefined || duration === undefined) return { missing };
  const alpha = experiment.alpha?.value ?? DEFAULT_ALPHA;
  const power = experiment.power?.value ?? DEFAULT_POWER;
  const traffic = experiment.traffic?.value ?? 1;
  const split = experiment.split === undefined ? undefined : parseArmShares(experiment.split);
  if (split?.ok === false) return fail(split.failure);
  const shares = split?.value ?? [];
  const arms = experiment.arms ?? Math.max(2, shares.length);
  const smallestShare = shares.length === 0 ? 1 / arms : Math.min(...shares);
  if (traffic <= 0) return fail(cannotBe("traffic", "0%, so nobody takes part", "give it a share above 0%"));
  if ((total ?? daily) === 0)
    return fail(cannotBe("units", "0, so nobody takes part", "give `units-daily` or `users.daily` a number"));
  if (duration.value <= 0) return fail(cannotBe("duration", "0 d", "give it a week or more"));
  const input = planOfDesign(design);
  if (!input.ok) return fail(input.failure);
  const size = sizePlan({ ...input.value, days: undefined, unitsTotal: undefined });
  if (!size.ok) return fail(size.failure);
  const days = duration.value / DAY;
  const each = traffic * smallestShare;
  const all = total ?? Number.POSITIVE_INFINITY;
  const available = Math.min(daily === undefined ? all : daily * days, all) * each;
  const needed = size.value.perArm;
  const reach = reachOfPlan(input.value, size.value, available);
  const level = effect.kind === "absolute" ? 1 : (baseline?.value ?? mean?.value ?? 0);
  const perDay = daily === undefined ? available / days : daily * each;
  return succeed({
    needed,
    available,
    days,
    daysNeeded: needed > all * each ? Number.POSITIVE_INFINITY : wholeAbove(needed / perDay),
    unitsDaily: daily,
    unitsTotal: total,
    alpha,
    power,
    arms,
    smallestShare,
    reachable: reach === undefined ? undefined : reach / Math.abs(level),
    assumed: [
      ...(experiment.alpha === undefined ? [`alpha ${DEFAULT_ALPHA}`] : []),
      ...(experiment.power === undefined ? [`power ${DEFAULT_POWER}`] : []),
      ...(stated === undefined && total === undefined ? ["`users.daily` as units a day"] : []),
    ],
  });
}

function cannotBe(where: string, what: string, fix: string): Failure {
  return { code: "bad-plan", message: `${where} is ${what}`, where, fix };
}
