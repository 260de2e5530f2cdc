/** Asks what the data is, when its events happened and whom its rows belong to. */

import { defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { eventTimeOf } from "../event-time.ts";
import { historyOf } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP322",
  name: "missing-sources-and-time",
  step: 3,
  reads: ["3.source", "3.sources[].kind", "3.sources[].time", "3.time", "3.history", "3.entities"],
  severity: "error",
  consequence: "false-figures",
  summary: "the sources, their time column, the length of the history or the entities are not stated",
  why: "whether a split leaks cannot be decided without them; data that says `time: none` has no history",
  fix: "one line per source, `{ name: orders, kind: events, time: ordered_at, rows: 50M }` (`time: none` where there is none), and `history:` and `entities: [{ key: user_id, rows: 40 }]`",
  sources: ["Leakage and the Reproducibility Crisis (2023), model info sheet", "ML Test Score (2017), Data 1"],
  examples: {
    bad: { 3: "sources: [{ name: orders, kind: events }]\nhistory: 180 d\nentities: [{ key: user_id, rows: 40 }]" },
    good: {
      3: "sources: [{ name: orders, kind: events, time: ordered_at }]\nhistory: 180 d\nentities: [{ key: user_id, rows: 40 }]",
    },
  },
  check(design) {
    const { source, sources, time, entities } = design.data;
    const noSource = source === undefined && (sources === undefined || sources.length === 0);
    const ofSources = (sources ?? []).flatMap((one, i) => [
      ...(one.kind === undefined ? [`3.sources[${i}].kind`] : []),
      ...(one.time === undefined && time === undefined ? [`3.sources[${i}].time`] : []),
    ]);
    const ofSource = source !== undefined && time === undefined && eventTimeOf(design) === undefined ? ["3.time"] : [];
    const lacks = [
      ...(noSource ? ["3.sources"] : [...ofSources, ...ofSource]),
      ...(time !== "none" && historyOf(design) === undefined ? ["3.history"] : []),
      ...(entities === undefined || entities.length === 0 ? ["3.entities"] : []),
    ];
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated, so leaks of the split cannot be ruled out`,
    label: `no ${facts(lacks, 3)} here`,
  }),
});
