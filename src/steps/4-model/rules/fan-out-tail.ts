/** Finds stages that wait for the slowest of many calls. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count, number, share } from "../../../review/words.ts";
import { latencyLimitOf } from "../../1-clarify/latency-limit.ts";
import { funnelOf } from "../funnel.ts";

interface Found extends Hit {
  readonly name: string;
  readonly calls: number;
  readonly leaf: number;
  readonly assumed: boolean;
  readonly wanted: number;
}

/** Where a leaf's percentile is not stated, its latency is taken to be a p99. */
const USUAL_LEAF = 99;

export const rule = defineRule<Found>({
  code: "HP406",
  name: "fan-out-tail",
  step: 4,
  reads: [
    "4.stages[].fan-out",
    "4.stages[].leaf-percentile",
    "4.stages[].hedged",
    "4.stages[].partial-results",
    "4.stages[].index.shards",
    "1.latency",
  ],
  severity: "warning",
  consequence: "late",
  summary: "a stage waits for the slowest of many calls, whose tail is not good enough for the whole",
  why: "a request is as slow as its slowest call, so the rare slowness of one becomes the everyday slowness of all",
  fix: "fewer and larger shards, a second request after the shard's p95 (`hedged: true`), or an answer from the shards that are in by then (`partial-results: true`), counted",
  sources: ["The Tail at Scale (2013)"],
  note: "the power law takes shards to be independent; when they are slow together the effect is smaller",
  examples: {
    bad: {
      1: "latency: { p99: 200 ms }",
      4: "stages: [{ name: ann, fan-out: 20, leaf-percentile: 99, latency: 40 ms }]",
    },
    good: {
      1: "latency: { p99: 200 ms }",
      4: "stages: [{ name: ann, fan-out: 20, leaf-percentile: 99.95, latency: 40 ms }]",
    },
  },
  check(design) {
    const calling = funnelOf(design).flatMap(({ facts, path }) => {
      const calls = facts["fan-out"] ?? facts.index?.shards ?? 1;
      const excused = facts.hedged === true || facts["partial-results"] === true;
      return calls >= 2 ? [{ facts, path, calls, excused }] : [];
    });
    if (calling.length === 0) return "not applicable";
    const wanted = latencyLimitOf(design)?.percentile;
    if (wanted === undefined) return unknown("1.latency");
    return calling.flatMap(({ facts, path, calls, excused }): Found[] => {
      const leaf = facts["leaf-percentile"] ?? USUAL_LEAF;
      const within = (leaf / 100) ** calls;
      if (excused || !exceeds(wanted / 100, within)) return [];
      const at = facts["fan-out"] === undefined ? `${path}.index.shards` : `${path}.fan-out`;
      return [{ at, name: facts.name, calls, leaf, assumed: facts["leaf-percentile"] === undefined, wanted }];
    });
  },
  say({ name, calls, leaf, assumed, wanted }) {
    const within = (leaf / 100) ** calls;
    const needed = 100 * (wanted / 100) ** (1 / calls);
    return {
      message: `${code(name)} waits for ${count(calls)} calls, each within its time at p${leaf}${assumed ? " (assumed)" : ""}: all are in time for ${share(within)} of the requests, so ${share(1 - within)} are late`,
      label: `${number(leaf / 100)}^${calls} = ${number(within)}`,
      fix: `for p${wanted} overall each call needs its time at p${Number(needed.toFixed(3))}: use fewer and larger shards, \`hedged: true\`, or \`partial-results: true\``,
    };
  },
});
