/** The protocol of graded documents: trees learn to rank the documents of queries, in LibSVM lines with the sizes of queries beside them. */

import { FailureError, unwrap } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { createTable, numbers, pickRows, type Table } from "../../core/table.ts";
import { storedFloat64, storedInt32 } from "../../steps/3-data/stored-columns.ts";
import { trainTrees } from "../../steps/4-model/models/gradient-boosted-trees.ts";
import { predictTrees } from "../../steps/4-model/models/trees-scorer.ts";
import { REQUEST_RANGE } from "../../steps/5-evaluate/metrics/metric.ts";
import { type ParsedMetric, parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { bootstrapMean, knownInterval } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import { stageResult } from "../../system/stage.ts";
import { checksumOfColumns } from "./data-checksums.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import { type PublishedTable, settingsOf, type TableSettings } from "./table.ts";
import { treesSettings } from "./trees-settings.ts";
import type { Workbench } from "./workbench.ts";

interface Documents {
  readonly grades: Float64Array;
  /** Query of each document. */
  readonly queries: Int32Array;
  readonly features: Table;
}

/** Values of each metric, one per query that has a graded document. */
interface Values {
  readonly queries: Int32Array;
  readonly of: ReadonlyMap<string, Float64Array>;
}

/** The share of training queries that settings are chosen on. */
const VALIDATION = 0.25;

export async function tryGradedDocuments(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const metrics = table.metrics.map((metric) => unwrap(parseMetric(metric)));
  const seed = table.seeds[0];
  const random = bench.random(seed);
  const texts = Object.fromEntries(Object.entries(table.data).map(([key, file]) => [key, bench.text(file)]));
  const width = Math.max(widthOf(texts.train), widthOf(texts.test));
  const train = readDocuments(texts.train, texts["train-sizes"], width, table.data.train);
  const test = readDocuments(texts.test, texts["test-sizes"], width, table.data.test);
  const data = {
    "training queries": countOf(train),
    "test queries": countOf(test),
    documents: train.grades.length + test.grades.length,
  };
  bench.counted(data);
  bench.summed({ train: checksumOf(train), test: checksumOf(test) });
  const { learn, held } = holdOut(train, random.fork("validation"));
  const valuesOf = async (model: string, settings: TableSettings, on: "validation" | "test"): Promise<Values> => {
    const facts = { model, settings: JSON.stringify(settings), on, seed, metrics: table.metrics };
    const kept = await bench.part(`${name}: ${model} ${JSON.stringify(settings)}, ${on}`, facts, async () => {
      const [from, to] = on === "test" ? [train, test] : [learn, held];
      const scores = await scoresOf(model, settings, from, to, random);
      const { queries, of } = measure(to, scores, metrics);
      return stageResult({ arrays: { queries, ...Object.fromEntries(of) } });
    });
    return {
      queries: storedInt32(kept.arrays, "queries"),
      of: new Map(metrics.map((metric) => [metric.name, storedFloat64(kept.arrays, metric.name)])),
    };
  };
  const chosenBy = unwrap(parseMetric(table["chosen-by"])).name;
  const rows: TableRow[] = [];
  let tuned: { value: number; values: Values } | undefined;
  let tried = 0;
  for (const model of table.models) {
    let best: { settings: TableSettings; value: number } | undefined;
    for (const settings of settingsOf(model)) {
      tried++;
      const value = meanOf((await valuesOf(model.model, settings, "validation")).of.get(chosenBy));
      if (best === undefined || value > best.value) best = { settings, value };
    }
    if (best === undefined) continue;
    const values = await valuesOf(model.model, best.settings, "test");
    rows.push({
      name: model.model,
      settings: { ...best.settings },
      tried: settingsOf(model).length,
      validation: best.value,
      values: withIntervals(values, random.fork(model.model)),
      n: values.queries.length,
    });
  }
  for (const model of table.models) {
    for (const settings of settingsOf(model)) {
      const values = await valuesOf(model.model, settings, "test");
      const value = meanOf(values.of.get(chosenBy));
      if (tuned === undefined || value > tuned.value) tuned = { value, values };
    }
  }
  return {
    table: name,
    seeds: table.seeds,
    data,
    rows,
    best: rows.reduce((a, b) => ((b.validation ?? 0) > (a.validation ?? 0) ? b : a)).name,
    checks: [],
    claims:
      tuned === undefined
        ? []
        : [
            {
              name: "settings chosen on the test",
              says: `the best of all ${tried} settings by ${chosenBy} on the test itself`,
              values: withIntervals(tuned.values, random.fork("tuned")),
            },
          ],
    seconds: await bench.seconds(),
  };
}

/** `in-order` takes the documents as the file has them: what no model at all gives. */
async function scoresOf(
  model: string,
  settings: TableSettings,
  from: Documents,
  to: Documents,
  random: Random,
): Promise<Float64Array> {
  if (model === "in-order") return Float64Array.from(to.grades, (_, at) => -at);
  const objective = model === "lambdarank" ? "lambdarank" : "squared-error";
  const trained = await trainTrees(
    { features: from.features, labels: from.grades, ...(objective === "lambdarank" ? { queries: from.queries } : {}) },
    { objective, ...treesSettings(settings) },
    { random: random.fork("fit") },
  );
  return predictTrees(unwrap(trained).model, to.features);
}

/** Queries without a graded document are left out: no order of them is better than another. */
function measure(documents: Documents, scores: Float64Array, metrics: readonly ParsedMetric[]): Values {
  const byQuery = new Map<number, number[]>();
  documents.queries.forEach((query, row) => {
    byQuery.set(query, [...(byQuery.get(query) ?? []), row]);
  });
  const kept = [...byQuery].filter(([, rows]) => rows.some((row) => documents.grades[row] > 0));
  const requests = kept.map(([, rows]) => ({
    relevance: rows.toSorted((a, b) => scores[b] - scores[a] || a - b).map((row) => documents.grades[row]),
    judged: rows.map((row) => documents.grades[row]),
  }));
  const of = new Map<string, Float64Array>();
  for (const { name, definition, k, variant } of metrics) {
    if (definition.over !== "requests") continue;
    of.set(
      name,
      Float64Array.from(requests, (request) => definition.measure(request, k, variant)),
    );
  }
  return { queries: Int32Array.from(kept, ([query]) => query), of };
}

function withIntervals({ queries, of }: Values, random: Random): Record<string, Measured> {
  return Object.fromEntries(
    [...of].map(([metric, values]) => {
      const level = bootstrapMean(values, { random: random.fork(metric), units: queries, range: REQUEST_RANGE });
      const interval = knownInterval(level);
      return [metric, { value: level.mean, interval: interval === null ? null : [...interval] }];
    }),
  );
}

function holdOut(documents: Documents, random: Random): { readonly learn: Documents; readonly held: Documents } {
  const count = countOf(documents);
  const order = random.shuffle(Int32Array.from({ length: count }, (_, query) => query));
  const isHeld = new Set(order.slice(0, Math.round(VALIDATION * count)));
  const rows = Int32Array.from(documents.grades, (_, row) => row);
  const part = (keeps: (row: number) => boolean): Documents => {
    const own = rows.filter(keeps);
    const columns = [...documents.features.columns].map(([name, column]) => [name, pickRows(column, own)] as const);
    return {
      grades: Float64Array.from(own, (row) => documents.grades[row]),
      queries: own.map((row) => documents.queries[row]),
      features: createTable(Object.fromEntries(columns)),
    };
  };
  return {
    learn: part((row) => !isHeld.has(documents.queries[row])),
    held: part((row) => isHeld.has(documents.queries[row])),
  };
}

/** The order of documents is what the baseline answers with. */
function checksumOf({ grades, queries, features }: Documents): string {
  return checksumOfColumns([grades, queries, ...[...features.columns.keys()].map((name) => numbers(features, name))]);
}

function countOf({ queries }: Documents): number {
  return queries.length === 0 ? 0 : queries[queries.length - 1] + 1;
}

function widthOf(text: string): number {
  let most = 0;
  for (const [, column] of text.matchAll(/ (\d+):/gu)) most = Math.max(most, Number(column));
  return most + 1;
}

/** Throws a `FailureError` where a line is broken, or the sizes of queries are not of these lines. */
function readDocuments(text: string, sizes: string, width: number, file: string): Documents {
  const lines = linesOf(text);
  const columns = Array.from({ length: width }, () => new Float64Array(lines.length));
  const grades = Float64Array.from(lines, (line, row) => {
    const [grade, ...cells] = line.trim().split(" ");
    for (const cell of cells) {
      const [column, value] = cell.split(":").map(Number);
      if (!(column in columns && Number.isFinite(value))) throw brokenDocuments(file, row, `\`${cell}\` is no feature`);
      columns[column][row] = value;
    }
    if (!/^\d+$/u.test(grade)) throw brokenDocuments(file, row, `\`${grade}\` is no grade`);
    return Number(grade);
  });
  const counts = linesOf(sizes).map(Number);
  const sized = counts.reduce((sum, size) => sum + size, 0);
  if (sized !== lines.length) {
    const message = Number.isNaN(sized)
      ? "the sizes of its queries are no numbers"
      : `it has ${lines.length} documents, and the sizes of its queries add up to ${sized}`;
    throw brokenDocuments(file, lines.length - 1, message);
  }
  return {
    grades,
    queries: Int32Array.from(counts.flatMap((size, query) => Array.from({ length: size }, () => query))),
    features: createTable(Object.fromEntries(columns.map((column, at) => [`f${at}`, column]))),
  };
}

function linesOf(text: string): readonly string[] {
  return text.trim() === "" ? [] : text.trim().split("\n");
}

function brokenDocuments(file: string, row: number, message: string): FailureError {
  return new FailureError({
    code: "broken-documents",
    message,
    where: `${file}:${row + 1}`,
    fix: "take both files of documents and both of sizes whole, as their source publishes them",
  });
}

function meanOf(values: Float64Array | undefined): number {
  if (values === undefined || values.length === 0) return Number.NEGATIVE_INFINITY;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
