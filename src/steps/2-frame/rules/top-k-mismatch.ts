/** Finds cut-offs of metrics that do not fit what is shown or handed on. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";
import { ordersThings } from "../task.ts";

interface Found extends Hit {
  readonly metric: string;
  readonly k?: number;
  readonly slots?: number;
  readonly handedOn?: number;
}

const WITH_A_CUT_OFF: readonly string[] = ["ndcg", "recall", "precision", "hit rate", "map"];
const OF_RETRIEVAL: readonly string[] = ["recall", "hit rate"];

export const rule = defineRule({
  code: "HP214",
  name: "top-k-mismatch",
  step: 2,
  reads: ["2.metrics.offline", "2.slots", "4.stages[].keep"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the cut-off of a ranking metric does not fit the slots or the stage",
  why: "positions that nobody sees carry the score, or positions that the stage never fills are counted as misses",
  fix: "use k = slots for the ranking, and k = `keep` of the candidate stage for its recall",
  sources: ["On Sampled Metrics (2020), §2", "Deep Neural Networks for YouTube (2016), §3"],
  settings: { timesTheSlots: 3 },
  examples: {
    bad: { 2: "task: ranking\nslots: 8\nmetrics: { offline: [ndcg@100] }" },
    good: { 2: "task: ranking\nslots: 8\nmetrics: { offline: [ndcg@8] }" },
  },
  check(design, { timesTheSlots }) {
    if (!ordersThings(design)) return design.frame.task === undefined ? unknown("2.task") : "not applicable";
    const kept = (design.model.stages ?? []).map(({ keep }) => keep?.value ?? 0);
    const widest = kept.length === 0 ? undefined : Math.max(...kept);
    const slots = design.frame.slots?.value ?? design.model.stages?.at(-1)?.keep?.value;
    return readMetricNames(design.frame.metrics?.offline ?? []).flatMap((metric): Found[] => {
      const { name, k, text, i } = metric;
      if (!WITH_A_CUT_OFF.includes(name)) return [];
      const base = { at: `2.metrics.offline[${i}]`, metric: text };
      if (k === undefined) return [{ ...base, slots }];
      if (widest !== undefined && widest > 0 && k > widest) return [{ ...base, k, handedOn: widest }];
      const isOfRetrieval = OF_RETRIEVAL.includes(name) && widest !== undefined && k <= widest;
      if (slots === undefined || k <= timesTheSlots * slots || isOfRetrieval) return [];
      return [{ ...base, k, slots }];
    });
  },
  say({ metric, k, slots, handedOn }) {
    const name = code(metric);
    if (k === undefined) {
      return {
        message: `${name} has no cut-off, so it counts positions that nobody sees`,
        label: "at which k?",
        fix: `write \`${metric}@${slots ?? 10}\``,
      };
    }
    if (handedOn !== undefined) {
      return {
        message: `${name} looks at ${count(k)} positions, but no stage hands on more than ${count(handedOn)}`,
        label: `only ${count(handedOn)} are filled`,
        fix: `use k = ${handedOn}`,
      };
    }
    return {
      message: `${name} scores ${count(k)} positions, and ${count(slots ?? 0)} are shown: ${count(k - (slots ?? 0))} of them are never seen`,
      label: `${count(slots ?? 0)} are shown`,
      fix: `use k = ${slots}`,
    };
  },
});
