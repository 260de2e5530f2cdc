/** The plan that a design's section 6 describes, ready for `planExperiment`. */

import { DAY } from "../../../core/day.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Design } from "../../design.ts";
import { parseArmShares } from "./arm-shares.ts";
import { INTERFERENCES } from "./interference.ts";
import type { PlanInput } from "./sized-plan.ts";

/**
 * Facts of `experiment`, with `users.daily` for the units per day where it names none. A failure when there is no experiment, or the
 * level of its metric or the effect is missing: without them nothing can be planned.
 */
export function planOfDesign(design: Pick<Design, "clarify" | "deploy">): Outcome<PlanInput> {
  const facts = design.deploy.experiment;
  if (facts === undefined || facts.skip !== undefined)
    return fail({
      code: "missing-fact",
      message: facts?.skip === undefined ? "section 6 has no experiment" : `there is no experiment: ${facts.skip}`,
      where: "6.experiment",
      fix: "write one in section 6: `experiment: { unit: …, metric: …, baseline: 4%, effect: 2% relative }`",
    });
  const { baseline, mean, deviation, effect } = facts;
  if (effect === undefined) return missing("effect", "the smallest effect worth finding is missing");
  const metric =
    baseline !== undefined
      ? { baseline: baseline.value }
      : mean !== undefined && deviation !== undefined
        ? { mean: mean.value, sd: deviation.value }
        : undefined;
  if (metric === undefined)
    return missing("baseline", "today's level is missing: `baseline` of a rate, or `mean` and `deviation`");
  const shares = facts.split === undefined ? succeed(undefined) : parseArmShares(facts.split);
  if (!shares.ok) return shares;
  const looks = facts.looks ?? 1;
  const named = facts.method?.trim().toLowerCase();
  return succeed({
    metric,
    effect: { size: effect.amount.value, kind: effect.kind },
    alpha: facts.alpha?.value,
    power: facts.power?.value,
    arms: facts.arms,
    shares: shares.value,
    traffic: facts.traffic?.value,
    unitsPerDay: facts["units-daily"]?.value ?? design.clarify.users?.daily?.value,
    unitsTotal: facts["units-total"]?.value,
    days: facts.duration === undefined ? undefined : Math.max(1, Math.floor(facts.duration.value / DAY)),
    sequential:
      named === "always-valid"
        ? { shape: "always-valid" }
        : facts.analysis === "sequential" || looks > 1
          ? { shape: named === "pocock" ? "pocock" : "obrien-fleming", looks: Math.max(looks, 2) }
          : undefined,
    interference: INTERFERENCES.find((kind) => kind === facts.interference),
    design: facts.design === "interleaving" ? undefined : facts.design,
  });
}

function missing(key: string, message: string): Outcome<never> {
  return fail({
    code: "missing-fact",
    message,
    where: `6.experiment.${key}`,
    fix: `add \`${key}\` to the experiment of section 6`,
  });
}
