/** Finds tables of today's values that are joined to events of the past. */

import { defineRule, orUnknown } from "../../../review/rule.ts";
import { code, duration } from "../../../review/words.ts";
import { historyOf } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP311",
  name: "snapshot-joined-to-history",
  step: 3,
  reads: ["3.sources[].kind", "3.sources[].as-of", "3.sources[].updated", "3.history"],
  severity: "warning",
  consequence: "false-figures",
  summary: "a table of current values is joined to past events",
  why: "a member marked premium today was not when most of the rows happened, so the feature tells the past what came later",
  fix: "keep valid-from and valid-to and join as of the prediction (`as-of: true`), or log feature values at serving from now on",
  sources: ["Rules of ML (2016), rules 29 and 31", "Feast documentation (2024), point-in-time joins"],
  examples: {
    bad: {
      3: "sources:\n  - { name: clicks, kind: events, time: ts }\n  - { name: user_profile, kind: dimension, updated: 1 d, as-of: false }",
    },
    good: {
      3: "sources:\n  - { name: clicks, kind: events, time: ts }\n  - { name: user_profile, kind: dimension, updated: 1 d, as-of: true }",
    },
  },
  check(design) {
    const sources = design.data.sources ?? [];
    if (!sources.some(({ kind }) => kind === "events")) return "not applicable";
    const history = historyOf(design);
    const missing = sources.flatMap(({ kind }, i) => (kind === undefined ? [`3.sources[${i}].kind`] : []));
    const hits = sources.flatMap((source, i) => {
      const isState = source.kind === "dimension" || source.kind === "snapshot";
      if (!isState || source.updated === "never" || source["as-of"] === true) return [];
      return [
        { at: `3.sources[${i}].as-of`, name: source.name ?? "a source", stated: source["as-of"] === false, history },
      ];
    });
    return orUnknown(hits, missing);
  },
  say: ({ name, stated, history }) => ({
    message: `${code(name)} ${stated ? "holds today's values" : "does not say whether past values can be read"} and is joined to events${history === undefined ? "" : ` up to ${duration(history)} old`}`,
    label: stated ? "today's values" : "as of when?",
  }),
});
