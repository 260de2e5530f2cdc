import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { createTable, type Table } from "../src/core/table.ts";
import type { RankedTask } from "../src/steps/3-data/ranked-task.ts";
import { sharedListAt } from "../src/steps/3-data/row-lists.ts";
import { createRequests } from "../src/steps/3-data/split/request-time.ts";
import { trainTrees } from "../src/steps/4-model/models/gradient-boosted-trees.ts";
import { predictTrees } from "../src/steps/4-model/models/trees-scorer.ts";
import { rankAll } from "../src/steps/4-model/train/ranked-lists.ts";
import { parseMetric } from "../src/steps/5-evaluate/metrics/parse-metric.ts";
import { measureLists, WHOLE } from "../src/steps/5-evaluate/protocols/measure-lists.ts";
import { plantRanked } from "./planted-tasks.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "shared", "data", "lambdarank");
const WIDTH = 301;

interface Documents {
  readonly grades: Float64Array;
  /** Query of each document. */
  readonly queries: Int32Array;
  readonly features: Table;
}

/** LibSVM lines and the sizes of the queries, as the example of LightGBM has them. */
function read(part: string): Documents {
  const lines = readFileSync(join(FOLDER, `rank.${part}`), "utf8")
    .trim()
    .split("\n");
  const sizes = readFileSync(join(FOLDER, `rank.${part}.query`), "utf8")
    .trim()
    .split("\n")
    .map(Number);
  const columns = Array.from({ length: WIDTH }, () => new Float64Array(lines.length));
  const grades = Float64Array.from(lines, (line, row) => {
    const [grade, ...cells] = line.trim().split(" ");
    for (const cell of cells) {
      const [column, value] = cell.split(":").map(Number);
      if (column < WIDTH) columns[column][row] = value;
    }
    return Number(grade);
  });
  return {
    grades,
    queries: Int32Array.from(sizes.flatMap((size, query) => Array.from({ length: size }, () => query))),
    features: createTable(Object.fromEntries(columns.map((column, at) => [`f${at}`, column]))),
  };
}

/** Queries ask and documents are the items: each is offered as an impression and then graded. */
function taskOf({ grades, queries }: Documents): RankedTask {
  const events = [...queries].flatMap((unit, item) => [
    { time: unit * 10 + 1, unit, item, kind: "impression" as const, value: 0 },
    { time: unit * 10 + 2, unit, item, value: grades[item] },
  ]);
  const few = plantRanked([]);
  const task = plantRanked(
    events.toSorted((a, b) => a.time - b.time),
    { units: queries[queries.length - 1] + 1, items: 0 },
  );
  const count = queries.length;
  return { ...task, items: { ...few.items, count, vectors: { width: 1, values: new Float32Array(count) } } };
}

describe.skipIf(!existsSync(FOLDER))("documents for queries", () => {
  it("are a ranked task: requests with grades, lists of candidates, and NDCG well above chance", async () => {
    const [training, test] = [read("train"), read("test")];
    const task = taskOf(test);
    const requests = createRequests(task.events, task.units, {
      from: 0,
      foldIn: 0,
      relevant: { kind: "rating", atLeast: 1, graded: true },
    });
    expect(requests.count).toBeGreaterThan(40);
    expect(requests.grades).toHaveLength(requests.relevant.items.length);
    expect(Math.max(...(requests.grades ?? []))).toBe(4);
    const trained = await trainTrees(
      { features: training.features, labels: training.grades, queries: training.queries },
      { objective: "lambdarank", trees: 60, leaves: 15, learningRate: 0.1 },
      { random: createRandom(1) },
    );
    const scores = predictTrees(unwrap(trained).model, test.features);
    const ndcg = unwrap(parseMetric("ndcg@5"));
    const mean = (score: (document: number) => number): number => {
      const lists = rankAll(
        requests.count,
        test.queries.length,
        (request) =>
          Float32Array.from(test.queries, (query, document) =>
            query === requests.unit[request] ? score(document) : Number.NEGATIVE_INFINITY,
          ),
        (request) => sharedListAt(requests.history, request).map((row) => task.events.item[row]),
      );
      const values = measureLists(requests, lists, [ndcg], WHOLE).values.get("ndcg@5") ?? [];
      return [...values].reduce((sum, value) => sum + value, 0) / requests.count;
    };
    const random = createRandom(2);
    const chance = mean(() => random.uniform());
    expect(mean((document) => scores[document])).toBeGreaterThan(chance + 0.1);
    expect(mean((document) => test.grades[document])).toBeCloseTo(1, 12);
  });
});
