/** The baseline: documents in the order of one feature, the one that orders the training queries best. */

import { figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { unwrap } from "../../core/outcome.ts";
import { requestsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { storeLists } from "../../steps/4-model/train/ranked-lists.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { PARTS } from "./document-source.ts";
import { DOCUMENTS_STAGE, type Documents, documentsFromStored } from "./documents-stage.ts";
import { documentsByQuery } from "./queries-stage.ts";
import { orderDocuments } from "./ranker-stage.ts";

export const SINGLE_FEATURE_STAGE = "baseline";

/** Training queries that features are compared on. */
const COMPARED = 500;

export function singleFeatureStage(metric: string): Stage {
  return stage({
    name: SINGLE_FEATURE_STAGE,
    step: 4,
    title: "choosing the best single feature",
    inputs: [DOCUMENTS_STAGE, "split"],
    data: NO_FILES,
    plan: { metric },
    run: chooseFeature,
  });
}

async function chooseFeature(
  { metric }: { readonly metric: string },
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const documents = documentsFromStored(await input(DOCUMENTS_STAGE));
  const split = await input("split");
  const best = bestFeature(documents, metric);
  const scores = signed(documents.features.get(best.name) ?? new Float64Array(0), best.sign);
  const listsOf = (name: string) =>
    storeLists(name, orderDocuments(documents, requestsFromStored(split, name), scores));
  const way = best.sign > 0 ? "highest" : "lowest";
  return stageResult({
    arrays: { ...listsOf("validation"), ...listsOf("test") },
    figures: [
      figure({
        step: 4,
        subject: "baseline",
        name: `training ${metric}`,
        value: best.value,
        n: best.queries,
        note: `by \`${best.name}\`, ${way} first`,
      }),
    ],
    remarks: [
      {
        kind: "answer",
        text: `The baseline orders documents by \`${best.name}\` alone, ${way} first: of ${formatNumber(documents.features.size)} features it orders ${formatNumber(best.queries)} training queries best.`,
      },
    ],
  });
}

interface BestFeature {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly value: number;
  readonly queries: number;
}

function bestFeature(documents: Documents, metric: string): BestFeature {
  const { definition, k, variant } = unwrap(parseMetric(metric));
  if (definition.over !== "requests") throw new Error("a plan compares features by a metric of requests");
  const { grades, part, queryCount, features } = documents;
  const rowsOf = documentsByQuery(documents);
  const training = Array.from({ length: queryCount }, (_, query) => query)
    .filter((query) => PARTS[part[query]] === "train" && rowsOf(query).some((row) => grades[row] > 0))
    .slice(0, COMPARED)
    .map(rowsOf);
  let best: BestFeature = { name: "", sign: 1, value: Number.NEGATIVE_INFINITY, queries: training.length };
  for (const [name, column] of features)
    for (const sign of [1, -1] as const) {
      const scores = signed(column, sign);
      const values = training.map((rows) => {
        const order = rows.slice().sort((one, other) => scores[other] - scores[one] || one - other);
        const relevance = Array.from(order, (row) => grades[row]);
        return definition.measure({ relevance, judged: Array.from(rows, (row) => grades[row]) }, k, variant);
      });
      const value = values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
      if (value > best.value) best = { ...best, name, sign, value };
    }
  return best;
}

function signed(column: ArrayLike<number>, sign: 1 | -1): Float64Array {
  return Float64Array.from(column, (value) => sign * value);
}
