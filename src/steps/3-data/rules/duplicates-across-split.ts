/** Finds copies that may stand on both sides of the split. */

import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count, share } from "../../../review/words.ts";
import { isByRow, testRowsOf } from "../split-plan.ts";

interface Found extends Hit {
  readonly name: string;
  readonly duplicates?: number;
  readonly testRows?: number;
}

export const rule = defineRule<Found, { tolerated: number; many: number }>({
  code: "HP310",
  name: "duplicates-across-split",
  step: 3,
  reads: ["3.sources[].kind", "3.sources[].deduplicated", "3.sources[].duplicates", "3.split.by", "3.split.rows"],
  severity: "warning",
  consequence: "false-figures",
  summary: "copies may stand in training and in test",
  why: "a test row whose twin was trained on is answered from memory",
  fix: "remove exact and near copies before the split (`deduplicated: true`), or give copies one `group`; report the metric with and without them",
  sources: ["Leakage and the Reproducibility Crisis (2023), type L1.4"],
  settings: { tolerated: 0.01, many: 0.05 },
  examples: {
    bad: {
      3: "sources: [{ name: listings, kind: content, duplicates: 8%, deduplicated: false }]\nsplit: { by: time, rows: 50k }",
    },
    good: {
      3: "sources: [{ name: listings, kind: content, duplicates: 8%, deduplicated: true }]\nsplit: { by: time, rows: 50k }",
    },
  },
  check(design, { tolerated, many }) {
    const { sources = [], split } = design.data;
    if (split?.by === "group" || split?.by === "group-and-time") return [];
    const missing = sources.flatMap(({ kind }, i) => (kind === undefined ? [`3.sources[${i}].kind`] : []));
    const hits = sources.flatMap(({ name, kind, deduplicated, duplicates }, i): Found[] => {
      const rate = duplicates?.value;
      const suspicious = kind === "content" || (rate !== undefined && rate > tolerated);
      if (!suspicious || deduplicated === true) return [];
      const isBad = rate !== undefined && rate > many && split?.by !== undefined && isByRow(split.by);
      return [
        {
          at: `3.sources[${i}].${rate === undefined ? "deduplicated" : "duplicates"}`,
          severity: isBad ? "error" : "warning",
          name: name ?? "a source",
          duplicates: rate,
          testRows: testRowsOf(design)?.rows,
        },
      ];
    });
    if (sources.length === 0) return "not applicable";
    return orUnknown(hits, missing);
  },
  say({ name, duplicates, testRows }) {
    if (duplicates === undefined) {
      return {
        message: `${code(name)} holds texts, images or listings, and nothing says that copies were removed`,
        label: "copies?",
      };
    }
    const twins =
      testRows === undefined
        ? ""
        : `: of ${count(testRows)} test rows about ${count(testRows * duplicates)} may have a twin in training`;
    return {
      message: `${share(duplicates)} of ${code(name)} are copies, and they are not removed${twins}`,
      label: "copies on both sides",
    };
  },
});
