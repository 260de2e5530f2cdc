/** The stage that computes the declared features of every payment that a round trains on or judges, as of the payment's moment. */

import { type Figure, figure } from "../../core/figure.ts";
import { createTable, pickRows, type Table } from "../../core/table.ts";
import { buildFeatures } from "../../steps/3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../steps/3-data/split/late-label-split-stage.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { transactionRequests, transactionStream } from "./transaction-stream.ts";
import { transactionsFromStored } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

export const FEATURES_STAGE = "features";

export function transactionFeaturesStage(declarations: readonly FeatureDeclaration[]): Stage {
  return stage({
    name: FEATURES_STAGE,
    step: 3,
    title: "computing features as of each payment's moment",
    inputs: [TRANSACTIONS_STAGE, ROUNDS_STAGE],
    data: NO_FILES,
    plan: { declarations },
    run: computeFeatures,
  });
}

async function computeFeatures(
  { declarations }: { readonly declarations: readonly FeatureDeclaration[] },
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
  const { earlier, final } = roundsFromStored(await input(ROUNDS_STAGE));
  const from = (earlier[0] ?? final).trainFrom;
  const until = final.test[final.test.length - 1] + 1;
  const rows = Int32Array.from({ length: until - from }, (_, at) => from + at);
  const stream = transactionStream(transactions);
  const built = buildFeatures(planFeatures(declarations, stream), stream, transactionRequests(transactions, rows));
  return stageResult({
    json: { from },
    arrays: Object.fromEntries(built),
    figures: [...built].map(([name, values]) => missingShare(name, values)),
    remarks: [
      {
        kind: "answer",
        text: `${built.size} features of ${rows.length.toLocaleString("en-US")} payments, each from events before the payment; a fraud label is used only after its delay.`,
      },
    ],
  });
}

function missingShare(name: string, values: Float64Array): Figure {
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) missing++;
  return figure({ step: 3, name: "missing share", subject: name, value: missing / values.length, unit: "share" });
}

/** The feature columns of some rows of the transactions. Throws for a row that no round needs. */
export function featureTable({ json, arrays }: Pick<StageResult, "json" | "arrays">, rows: Int32Array): Table {
  const from = typeof json === "object" && json !== null && "from" in json ? Number(json.from) : Number.NaN;
  const places = rows.map((row) => row - from);
  return createTable(
    Object.fromEntries(Object.entries(arrays).map(([name, column]) => [name, pickRows(column, places)])),
  );
}
