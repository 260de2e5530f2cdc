/** Finds experiments that are too small to see the effect they are made for. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, number, plural, share } from "../../../review/words.ts";
import { type PlannedExperiment, plannedExperimentOf } from "../experiment/planned-experiment.ts";

interface Found extends Hit {
  readonly plan?: PlannedExperiment;
  readonly effect: string;
  readonly kind: string;
  readonly from: string;
  /** The share of the traffic that takes part. */
  readonly traffic: number;
  /** Where the plan cannot be. */
  readonly refused?: { readonly message: string; readonly fix: string | undefined };
}

export const rule = defineRule<Found, { margin: number }>({
  code: "HP607",
  name: "experiment-underpowered",
  step: 6,
  reads: [
    "6.experiment.baseline",
    "6.experiment.mean",
    "6.experiment.deviation",
    "6.experiment.effect",
    "6.experiment.alpha",
    "6.experiment.power",
    "6.experiment.traffic",
    "6.experiment.arms",
    "6.experiment.units-daily",
    "6.experiment.units-total",
    "6.experiment.duration",
    "1.users.daily",
  ],
  severity: "error",
  consequence: "learns-nothing",
  summary: "the experiment gets fewer units than the effect needs",
  why: "a test that cannot see the effect ends with no difference, whatever the truth; and what it calls a win is mostly exaggerated",
  fix: "raise the effect, the share or the duration; take a more sensitive metric, adjust by the time before the test (CUPED), or interleave rankers",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 17–18 and 20", "Improving the Sensitivity (2013)"],
  note: "units a day times days is an upper bound where units come back: prefer `units-total`",
  settings: { margin: 1.2 },
  examples: {
    bad: {
      6: "experiment: { unit: user, metric: conversion, baseline: 5%, effect: 2% relative, alpha: 0.05, power: 0.8, traffic: 100%, units-daily: 20k, duration: 14 d }",
    },
    good: {
      6: "experiment: { unit: user, metric: conversion, baseline: 5%, effect: 6% relative, alpha: 0.05, power: 0.8, traffic: 100%, units-daily: 20k, duration: 14 d }",
    },
  },
  check(design, { margin }) {
    const { experiment } = design.deploy;
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const read = plannedExperimentOf(design);
    if ("missing" in read) return unknown(...read.missing);
    const effect = experiment.effect?.amount.text ?? "";
    const base = {
      effect,
      kind: experiment.effect?.kind ?? "relative",
      from: experiment.baseline?.text ?? experiment.mean?.text ?? "",
      traffic: experiment.traffic?.value ?? 1,
    };
    if (!read.ok) {
      const { message, fix, where = "" } = read.failure;
      const path = PATHS[where] ?? "effect";
      return [{ ...base, at: `6.experiment.${path}`, refused: { message, fix } }];
    }
    const plan = read.value;
    if (!exceeds(margin * plan.needed, plan.available)) return [];
    return [
      {
        ...base,
        at: "6.experiment.effect",
        also: ["6.experiment.duration"],
        severity: exceeds(plan.needed, plan.available) ? "error" : "warning",
        plan,
      },
    ];
  },
  say({ plan, effect, kind, from, traffic, refused }) {
    if (plan === undefined) {
      return {
        message: `this experiment cannot be planned: ${refused?.message ?? ""}`,
        label: "cannot be",
        why: "no number of units gives such a test a meaning",
        fix: refused?.fix,
      };
    }
    const { needed, available, days, daysNeeded, unitsDaily, unitsTotal, alpha, power, reachable, assumed } = plan;
    const reach =
      reachable === undefined
        ? ""
        : `, enough for ${kind === "relative" ? share(Math.abs(reachable)) : number(Math.abs(reachable))} ${kind} at best`;
    const isCapped = unitsTotal !== undefined && unitsTotal < (unitsDaily ?? Number.POSITIVE_INFINITY) * days;
    const supply = isCapped
      ? `${count(unitsTotal)} in all give `
      : unitsDaily === undefined
        ? ""
        : `${count(unitsDaily)} a day for ${count(days)} d give `;
    const assumption = assumed.length === 0 ? "" : ` (${assumed.join(", ")} assumed)`;
    return {
      message: `from ${from} a change of ${effect} ${kind} at alpha ${number(alpha)} and power ${number(power)} needs ${count(needed)} units per arm; ${supply}${count(available)}${reach}${assumption}`,
      label: `needs ${count(needed)} per arm`,
      also: [Number.isFinite(daysNeeded) ? `${plural(daysNeeded, "day")} would do` : "no number of days would do"],
      fix: `${waysOut(daysNeeded, traffic)}look for a larger effect, or take a more sensitive metric (CUPED, interleaving)`,
    };
  },
});

/** Past eight weeks people lose their cookies and change sides (HP608): no one runs a test for years. */
const MOST_DAYS = 56;

/** More traffic where there is some, more weeks where they are few; else neither is proposed. */
function waysOut(daysNeeded: number, traffic: number): string {
  if (!Number.isFinite(daysNeeded)) return "";
  const weeks = (days: number): string => `${count(7 * Math.ceil(days / 7))} d`;
  const atAll = daysNeeded * traffic;
  const ways = [
    ...(traffic < 1 && atAll <= MOST_DAYS ? [`give it all of the traffic for ${weeks(atAll)}`] : []),
    ...(daysNeeded <= MOST_DAYS ? [`run it ${weeks(daysNeeded)}`] : []),
  ];
  if (ways.length > 0) return `${ways.join(", or ")}, `;
  const even =
    traffic < 1 ? `even with all of the traffic it would take ${weeks(atAll)}` : `it would take ${weeks(daysNeeded)}`;
  return `${even}, so neither time nor traffic will do: `;
}

/** Where the note holds what the plan calls by these names. */
const PATHS: Readonly<Record<string, string>> = {
  alpha: "alpha",
  power: "power",
  traffic: "traffic",
  duration: "duration",
  split: "split",
  baseline: "baseline",
  sd: "deviation",
  units: "units-daily",
};
