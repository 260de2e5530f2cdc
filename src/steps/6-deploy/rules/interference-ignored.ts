/** Finds experiments whose arms reach each other. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { domainOf } from "../../1-clarify/domain.ts";

interface Found extends Hit {
  readonly interference?: string;
  readonly unit: string;
  readonly domain?: string;
}

const SHARED = /market|social|shared|network|inventory|budget|training/iu;
const BY_PERSON = /user|member|session|request|customer|visitor|card/iu;
const INTERFERING_DOMAINS: readonly string[] = ["ads", "pricing", "dispatch", "marketplace"];

export const rule = defineRule<Found>({
  code: "HP611",
  name: "interference-ignored",
  step: 6,
  reads: ["6.experiment.interference", "6.experiment.design", "6.experiment.unit", "1.domain"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the treatment of one unit reaches another, and units are assigned one by one all the same",
  why: "if treatment takes what both arms share, control gets worse, and the difference counts the gain twice",
  fix: "assign clusters (a city, a market), switch back in blocks longer than the carry-over, or split the budget by arm; train each arm on its own logs",
  sources: ["Trustworthy Online Controlled Experiments (2020), ch. 22"],
  examples: {
    bad: { 6: "experiment: { unit: user, metric: bookings, design: ab, interference: marketplace }" },
    good: { 6: "experiment: { unit: city, metric: bookings, design: switchback, interference: marketplace }" },
  },
  check(design) {
    const { experiment } = design.deploy;
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const { interference, design: kind = "ab", unit = "" } = experiment;
    const domain = domainOf(design);
    if (interference === undefined) {
      if (!INTERFERING_DOMAINS.includes(domain ?? "")) return "not applicable";
      return [{ at: "6.experiment.interference", severity: "advice", unit, domain }];
    }
    if (!SHARED.test(interference) || kind !== "ab" || !BY_PERSON.test(unit)) return [];
    return [{ at: "6.experiment.unit", also: ["6.experiment.interference"], interference, unit }];
  },
  say: ({ interference, unit, domain }) =>
    interference === undefined
      ? {
          message: `in ${domain} units usually share a market or a budget, and nothing says whether they do here`,
          label: "no `interference` here",
          fix: "write `interference: none`, or what is shared: marketplace, social, shared-budget",
        }
      : {
          message: `each ${code(unit)} is assigned by itself, although treatment and control share a ${interference.replaceAll("-", " ")}`,
          label: "one by one",
          also: ["what both arms share"],
        },
});
