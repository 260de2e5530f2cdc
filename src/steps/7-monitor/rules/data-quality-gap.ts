/** Finds incoming data that nobody checks for the usual faults. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, list } from "../../../review/words.ts";

interface Found extends Hit {
  readonly lacking: readonly string[];
  readonly checked: readonly string[];
  /** A source that nobody is named for. */
  readonly orphan?: string;
}

const CHECKS = ["null-rate", "range-or-vocabulary", "freshness", "volume", "schema"] as const;

export const rule = defineRule<Found>({
  code: "HP704",
  name: "data-quality-gap",
  step: 7,
  reads: ["7.data-quality", "3.sources[].owner", "3.sources[].name"],
  severity: "warning",
  consequence: "blind",
  summary: "incoming data is not checked for one of its usual faults, or a source has no owner",
  why: "when a job stops, its features stay valid, in range and a week old; no model metric says why it falls",
  fix: "write `data-quality: [null-rate, range-or-vocabulary, freshness, volume, schema]`, on the input of training and of serving alike, and `owner:` on each source",
  sources: [
    "ML Test Score (2017), Data 1, Monitor 1–2",
    "Rules of ML (2016), rules 10–11",
    "Hidden Technical Debt (2015), §3",
  ],
  examples: {
    bad: { 7: "data-quality: [null-rate, schema]" },
    good: { 7: "data-quality: [null-rate, range-or-vocabulary, freshness, volume, schema]" },
  },
  check({ data: { sources = [] }, monitor }) {
    const checked = monitor["data-quality"] ?? [];
    const lacking = CHECKS.filter((check) => !checked.includes(check));
    if (lacking.length > 0) return [{ at: "7.data-quality", lacking, checked }];
    const i = sources.findIndex(({ owner }) => owner === undefined);
    return i === -1 ? [] : [{ at: `3.sources[${i}].name`, lacking, checked, orphan: sources[i].name ?? "a source" }];
  },
  say({ lacking, checked, orphan }) {
    if (orphan !== undefined) {
      return {
        message: `nobody is named for the source ${code(orphan)}`,
        label: "whose is it?",
        why: "when it changes or stops, nobody knows whom to ask",
        fix: "add `owner:` with the team upstream",
      };
    }
    return {
      message:
        checked.length === 0
          ? "incoming data is not checked at all"
          : `incoming data is checked for ${list(checked)}, not for ${list(lacking)}`,
      label: `no ${lacking[0]}`,
    };
  },
});
