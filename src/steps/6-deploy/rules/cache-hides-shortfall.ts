/** Finds caches without which the service would fall over, or which are older than allowed. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, share } from "../../../review/words.ts";
import { capacityOf } from "../capacity.ts";

interface Found extends Hit {
  readonly hitRate?: number;
  readonly warm?: number;
  readonly cold?: number;
  readonly capacity?: number;
  readonly ttl?: string;
  readonly freshness?: string;
}

export const rule = defineRule<Found, { overload: number }>({
  code: "HP605",
  name: "cache-hides-shortfall",
  step: 6,
  reads: [
    "6.serving.cache",
    "1.freshness",
    "1.requests.average",
    "1.requests.peak",
    "6.serving.replicas",
    "6.serving.concurrency",
    "6.serving.service-time",
  ],
  severity: "warning",
  consequence: "late",
  summary: "the service holds its traffic only with a warm cache, or the cache keeps answers too long",
  why: "after a flush or a new model version the cache is empty, and then it was carrying the service, not speeding it up",
  fix: "warm the cache before switching, ramp slowly, key it by model version, and shed load while it is cold",
  sources: ["Site Reliability Engineering (2016), ch. 22"],
  settings: { overload: 2 },
  examples: {
    bad: {
      1: "requests: { average: 1000/s, peak: 3000/s }",
      6: "serving: { service-time: 40 ms, replicas: 6, concurrency: 16, utilization: 60%, cache: { ttl: 60 s, hit-rate: 90% } }",
    },
    good: {
      1: "requests: { average: 1000/s, peak: 3000/s }",
      6: "serving: { service-time: 40 ms, replicas: 8, concurrency: 16, utilization: 60%, cache: { ttl: 60 s, hit-rate: 50% } }",
    },
  },
  check(design, { overload }) {
    const cache = design.deploy.serving?.cache;
    if (cache === undefined) return "not applicable";
    const { freshness } = design.clarify;
    const stale: Found[] =
      freshness !== undefined && cache.ttl !== undefined && exceeds(cache.ttl.value, freshness.value)
        ? [
            {
              at: design.places.has("6.serving.cache.ttl") ? "6.serving.cache.ttl" : "6.serving.cache",
              also: ["1.freshness"],
              ttl: cache.ttl.text,
              freshness: freshness.text,
            },
          ]
        : [];
    const hitRate = cache["hit-rate"]?.value;
    const read = capacityOf(design);
    if (hitRate === undefined || "missing" in read) {
      const missing = "missing" in read ? read.missing : ["6.serving.cache.hit-rate"];
      return stale.length > 0 ? stale : unknown(...missing);
    }
    const carries = !exceeds(read.inFlight, read.capacity) && exceeds(read.inFlightCold, overload * read.capacity);
    if (!carries) return stale;
    return [
      ...stale,
      {
        at: "6.serving.cache.hit-rate",
        also: ["6.serving.replicas"],
        hitRate,
        warm: read.inFlight,
        cold: read.inFlightCold,
        capacity: read.capacity,
      },
    ];
  },
  say({ hitRate = 0, warm = 0, cold = 0, capacity = 0, ttl, freshness }) {
    if (ttl !== undefined) {
      return {
        message: `an answer may be ${freshness} old, and the cache keeps it ${ttl}`,
        label: "too long",
        also: ["the oldest acceptable answer"],
        why: "the design promises fresher answers than its cache gives",
        fix: `write \`ttl: ${freshness}\` or less`,
      };
    }
    return {
      message: `with ${share(hitRate)} of the requests from the cache ${count(warm)} are in flight; with an empty one ${count(cold)}, and there is room for ${count(capacity)}`,
      label: "carries the service",
      also: [`room for ${count(capacity)}`],
    };
  },
});
