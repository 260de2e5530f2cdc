/** Decisions about payments by rules alone, as a service gives them, and what tests tell them. */

import { DAY } from "../src/core/day.ts";
import { unwrap } from "../src/core/outcome.ts";
import { openDecisionEndpoints } from "../src/kinds/fraud-detection/decision-endpoints.ts";
import { openNamedDecider } from "../src/kinds/fraud-detection/named-decider.ts";
import { createPaymentDecider, type RestorableDecider } from "../src/kinds/fraud-detection/payment-decision.ts";
import { openRetelling } from "../src/kinds/fraud-detection/payment-retelling.ts";
import type { FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";
import { openRules } from "../src/steps/4-model/models/rule-list.ts";
import { type ServedSystem, unhurried } from "../src/system/served-system.ts";
import { countingSystem } from "./counting-system.ts";

const rest = { window: DAY, delay: 60, smoothing: 0 };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...rest, name: "spent", entity: ["customer"], aggregate: { kind: "sum", measure: "amount" } },
  { ...rest, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" } },
];
const RULES = unwrap(openRules({ format: "heptad rule list", version: 1, rules: ["spent > 900"] }, ["spent", "risk"]));

export interface Told {
  readonly path: string;
  readonly body: unknown;
  readonly arrived: number;
}

/** `decided` says how many payments were decided here, told ones not among them. */
export function openDecisions() {
  const decider = createPaymentDecider({ declarations: DECLARED, rules: RULES, model: undefined });
  let decided = 0;
  const counting: RestorableDecider = {
    ...decider,
    decide(payment, arrived) {
      decided++;
      return decider.decide(payment, arrived);
    },
  };
  const example = { id: "x", time: 0, customer: 1, terminal: 1, amount: 1 };
  const { endpoints } = openDecisionEndpoints(openNamedDecider(counting, undefined), RULES, "decide", example);
  const { save, restore } = openNamedDecider(decider, undefined);
  const system: ServedSystem = { ...countingSystem(), endpoints, retelling: openRetelling(decider), save, restore };
  return { decider, system, decided: () => decided };
}

export function answer(system: ServedSystem, { path, body, arrived }: Told): unknown {
  return system.endpoints.find((one) => one.path === path)?.answer(body, unhurried(Number.NaN, -1, { arrived }));
}
