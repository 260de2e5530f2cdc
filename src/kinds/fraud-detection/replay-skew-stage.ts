/** The stage that replays every payment through the serving state and compares each feature with the batch's, to the last bit. */

import { DAY } from "../../core/day.ts";
import { figure } from "../../core/figure.ts";
import { formatValue } from "../../core/format-figure.ts";
import type { NumericColumn } from "../../core/table.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { FEATURES_STAGE } from "../../steps/3-data/features/features-stage.ts";
import { skewRemarks } from "../../steps/6-deploy/serve/skew-remarks.ts";
import { openSkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { replayPayments } from "./replay-payments.ts";
import { type Transactions, transactionsFromStored } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

const SKEW_STAGE = "skew";
const MONTH = 30 * DAY;

export function replaySkewStage(declarations: readonly FeatureDeclaration[]): Stage {
  return stage({
    name: SKEW_STAGE,
    step: 7,
    title: "replaying payments through the serving state",
    inputs: [TRANSACTIONS_STAGE, FEATURES_STAGE],
    data: NO_FILES,
    plan: { declarations },
    run: replay,
  });
}

async function replay(
  { declarations }: { readonly declarations: readonly FeatureDeclaration[] },
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
  const { json, arrays } = await input(FEATURES_STAGE);
  const from = typeof json === "object" && json !== null && "from" in json ? Number(json.from) : Number.NaN;
  const columns = declarations.map(({ name }) => numeric(arrays[name], name));
  const rows = columns[0]?.length ?? 0;
  const replayed = replayPayments(declarations, transactions, from);
  const tally = openSkewTally(
    declarations.map(({ name }) => name),
    columns,
  );
  replayed.advance(from);
  replayed.advance(from + rows, (row, features) => tally.compare(row - from, features));
  const { differingRows: differing, differingFeatures: features } = tally;
  const bytes = [...replayed.state.bytes().values()].reduce((sum, one) => sum + one, 0);
  const perCustomer = bytes / Math.max(1, activeCustomers(transactions, from + rows));
  const share = differing / Math.max(1, rows);
  return stageResult({
    json: { differing, rows, share },
    figures: [
      figure({
        step: 7,
        name: "rows with skew",
        subject: "features",
        value: differing,
        unit: "rows",
        n: rows,
        note: "batch against serving state, to the last bit",
      }),
      figure({
        step: 7,
        name: "state bytes",
        subject: "features",
        value: bytes,
        unit: "B",
        note: "customers and terminals",
      }),
      figure({
        step: 7,
        name: "state bytes per customer",
        subject: "features",
        value: perCustomer,
        unit: "B",
        note: "all of the state over customers with a payment in the last 30 days",
      }),
    ],
    remarks: skewRemarks(
      { differing, rows, features },
      "replayed payments",
      ` The serving state holds ${formatValue({ value: bytes, unit: "B" })}.`,
    ),
  });
}

/** Customers with a payment in the 30 days before row `until`. */
function activeCustomers({ time, customer }: Transactions, until: number): number {
  const active = new Set<number>();
  for (let row = until - 1; row >= 0 && time[row] > time[until - 1] - MONTH; row--) active.add(customer[row]);
  return active.size;
}

function numeric(column: unknown, name: string): NumericColumn {
  if (column instanceof Float64Array) return column;
  throw new Error(`no feature column ${name}`);
}
