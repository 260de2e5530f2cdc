/** A log of events as large as asked for, written once as Parquet, with the note that reads it: skewed members and items over half a year. */

import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDuckdb } from "../src/node/duckdb.ts";

const DAYS = 180;
const START = 1_700_000_000;

/** Five columns: who, with what, what happened, how much of it, and when; a hundred events a member and five hundred an item in the mean. */
export async function largeEvents(folder: string, rows: number): Promise<string> {
  const file = join(folder, `events-${rows}.parquet`);
  if (!existsSync(file)) {
    const sql = await openDuckdb({ memoryLimit: "2GB" });
    try {
      await sql.query("SET preserve_insertion_order = false");
      await sql.query(`COPY (${eventsQuery(rows)}) TO '${file}.part' (FORMAT parquet, COMPRESSION zstd)`);
    } finally {
      sql.close();
    }
    // Under its own name only once it is whole.
    renameSync(`${file}.part`, file);
  }
  writeFileSync(join(folder, `events-${rows}.md`), noteOf(`events-${rows}.parquet`, ""));
  return join(folder, `events-${rows}.md`);
}

/** The note of a whole run over such a log: a baseline and ALS, asked for ten thousand members. Gives its path. */
export function writeRunNote(folder: string, rows: number): string {
  const path = join(folder, `run-${rows}.md`);
  writeFileSync(path, noteOf(`events-${rows}.parquet`, MODEL));
  return path;
}

const MODEL = `
## 4. Model selection and architecture

\`\`\`yaml
stages:
  - { name: candidates, model: als, factors: 64, iterations: 10, index: exact, keep: 100 }
\`\`\`

## 5. Training, offline evaluation and optimization

\`\`\`yaml
evaluation: { candidates: full, sampled-users: 10k }
\`\`\`
`;

/** Chance is the hash of a row's number with a seed: the same events whatever the threads do. */
function eventsQuery(rows: number): string {
  const uniform = (seed: number): string => `(hash(i * 16 + ${seed}) / 18446744073709551616.0)`;
  const [members, items] = [Math.ceil(rows / 100), Math.ceil(rows / 500)];
  const step = (DAYS * 86_400) / rows;
  return `
    SELECT CAST(1000000 + floor(${members} * pow(${uniform(1)}, 2.5)) AS BIGINT) AS user_id,
      CAST(hash(CAST(floor(${items} * pow(${uniform(2)}, 3)) AS BIGINT)) % 1000000000000 AS BIGINT) AS item_id,
      CASE WHEN ${uniform(3)} < 0.02 THEN 'buy' WHEN ${uniform(3)} < 0.1 THEN 'cart' ELSE 'view' END AS event,
      CAST(round(1 + 200 * pow(${uniform(4)}, 4), 2) AS DOUBLE) AS price,
      CAST(${START} + floor(i * ${step} + 3600 * ${uniform(5)}) AS BIGINT) AS ts
    FROM range(${rows}) t(i)`;
}

function noteOf(file: string, after: string): string {
  const feature = (name: string, entity: string, aggregate: string, window: string): string =>
    `  - { name: ${name}, entity: ${entity}, aggregate: ${aggregate}, window: ${window} }`;
  const features = ["member", "title"].flatMap((entity) => [
    feature(`${entity}_events_7d`, entity, "count()", "7 d"),
    feature(`${entity}_mean_price_30d`, entity, "mean(view)", "30 d"),
    feature(`${entity}_recency`, entity, "recency()", "all"),
  ]);
  return `---
heptad: 1
title: Many events
system: recommendation
---

# Many events

## 2. Frame the ML problem

\`\`\`yaml
label: { event: purchase }
baseline: { rule: most-popular, window: 90 d }
metrics: { offline: [ndcg@10, recall@100] }
\`\`\`

## 3. Data engineering and feature pipeline

\`\`\`yaml
source:
  format: parquet
  path: ${file}
  columns: { member: user_id, title: item_id, event: event, value: price }
  events: { view: view, cart: cart, buy: purchase }
time: ts
split: { by: time, validation: 10%, test: 10% }
features:
${features.join("\n")}
\`\`\`
${after}`;
}
