/** The replicas that a design's peak needs, by Little's law. */

import type { Limit, Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { USUAL_SLOTS, USUAL_UTILIZATION } from "../capacity.ts";
import { replicas } from "../estimates/replicas.ts";
import { isOnline } from "../serving-mode.ts";
import { PEAK_AT_REPLICAS } from "./cache.ts";

export const replicasSheet: Sheet<Design> = {
  name: "replicas",
  title: "replicas by Little's law",
  step: 6,
  cases: (design) => {
    if (!isOnline(design)) return [];
    const serving = design.deploy.serving;
    return [
      {
        subject: "",
        estimate: replicas,
        inputs: {
          rate: PEAK_AT_REPLICAS,
          time: serviceTime(design),
          slots: concurrency(design),
          utilization: [
            fact("6.serving.utilization", serving?.utilization, "60%"),
            assumed(`${100 * USUAL_UTILIZATION}%`, "room for queues and a lost replica"),
          ],
        },
        limits: replicaLimits(serving?.replicas),
      },
    ];
  },
};

/** An exponential time has this share of its 99th percentile as its mean: 1 / ln 100. */
export const MEAN_OF_P99 = 1 / Math.log(100);

/** The stated mean; else a mean that goes with the stages' budgets as 99th percentiles, the way over the network left out. */
export function serviceTime({ deploy }: Design): readonly SheetInput[] {
  const { budget = {}, "service-time": stated } = deploy.serving ?? {};
  const stages = Object.entries(budget).filter(([name]) => name !== "network");
  const sum = stages.reduce((total, [, one]) => total + one.value, 0);
  const own = fact("6.serving.service-time", stated, "12 ms");
  if (stages.length === 0) return [own];
  const mean = Number((sum * MEAN_OF_P99 * 1e3).toPrecision(3));
  return [
    own,
    assumed(`${mean} ms`, "1/4.6 of the stages' budgets: the mean of exponential times with these as 99th percentiles"),
  ];
}

function concurrency({ deploy }: Design): readonly SheetInput[] {
  return [
    fact("6.serving.concurrency", deploy.serving?.concurrency, "8"),
    assumed(String(USUAL_SLOTS), "one request a core on a machine of 8 cores"),
  ];
}

function replicaLimits(stated: number | undefined): readonly Limit[] {
  if (stated === undefined) return [];
  const [subject, verb] = stated === 1 ? ["1 replica", "carries"] : [`${stated} replicas`, "carry"];
  const broken = `${subject} no longer ${verb} the peak`;
  return [{ line: "replicas", atMost: stated, holds: `${subject} ${verb} the peak`, broken }];
}
