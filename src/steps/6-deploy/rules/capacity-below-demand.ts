/** Finds services with more requests in flight than their replicas hold. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, unknown } from "../../../review/rule.ts";
import { count, duration, number, plural, share } from "../../../review/words.ts";
import { capacityOf, replicasFor } from "../capacity.ts";

export const rule = defineRule({
  code: "HP604",
  name: "capacity-below-demand",
  step: 6,
  reads: [
    "1.requests.average",
    "1.requests.peak",
    "6.serving.service-time",
    "6.serving.replicas",
    "6.serving.concurrency",
    "6.serving.utilization",
    "6.serving.cache",
  ],
  severity: "error",
  consequence: "late",
  summary: "more requests are in flight at peak than the replicas hold",
  why: "near full the queue grows steeply, and above capacity without end: latency does not rise a little, it runs away",
  fix: "add replicas, shorten the service time (batching, a smaller model), cache, or shed load above a stated rate",
  sources: ["Little (1961)", "Site Reliability Engineering (2016), ch. 21–22"],
  examples: {
    bad: {
      1: "requests: { average: 1000/s, peak: 3000/s }",
      6: "serving: { mode: online, service-time: 40 ms, replicas: 6, concurrency: 16, utilization: 60% }",
    },
    good: {
      1: "requests: { average: 1000/s, peak: 3000/s }",
      6: "serving: { mode: online, service-time: 40 ms, replicas: 14, concurrency: 16, utilization: 60% }",
    },
  },
  check(design) {
    if (design.deploy.serving?.mode === "batch") return "not applicable";
    const read = capacityOf(design);
    if ("missing" in read) return unknown(...read.missing);
    const perReplica = read.concurrency * read.utilization;
    if (!exceeds(read.inFlight, (read.replicas - 1) * perReplica)) return [];
    const severity = exceeds(read.inFlight, read.capacity) ? ("error" as const) : ("warning" as const);
    const needed = replicasFor(read);
    return [
      { at: "6.serving.replicas", also: ["1.requests.peak", "6.serving.service-time"], severity, needed, ...read },
    ];
  },
  say({
    peak,
    serviceTime,
    hitRate,
    inFlight,
    replicas,
    concurrency,
    utilization,
    utilizationAssumed,
    capacity,
    needed,
  }) {
    const cached = hitRate > 0 ? ` × ${share(1 - hitRate)} past the cache` : "";
    const load = `${number(utilization)}${utilizationAssumed ? " (assumed)" : ""}`;
    const holds = `${plural(replicas, "replica")} × ${count(concurrency)} × ${load} hold ${count(capacity)}`;
    const short = exceeds(inFlight, capacity);
    return {
      message: `${count(peak)} requests/s × ${duration(serviceTime)}${cached} = ${count(inFlight)} in flight; ${holds}${short ? "" : ", but not when one is down or being deployed"}`,
      label: Number.isFinite(needed)
        ? `${count(needed)} are needed, ${count(needed + 1)} to lose one`
        : "nothing can be held",
      also: ["the peak", "the time of one"],
      fix: `${Number.isFinite(needed) ? `write \`replicas: ${needed + 1}\` (${count(needed)} and one that may be down), or shorten` : "plan a load above 0%, shorten"} the service time, cache, or shed load above a stated rate`,
    };
  },
});
