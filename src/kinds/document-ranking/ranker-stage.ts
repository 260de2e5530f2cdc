/** The stage of boosted trees that learn to order the documents of a query, stopped on the validation queries. */

import { figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { unwrap } from "../../core/outcome.ts";
import { createTable, pickRows, type Table } from "../../core/table.ts";
import { requestsFromStored, type StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { trainTrees } from "../../steps/4-model/models/gradient-boosted-trees.ts";
import { treesToFile } from "../../steps/4-model/models/trees-json.ts";
import type { TreesModel } from "../../steps/4-model/models/trees-model.ts";
import { predictTrees } from "../../steps/4-model/models/trees-scorer.ts";
import { type RankedLists, storeLists } from "../../steps/4-model/train/ranked-lists.ts";
import type { TreesOptions } from "../../steps/4-model/train/trees-options.ts";
import { plainJson } from "../../system/canonical-json.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { PARTS, type Part } from "./document-source.ts";
import { DOCUMENTS_STAGE, type Documents, documentsFromStored } from "./documents-stage.ts";
import { documentsByQuery } from "./queries-stage.ts";

export const RANKER_STAGE = "ranker";

interface RankerPlan {
  readonly options: TreesOptions;
}

export function rankerStage(options: TreesOptions): Stage {
  return stage({
    name: RANKER_STAGE,
    step: 4,
    title: "training the ranker",
    inputs: [DOCUMENTS_STAGE, "split"],
    data: NO_FILES,
    plan: { options },
    run: trainRanker,
  });
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

async function trainRanker({ options }: RankerPlan, { input, random, environment }: Access): Promise<StageResult> {
  const documents = documentsFromStored(await input(DOCUMENTS_STAGE));
  const split = await input("split");
  const access = { ...environment, random: random.fork("trees") };
  environment.progress("training the ranker");
  const training = rowsOfPart(documents, ["train"]);
  const stopped = unwrap(await trainTrees(training, options, access, rowsOfPart(documents, ["validation"])));
  // With the number of trees settled, the validation queries join the training rows; validation itself is judged without them.
  const settled = { ...options, trees: Math.max(1, stopped.model.trees.length) };
  const final = unwrap(await trainTrees(rowsOfPart(documents, ["train", "validation"]), settled, access));
  const table = createTable(Object.fromEntries(documents.features));
  const listsOf = (name: string, model: TreesModel) =>
    storeLists(name, orderDocuments(documents, requestsFromStored(split, name), predictTrees(model, table)));
  const file = treesToFile(final.model);
  return stageResult({
    json: { model: plainJson(file) },
    arrays: { ...listsOf("validation", stopped.model), ...listsOf("test", final.model) },
    figures: [
      figure({
        step: 4,
        subject: "ranker",
        name: "training rows",
        value: training.labels.length,
        unit: "rows",
        note: "documents of the training queries",
      }),
      figure({
        step: 4,
        subject: "ranker",
        name: "trees",
        value: final.model.trees.length,
        unit: "trees",
        note: "stopped on the validation queries",
      }),
      figure({
        step: 4,
        subject: "ranker",
        name: "model bytes",
        value: JSON.stringify(file).length,
        unit: "B",
        note: "as JSON",
      }),
    ],
    remarks: [
      {
        kind: "answer",
        text: `The ranker learned from ${formatNumber(training.labels.length)} documents of the training queries by ${options.objective}; ${formatNumber(final.model.trees.length)} trees were best on the validation queries, which then joined the training.`,
      },
    ],
  });
}

interface TrainingRows {
  readonly features: Table;
  readonly labels: Float64Array;
  readonly queries: Float64Array;
}

function rowsOfPart({ features, grades, queries, part }: Documents, parts: readonly Part[]): TrainingRows {
  const codes = parts.map((name) => PARTS.indexOf(name));
  const rows = Int32Array.from(grades.keys()).filter((row) => codes.includes(part[queries[row]]));
  return {
    features: createTable(Object.fromEntries([...features].map(([name, column]) => [name, pickRows(column, rows)]))),
    labels: pickRows(grades, rows),
    queries: pickRows(queries, rows),
  };
}

/** All documents of each query by their scores, highest first; of equals the one that stands first in the file. */
export function orderDocuments(
  documents: Pick<Documents, "queries" | "queryCount">,
  { count, unit }: Pick<StoredRequests, "count" | "unit">,
  scores: ArrayLike<number>,
): RankedLists {
  const rowsOf = documentsByQuery(documents);
  const lists = Array.from({ length: count }, (_, request) =>
    rowsOf(unit[request])
      .slice()
      .sort((one, other) => scores[other] - scores[one] || one - other),
  );
  const offsets = new Int32Array(count + 1);
  for (const [at, list] of lists.entries()) offsets[at + 1] = offsets[at] + list.length;
  const items = new Int32Array(offsets[count]);
  for (const [at, list] of lists.entries()) items.set(list, offsets[at]);
  return { offsets, items, scores: Float32Array.from(items, (row) => scores[row]) };
}
