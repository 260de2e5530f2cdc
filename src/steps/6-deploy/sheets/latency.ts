/** The latency of a design: its stages' budgets added up, against the limit. */

import { formatQuantity } from "../../../core/format-quantity.ts";
import type { Quantity } from "../../../core/quantity.ts";
import type { Sheet } from "../../../estimate/sheet.ts";
import { fact, factList } from "../../../estimate/sheet-input.ts";
import { funnelOf } from "../../4-model/funnel.ts";
import type { Design } from "../../design.ts";
import { latencySum } from "../estimates/latency-sum.ts";
import { isOnline } from "../serving-mode.ts";

export const latencySheet: Sheet<Design> = {
  name: "latency",
  title: "latency budget",
  step: 6,
  cases: (design) => {
    if (!isOnline(design)) return [];
    const { clarify, deploy } = design;
    const latency = clarify.latency ?? {};
    const [percentile, limit] = (["p99", "p95", "p90", "p99.9", "p50"] as const)
      .map((one) => [one, latency[one]] as const)
      .find(([, one]) => one !== undefined) ?? ["p99" as const, undefined];
    const beside = besideSlower(design);
    const budget = Object.entries(deploy.serving?.budget ?? {}).filter(([name]) => !beside.has(name));
    const parts = budget.map(([, one]) => one);
    const limits =
      limit === undefined
        ? []
        : [
            {
              line: "total",
              atMost: limit.value,
              holds: `the budgets fit the ${percentile} of ${limit.text}`,
              broken: `the budgets exceed the ${percentile} of ${limit.text}`,
            },
          ];
    return [
      {
        subject: "",
        estimate: latencySum,
        inputs: {
          parts: factList("6.serving.budget", parts, "{ candidates: 20 ms, ranking: 30 ms, network: 20 ms }"),
          limit: fact(`1.latency.${percentile}`, limit, "100 ms"),
        },
        limits,
        largest: largestOf(budget),
      },
    ];
  },
};

/** Stages that run beside a slower one of their `parallel-group`: a request does not wait for them. */
function besideSlower(design: Design): ReadonlySet<string> {
  const slowest = new Map<string, { readonly name: string; readonly seconds: number }>();
  const beside = new Set<string>();
  for (const { facts } of funnelOf(design)) {
    const group = facts["parallel-group"];
    const seconds = design.deploy.serving?.budget?.[facts.name]?.value;
    if (group === undefined || seconds === undefined) continue;
    const before = slowest.get(group);
    if (before !== undefined && before.seconds >= seconds) {
      beside.add(facts.name);
      continue;
    }
    if (before !== undefined) beside.add(before.name);
    slowest.set(group, { name: facts.name, seconds });
  }
  return beside;
}

function largestOf(budget: readonly (readonly [string, Quantity])[]): string | undefined {
  const sum = budget.reduce((total, [, one]) => total + one.value, 0);
  if (!(sum > 0)) return undefined;
  const [name, one] = budget.reduce((a, b) => (b[1].value > a[1].value ? b : a));
  return `${name}: ${one.text}, ${formatQuantity(one.value / sum, "share", { digits: 2 })} of the sum`;
}
