/** What a design costs by the month and per thousand predictions, and which part dominates. */

import { findDevice } from "../../../estimate/catalogue/find-device.ts";
import type { Limit, Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact, result } from "../../../estimate/sheet-input.ts";
import { peakFactor } from "../../1-clarify/sheets/traffic.ts";
import type { Design } from "../../design.ts";
import { monthlyCost } from "../estimates/monthly-cost.ts";

export const costSheet: Sheet<Design> = {
  name: "cost",
  title: "cost",
  step: 6,
  cases: (design) => {
    const serving = design.deploy.serving;
    return [
      {
        subject: "",
        estimate: monthlyCost,
        inputs: {
          replicas: [
            fact("6.serving.replicas-average", serving?.["replicas-average"], "4"),
            fact("6.serving.replicas", serving?.replicas, "4"),
            result("replicas.replicas"),
          ],
          needed: [result("replicas.replicas"), assumed("0", "the need could not be computed")],
          peak_factor: followedPeak(design),
          price: priceOf(serving?.price, serving?.hardware),
          stored: [result("storage.compressed"), assumed("0 B", "no storage could be sized")],
          storage_price: assumed(
            "$0.02/GB/month",
            "object storage, copies included, sirupsen/napkin-math of 2026-03-21",
          ),
          rate: fact("1.requests.average", design.clarify.requests?.average, "400/s"),
          response: assumed("2 kB", "a list of ten items; measure yours"),
          traffic_price: assumed("$0.10/GB", "traffic to the internet, sirupsen/napkin-math of 2026-03-21"),
        },
        limits: budgetLimits(design.clarify.budget),
        parts: { serving: "serving replicas", storage: "storage", network: "traffic to clients" },
      },
    ];
  },
};

/** Replicas that are said to follow the traffic are paid for by its mean; all others stand ready for the peak. */
function followedPeak({ clarify, deploy }: Design): SheetInput | readonly SheetInput[] {
  return deploy.serving?.["replicas-average"] === undefined
    ? assumed("1x", "without `replicas-average` all of them run all day")
    : peakFactor(clarify.requests);
}

type Serving = NonNullable<Design["deploy"]["serving"]>;

function priceOf(stated: Serving["price"], hardware: string | undefined): readonly SheetInput[] {
  const price = hardware === undefined ? undefined : findDevice(hardware)?.price;
  const usual =
    price === undefined
      ? assumed("$120/month", "8 vCPU at $15/month, sirupsen/napkin-math of 2026-03-21")
      : assumed(price.price, `${price.name}, ${price.terms}; ${price.source}, ${price.asOf}`);
  return [fact("6.serving.price", stated, "$120/month"), usual];
}

/** A budget is money by the month, or money for a prediction. */
function budgetLimits(budget: Design["clarify"]["budget"]): readonly Limit[] {
  if (budget === undefined) return [];
  const holds = `the budget of ${budget.text} is kept`;
  const broken = `the budget of ${budget.text} is exceeded`;
  const isMonthly = budget.dimension.second === -1;
  return [
    {
      line: isMonthly ? "total" : "per_thousand",
      atMost: isMonthly ? budget.value : budget.value * 1000,
      holds,
      broken,
    },
  ];
}
