/** Finds copies that keep their own key, so that a split by that key tears them apart. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { code, count, share } from "../../../review/words.ts";
import { testRowsOf } from "../split-plan.ts";

interface Found extends Hit {
  readonly name: string;
  readonly group: string;
  readonly duplicates?: number;
  readonly testRows?: number;
}

export const rule = defineRule<Found, { tolerated: number }>({
  code: "HP327",
  name: "copies-under-another-key",
  step: 3,
  reads: [
    "3.sources[].kind",
    "3.sources[].deduplicated",
    "3.sources[].duplicates",
    "3.split.by",
    "3.split.group",
    "3.split.rows",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "a split by group keeps keys whole, and a copy under another key stands on the other side",
  why: "a product that is listed twice has two keys and one photo: the split keeps each key whole, and the test finds again what training has seen",
  fix: "find near copies by their content before the split, and keep them on one side or drop them (`deduplicated: true`); report the figures with and without them",
  sources: [
    "Do We Train on Test Data? (2020), 3.3% of CIFAR-10's test images have a near copy in training",
    "Leakage and the Reproducibility Crisis (2023), type L1.4",
  ],
  note: "where all copies of a thing share its key, the split by that key is enough, and the rule can be waived with that reason; copies under splits of other kinds are found by HP310",
  settings: { tolerated: 0.01 },
  examples: {
    bad: {
      3: "sources: [{ name: photos, kind: content, duplicates: 4%, deduplicated: false }]\nsplit: { by: group, group: product_id, rows: 5k }",
    },
    good: {
      3: "sources: [{ name: photos, kind: content, duplicates: 4%, deduplicated: true }]\nsplit: { by: group, group: product_id, rows: 5k }",
    },
  },
  check(design, { tolerated }) {
    const { sources = [], split } = design.data;
    if (sources.length === 0 || split?.by === undefined) return "not applicable";
    if (split.by !== "group" && split.by !== "group-and-time") return "not applicable";
    const group = split.group ?? "group";
    const missing: string[] = [];
    const hits = sources.flatMap(({ name = "a source", kind, deduplicated, duplicates }, i): Found[] => {
      if (deduplicated === true || (duplicates !== undefined && !exceeds(duplicates.value, tolerated))) return [];
      const at = `3.sources[${i}].${duplicates === undefined ? "deduplicated" : "duplicates"}`;
      const also = ["3.split.by"];
      if (duplicates !== undefined)
        return [{ at, also, name, group, duplicates: duplicates.value, testRows: testRowsOf(design)?.rows }];
      if (kind === undefined) missing.push(`3.sources[${i}].kind`);
      // Events repeat for reasons of their own; texts, photos and listings are copied.
      return kind === "content" ? [{ at, also, severity: "advice", name, group }] : [];
    });
    return orUnknown(hits, missing);
  },
  say({ name, group, duplicates, testRows }) {
    const also = [`each ${code(group)} whole`];
    if (duplicates === undefined)
      return {
        message: `${code(name)} holds texts, images or listings, and nothing says that copies under another ${code(group)} were looked for`,
        label: "copies?",
        also,
      };
    const twins =
      testRows === undefined
        ? ""
        : `: of ${count(testRows)} test rows up to ${count(testRows * duplicates)} may have one`;
    return {
      message: `${share(duplicates)} of ${code(name)} are copies that stay, and the split by ${code(group)} keeps only those with one key together${twins}`,
      label: "copies have keys of their own",
      also,
    };
  },
});
