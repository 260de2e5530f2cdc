/** A small note over a table of its own, and the rows of that table as SQL. */

/** A note about rows with moments, cards and amounts; `source` is its source as YAML. */
export const payNote = (source: string): string => `---
heptad: 1
title: Pay
system: binary-classification
date: 2026-11-30
---

# Pay

## 2. Frame the ML problem

\`\`\`yaml
task: binary-classification
label: { event: bad, window: 1 d }
metrics: { offline: [average precision] }
\`\`\`

## 3. Data engineering and feature pipeline

\`\`\`yaml
source: ${source}
time: at
split: { by: time, train: 20 d, gap: 1 d, test: 6 d }
features:
  - { name: sum, entity: card, aggregate: sum(euros), window: 7 d }
  - { name: mean, entity: card, aggregate: mean(euros), window: 7 d, current: row }
  - { name: count, entity: card, aggregate: count(), window: 7 d }
  - { name: known, entity: card, aggregate: count(euros), window: 7 d }
  - { name: euros, entity: row, aggregate: value(euros) }
\`\`\`

## 4. Model selection and architecture

\`\`\`yaml
stages: [{ name: model, model: gbdt, trees: 10, leaves: 4 }]
\`\`\`
`;

/** Every seventh amount is empty, every eleventh NaN, and every thirteenth -0. */
const AMOUNT =
  "CASE WHEN i % 7 = 3 THEN NULL WHEN i % 11 = 4 THEN 'NaN'::DOUBLE WHEN i % 13 = 5 THEN -0.0 ELSE (i * 37 % 5000) / 100 END";
export const PAY_ROWS = `SELECT i AS id, 'c' || (i * 7919 % 40) AS card, TIMESTAMP '2026-01-01' + INTERVAL (i * 20) MINUTE AS at,
  ${AMOUNT} AS euros, CASE WHEN i * 31 % 9 = 0 THEN 1 ELSE 0 END AS bad FROM range(2400) r(i)`;
