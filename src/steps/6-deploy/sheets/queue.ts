/** The response time of a design's replicas at the peak, as one pool with one queue. */

import type { Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { fact, result } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { mmcQueue } from "../estimates/mmc-queue.ts";
import { serviceTime } from "./replicas.ts";

export const queueSheet: Sheet<Design> = {
  name: "queue",
  title: "waiting at the peak",
  step: 6,
  cases: (design) => {
    const limit = design.clarify.latency?.p99;
    return [
      {
        subject: "",
        estimate: mmcQueue,
        inputs: { rate: result("traffic.peak"), service: serviceTime(design), servers: servers(design) },
        limits:
          limit === undefined
            ? []
            : [
                {
                  line: "response_at_quantile",
                  atMost: limit.value,
                  holds: `the p99 with its queue stays below ${limit.text}`,
                  broken: `the p99 with its queue exceeds ${limit.text}`,
                },
              ],
      },
    ];
  },
};

/** Requests served at once by all replicas: those that the note states, else those that Little's law asks for. */
export function servers({ deploy }: Design): readonly SheetInput[] {
  const { replicas, concurrency = 8 } = deploy.serving ?? {};
  const stated: SheetInput = {
    ...fact("6.serving.replicas", replicas === undefined ? undefined : replicas * concurrency, "4"),
    text: `(${replicas} replicas × ${concurrency})`,
  };
  return [stated, result("replicas.servers")];
}
