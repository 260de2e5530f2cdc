/** What a fraud run reads of its files, as the check of mappings takes it. */

import type { SourceMapping } from "../../steps/3-data/sources/source-mapping.ts";
import { layoutOf } from "../../steps/3-data/sources/text-facts.ts";
import type { TransactionSource } from "./transaction-source.ts";

/** Undefined for a simulated world, which maps nothing. */
export function paymentMapping(source: TransactionSource): SourceMapping | undefined {
  if (source.format === "simulated") return undefined;
  const { path, columns, time, policy } = source;
  const { customer, terminal, amount, fraud, id } = columns;
  return {
    path,
    layout: source.layout ?? layoutOf(source.format === "handbook-fraud" ? "parquet" : source.format, {}, policy),
    time,
    columns: [
      { meaning: "customer", column: customer, holds: "id" },
      { meaning: "terminal", column: terminal, holds: "id" },
      { meaning: "amount", column: amount, holds: "number" },
      { meaning: "fraud", column: fraud, holds: "label" },
      ...(id === undefined ? [] : [{ meaning: "id", column: id, holds: "any" } as const]),
    ],
    same: id === undefined ? ["time", "customer", "terminal", "amount"] : ["id"],
    sides: [],
    policy,
  };
}
