/** Card payments: which card paid how much at which terminal and when, as columns sorted by time, with what later turned out to be fraud. */

import type { DataSource, Repair } from "../../steps/3-data/sources/source-report.ts";
import { isJsonObject, plainJson } from "../../system/canonical-json.ts";
import type { Json, StageResult } from "../../system/stage.ts";

/** One row per payment, sorted by `time` (ties in the order of the source). */
export interface Transactions {
  readonly count: number;
  /** Seconds since 1970, UTC. */
  readonly time: Float64Array;
  /** The paying card's holder, a whole number below `customers`. */
  readonly customer: Int32Array;
  /** Where it was paid, a whole number below `terminals`. */
  readonly terminal: Int32Array;
  readonly amount: Float64Array;
  /** 1 where it turned out to be fraud. The label: known only after its delay. */
  readonly fraud: Uint8Array;
  readonly customers: number;
  readonly terminals: number;
  readonly repairs: readonly Repair[];
  readonly source: DataSource;
}

/** Transactions as a stage result stores them; `transactionsFromStored` is the inverse. */
export function transactionsToStored(transactions: Transactions): Pick<StageResult, "json" | "arrays"> {
  const { time, customer, terminal, amount, fraud, customers, terminals, repairs, source } = transactions;
  return {
    json: plainJson({ customers, terminals, repairs, source }),
    arrays: { time, customer, terminal, amount, fraud },
  };
}

/** Throws when a column is missing or of another type: that is a fault of the store. */
export function transactionsFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): Transactions {
  const { time, customer, terminal, amount, fraud } = arrays;
  const isWhole =
    time instanceof Float64Array &&
    customer instanceof Int32Array &&
    terminal instanceof Int32Array &&
    amount instanceof Float64Array &&
    fraud instanceof Uint8Array;
  if (!isWhole) throw new Error("stored transactions lack a column");
  return { count: time.length, time, customer, terminal, amount, fraud, ...readRest(json) };
}

function readRest(json: Json): Pick<Transactions, "customers" | "terminals" | "repairs" | "source"> {
  if (!(isJsonObject(json) && isJsonObject(json.source) && Array.isArray(json.repairs)))
    throw new Error("stored transactions lack their description");
  const { format, description, simulated, readings } = json.source;
  return {
    customers: Number(json.customers),
    terminals: Number(json.terminals),
    repairs: json.repairs.map(({ kind, count, description: what }) => ({
      kind: String(kind),
      count: Number(count),
      description: String(what),
    })),
    source: {
      format: String(format),
      description: String(description),
      simulated: simulated === true,
      ...(Array.isArray(readings) ? { readings: readings.map(String) } : {}),
    },
  };
}
