/** The response time of a design's replicas at the peak, as one pool with one queue. */

import type { Limit, Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { fact, result } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { mmcQueue } from "../estimates/mmc-queue.ts";
import { isOnline } from "../serving-mode.ts";
import { PEAK_AT_REPLICAS } from "./cache.ts";
import { serviceTime } from "./replicas.ts";

export const queueSheet: Sheet<Design> = {
  name: "queue",
  title: "waiting at the peak",
  step: 6,
  cases: (design) => {
    if (!isOnline(design)) return [];
    return [
      {
        subject: "",
        estimate: mmcQueue,
        inputs: { rate: PEAK_AT_REPLICAS, service: serviceTime(design), servers: servers(design) },
        shows: ["load", "utilization", "waits", "response_at_quantile"],
        limits: responseLimits(design),
        failureIsVerdict: true,
      },
    ];
  },
};

/** The limit of the note less the way over the network, during which no replica is busy. */
function responseLimits({ clarify, deploy }: Design): readonly Limit[] {
  const limit = clarify.latency?.p99;
  if (limit === undefined) return [];
  const network = deploy.serving?.budget?.network;
  const subject =
    network === undefined ? "the p99 with its queue" : `the p99 with its queue and ${network.text} of network`;
  return [
    {
      line: "response_at_quantile",
      atMost: limit.value - (network?.value ?? 0),
      holds: `${subject} stays below ${limit.text}`,
      broken: `${subject} exceeds ${limit.text}`,
    },
  ];
}

/** Requests served at once by all replicas: those that the note states, else those that Little's law asks for. */
function servers({ deploy }: Design): readonly SheetInput[] {
  const { replicas, concurrency = 8 } = deploy.serving ?? {};
  const stated: SheetInput = {
    ...fact("6.serving.replicas", replicas === undefined ? undefined : replicas * concurrency, "4"),
    text: `(${replicas} replicas × ${concurrency})`,
  };
  return [stated, result("replicas.servers")];
}
