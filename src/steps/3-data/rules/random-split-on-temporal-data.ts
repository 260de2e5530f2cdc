/** Finds splits that deal out events of a timeline at random. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { eventTimeOf } from "../event-time.ts";
import { splitAdvice } from "../split-advice.ts";

const RANDOM: readonly string[] = ["random", "random-stratified", "random-per-member", "k-fold", "member-holdout"];
const PER_MEMBER: readonly string[] = ["leave-one-out", "time-per-member"];

export const rule = defineRule({
  code: "HP301",
  name: "random-split-on-temporal-data",
  step: 3,
  reads: ["3.split.by", "3.sources[].time", "3.time", "3.source.format", "2.task"],
  severity: "error",
  consequence: "false-figures",
  summary: "events that have a time are split at random",
  why: "the model is trained on events later than the ones it is tested on, so its score is that of a system that sees the future",
  fix: "split on one date for everybody: `split: { by: time, train: 80%, validation: 10%, test: 10%, gap: 7 d }`, and repeat it at three or more dates for an interval",
  sources: [
    "Rules of ML (2016), rule 33",
    "Leakage and the Reproducibility Crisis (2023), type L3.1",
    "A Critical Study on Data Leakage (2023), §3–5",
  ],
  examples: {
    bad: { 3: "sources: [{ name: clicks, kind: events, time: ts }]\nsplit: { by: random }" },
    good: {
      3: "sources: [{ name: clicks, kind: events, time: ts }]\nsplit: { by: time, train: 90 d, gap: 7 d, validation: 7 d, test: 14 d }",
    },
  },
  check(design) {
    const by = design.data.split?.by;
    if (by === undefined) return unknown("3.split.by");
    const time = eventTimeOf(design);
    const isForecast = design.frame.task === "forecasting";
    if (time === undefined && !isForecast) {
      const { source, sources, time: stated } = design.data;
      return source === undefined && sources === undefined && stated === undefined
        ? unknown("3.sources")
        : "not applicable";
    }
    const isRandom = RANDOM.includes(by);
    if (!isRandom && !PER_MEMBER.includes(by)) return [];
    return [
      {
        at: "3.split.by",
        also: [time?.path ?? "2.task"],
        severity: isRandom ? ("error" as const) : ("warning" as const),
        by,
        isRandom,
        source: time?.source ?? "the series",
        column: time?.column ?? "a time",
        advice: splitAdvice(design),
        isGrouped: design.data.split?.group !== undefined,
      },
    ];
  },
  say: ({ by, isRandom, source, column, advice }) => ({
    message: isRandom
      ? `${source === "the data" || source === "the series" ? source : code(source)} has ${column === "a time" ? column : code(column)}, but the split is ${code(by)}`
      : `${code(by)} holds out each one's last events, but other people's later events stay in training`,
    label: isRandom ? "rows are shuffled" : "no date for everybody",
    also: ["but the rows have a time"],
    fix:
      advice.group === undefined
        ? undefined
        : `write \`split: { by: ${advice.by}, group: ${advice.group} }\`: one date for everybody, and each ${code(advice.group)} on one side of it`,
  }),
  repair: ({ advice: { by, group }, isGrouped }) => [
    { replace: "3.split.by", by },
    ...(group === undefined || isGrouped ? [] : [{ addTo: "3.split", key: "group", value: group }]),
  ],
});
