/** Asks how requests are served, and what one costs in time. */

import { absent, defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";

const SUGGESTED: Readonly<Record<string, string>> = {
  "6.serving.mode": "`mode: online` (or batch, stream)",
  "6.serving.replicas": "`replicas: 4`",
  "6.serving.concurrency": "`concurrency: 8` (requests one replica works on at once)",
  "6.serving.service-time": "`service-time: 20 ms` (the mean under load)",
  "6.serving.price": "`price: $0.50/h` (of one replica)",
};

export const rule = defineRule({
  code: "HP601",
  name: "missing-capacity-facts",
  step: 6,
  reads: [
    "6.serving.mode",
    "6.serving.replicas",
    "6.serving.concurrency",
    "6.serving.service-time",
    "6.serving.price",
    "1.budget",
  ],
  severity: "warning",
  consequence: "late",
  summary: "the mode of serving, the replicas or the time of one request is not stated",
  why: "how many replicas are needed is a product of these numbers; without them the service is sized by hope",
  fix: "take the mean service time and the concurrency from a load test: `serving: { mode: online, replicas: 4, concurrency: 8, service-time: 20 ms, price: $0.50/h }`",
  sources: ["Site Reliability Engineering (2016), ch. 21–22"],
  examples: {
    bad: { 6: "serving: { mode: online, replicas: 4, concurrency: 8 }" },
    good: { 6: "serving: { mode: online, replicas: 4, concurrency: 8, service-time: 20 ms }" },
  },
  check({ clarify: { budget }, deploy: { serving } }) {
    const { mode, replicas, concurrency, price } = serving ?? {};
    const online = mode === undefined || mode === "online";
    const lacks = absent({
      "6.serving.mode": mode,
      ...(online
        ? {
            "6.serving.replicas": replicas,
            "6.serving.concurrency": concurrency,
            "6.serving.service-time": serving?.["service-time"],
          }
        : {}),
      ...(budget === undefined ? {} : { "6.serving.price": price }),
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated, so nobody can tell whether the replicas hold the traffic`,
    label: `no ${facts(lacks, 2)} here`,
    fix: `take them from a load test and add ${lacks.map((path) => SUGGESTED[path]).join(", ")}`,
  }),
});
