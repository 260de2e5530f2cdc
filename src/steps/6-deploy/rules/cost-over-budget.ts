/** Finds services that cost more than their budget. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, money, number } from "../../../review/words.ts";
import { trafficOf } from "../../1-clarify/traffic.ts";

interface Found extends Hit {
  readonly cost: number;
  readonly budget?: number;
  readonly replicas: number;
  readonly average: number;
  readonly price: string;
  readonly ratio?: number;
}

export const rule = defineRule<Found>({
  code: "HP606",
  name: "cost-over-budget",
  step: 6,
  reads: [
    "6.serving.price",
    "6.serving.replicas",
    "6.serving.replicas-average",
    "1.requests.average",
    "1.requests.peak",
    "1.budget",
  ],
  severity: "warning",
  consequence: "harm",
  summary: "predictions cost more than the budget",
  why: "a service that is sized for its peak is paid for all day",
  fix: "scale with the traffic (`replicas-average`), batch, compress, cache, or compute ahead for those who come every day",
  sources: ["Designing Machine Learning Systems (2022), ch. 7", "ML Test Score (2017), Data 3 and Monitor 6"],
  examples: {
    bad: {
      1: "requests: { average: 500/s, peak: 6x }\nbudget: $0.01/1k predictions",
      6: "serving: { replicas: 40, price: $1.20/h }",
    },
    good: {
      1: "requests: { average: 500/s, peak: 6x }\nbudget: $0.05/1k predictions",
      6: "serving: { replicas: 40, price: $1.20/h }",
    },
  },
  check(design) {
    const { serving } = design.deploy;
    const { average, peak } = trafficOf(design);
    const price = serving?.price;
    const replicas = serving?.["replicas-average"]?.value ?? serving?.replicas;
    const missing = [
      ...(price === undefined ? ["6.serving.price"] : []),
      ...(replicas === undefined ? ["6.serving.replicas"] : []),
      ...(average === undefined ? ["1.requests.average"] : []),
    ];
    if (price === undefined || replicas === undefined || average === undefined || average === 0)
      return unknown(...missing);
    const cost = ((replicas * price.value) / average) * 1000;
    const base = { cost, replicas, average, price: price.text };
    const written = design.clarify.budget;
    if (written === undefined) return [{ ...base, at: "6.serving.price", severity: "advice" }];
    // A budget per time pays for the requests of that time; one per prediction is a price already.
    const budget = (written.dimension.second === -1 ? written.value / average : written.value) * 1000;
    if (!exceeds(cost, budget)) return [];
    const ratio = peak === undefined ? undefined : peak / average;
    return [
      {
        ...base,
        at: "6.serving.price",
        also: ["1.budget"],
        severity: cost > 2 * budget ? "error" : "warning",
        budget,
        ratio,
      },
    ];
  },
  say({ cost, budget, replicas, average, price, ratio }) {
    const sum = `${count(replicas)} replicas × ${price} over ${count(average)} requests/s is ${money(cost)} per 1,000 predictions`;
    if (budget === undefined)
      return {
        message: `${sum}, and no budget says whether that is much`,
        label: money(cost),
        fix: "write `budget: $5k/month` or `$0.05/1k predictions` in step 1",
      };
    const idle =
      ratio !== undefined && ratio >= 2
        ? `; sized for a peak ${number(ratio)} times the mean, they idle most of the day`
        : "";
    return {
      message: `${sum}, and the budget is ${money(budget)}${idle}`,
      label: budget > 0 ? `${number(cost / budget)} times the budget` : "more than nothing",
      also: [money(budget)],
    };
  },
});
