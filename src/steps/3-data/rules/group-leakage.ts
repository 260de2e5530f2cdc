/** Finds entities whose rows stand on both sides of the split. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { splitAdvice } from "../split-advice.ts";
import { isByRow } from "../split-plan.ts";

export const rule = defineRule({
  code: "HP306",
  name: "group-leakage",
  step: 3,
  reads: ["3.entities[].key", "3.entities[].rows", "3.split.by", "3.split.group", "3.split.for"],
  severity: "error",
  consequence: "false-figures",
  summary: "rows of one entity stand in training and in test",
  why: "the score then measures how well the model recognises the entity, not how well it judges one it has never met",
  fix: "keep each entity on one side: `split: { by: group, group: patient_id }`, or `group-and-time` when drift matters too",
  sources: [
    "Leakage and the Reproducibility Crisis (2023), type L3.2",
    "scikit-learn (2024), cross-validation of grouped data",
  ],
  examples: {
    bad: { 3: "entities: [{ key: patient_id, rows: 12 }]\nsplit: { by: random, for: new }" },
    good: { 3: "entities: [{ key: patient_id, rows: 12 }]\nsplit: { by: group, group: patient_id, for: new }" },
  },
  check(design) {
    const { entities, split } = design.data;
    const by = split?.by;
    if (by === undefined) return unknown("3.split.by");
    if (entities === undefined) return unknown("3.entities");
    const forNew = split?.for === "new";
    // Without time a recommender is judged on held-out rows of the members that it knows, on purpose.
    if (by === "random-per-member" && !forNew && design.data.time === "none") return [];
    const byTime = by === "time" && forNew && split?.group === undefined;
    if (!isByRow(by) && !byTime) return [];
    const repeated = entities.flatMap(({ key, rows }, i) =>
      (rows?.value ?? 0) >= 2 && split?.group !== key ? [{ key, rows: rows?.value ?? 0, i }] : [],
    );
    if (repeated.length === 0) return [];
    const [{ key, rows, i }] = repeated;
    const severity = forNew ? ("error" as const) : ("warning" as const);
    return [
      {
        at: "3.split.by",
        also: [`3.entities[${i}].key`],
        severity,
        key,
        rows,
        by,
        forNew,
        advice: splitAdvice(design),
      },
    ];
  },
  say: ({ key, rows, by, forNew, advice }) => ({
    message: `each ${code(key)} has about ${count(rows)} rows and the split is ${code(by)}, so nearly every one of the test is also in training${forNew ? ", although the model must serve new ones" : ""}`,
    label: "one entity on both sides",
    also: [`${count(rows)} rows each`],
    fix:
      advice.group === undefined
        ? `write \`split: { by: ${advice.by} }\`: the model serves known ones, and time divides their rows`
        : `write \`split: { by: ${advice.by}, group: ${key} }\``,
  }),
});
