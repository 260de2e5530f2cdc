/** What a fraud note declares of its data, for an engine of SQL: features, periods, and the payments where they lie. */

import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { waitForLabels } from "../../steps/3-data/features/label-delay.ts";
import { DEFAULT_REPAIR_POLICY } from "../../steps/3-data/sources/repair-policy.ts";
import { layoutOf } from "../../steps/3-data/sources/text-facts.ts";
import { lateLabelPlan } from "../../steps/3-data/split/late-label-split-stage.ts";
import type { ParquetCases } from "../../steps/3-data/sql/parquet-cases.ts";
import type { DeclaredCases, MappingRequest } from "../kind.ts";
import { areCardPayments, tablePayments } from "./table-payments.ts";
import { type TransactionSource, transactionSourceOf } from "./transaction-source.ts";
import { LABEL, PAYMENT_WORDS } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

/** Throws a `FailureError` for facts that name no source. */
export function declaredPayments({ design, resolve }: MappingRequest): DeclaredCases {
  const { data, clarify } = design;
  const delay = clarify.labels?.delay?.value ?? 0;
  const periods = lateLabelPlan(data);
  if (!areCardPayments(data)) {
    const { written, reading } = tablePayments(design, resolve);
    const declarations = waitForLabels(written, LABEL, delay);
    const { table, summed, leaves, words } = reading;
    const inPlace = { declarations, periods, table, summed, leaves: leaves !== "", words };
    return { form: "scored", task: TRANSACTIONS_STAGE, declarations, periods, inPlace };
  }
  const declarations = waitForLabels(declaredFeatures(data), LABEL, delay);
  const inPlace = cardsInPlace(transactionSourceOf(data, resolve), { declarations, periods });
  return {
    form: "scored",
    task: TRANSACTIONS_STAGE,
    declarations,
    periods,
    ...(inPlace === undefined ? {} : { inPlace }),
  };
}

/** Cards at terminals as a table of cases. Undefined for a simulated world. */
function cardsInPlace(
  source: TransactionSource,
  declared: Pick<ParquetCases, "declarations" | "periods">,
): ParquetCases | undefined {
  if (source.format === "simulated") return undefined;
  const { columns, range, format } = source;
  const named = (name: "customer" | "terminal" | "amount"): { name: string; column: string } => ({
    name,
    column: columns[name],
  });
  const rows = format === "handbook-fraud" ? "parquet" : format;
  return {
    ...declared,
    table: {
      path: source.path,
      layout: source.layout ?? layoutOf(rows, {}, DEFAULT_REPAIR_POLICY),
      time: source.time,
      label: columns.fraud,
      entities: [named("customer"), named("terminal")],
      hasUnit: true,
      values: [named("amount"), { name: "weekend", column: "weekend" }, { name: "night", column: "night" }],
    },
    summed: ["amount"],
    leaves: true,
    words: PAYMENT_WORDS,
    ...(range === undefined ? {} : { range: { name: "amount", bounds: range } }),
  };
}
