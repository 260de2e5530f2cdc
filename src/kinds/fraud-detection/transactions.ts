/** Card payments: which card paid how much at which terminal and when, as columns sorted by time, with what later turned out to be fraud. */

import type { NumericColumn } from "../../core/table.ts";
import {
  type ScoredTask,
  type ScoredWords,
  scoredTaskFromStored,
  scoredTaskToStored,
} from "../../steps/3-data/scored-task.ts";
import { isNight, isWeekend } from "../../steps/3-data/sources/calendar-flags.ts";
import type { DataSource, Repair } from "../../steps/3-data/sources/source-report.ts";
import type { SlicedShape } from "../../steps/5-evaluate/protocols/case-slices.ts";
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
  /** What the data calls each customer and terminal, by number; absent where it has these numbers itself, as simulated worlds do. */
  readonly names?: { readonly customer: readonly string[]; readonly terminal: readonly string[] };
  /** What the data calls each payment, empty where it says nothing; absent where it has no ids. */
  readonly ids?: readonly string[];
  readonly repairs: readonly Repair[];
  readonly source: DataSource;
}

/** Transactions as the task that they are: payments are scored, and the label says which turned out to be fraud. Columns are shared, not copied. */
export function scoredTaskOf(transactions: TransactionColumns): ScoredTask {
  const { time, customer, terminal, amount, fraud, customers, terminals, names } = transactions;
  return {
    time,
    label: fraud,
    entities: new Map([
      ["customer", { count: customers, rows: customer, ...(names && { names: names.customer }) }],
      ["terminal", { count: terminals, rows: terminal, ...(names && { names: names.terminal }) }],
    ]),
    values: new Map<string, NumericColumn>([
      ["amount", amount],
      ["weekend", flagsOf(time, isWeekend)],
      ["night", flagsOf(time, isNight)],
    ]),
    summed: ["amount"],
    stake: "amount",
    leaves: "cards known to be compromised left out",
    words: PAYMENT_WORDS,
  };
}

/** The measure of payments that is the label. */
export const LABEL = "fraud";

type TransactionColumns = Omit<Transactions, "count" | "repairs" | "source">;

/** How reports speak of payments. */
export const PAYMENT_WORDS: ScoredWords = {
  case: "payment",
  cases: "payments",
  row: "transaction",
  rows: "transactions",
  unit: "card",
  units: "cards",
  positive: LABEL,
  positives: "frauds",
  labelled: "fraud",
  others: "honest ones",
  negatives: "honest payments",
  party: "customer",
  parties: "customers",
  idle: "approving everything",
  meanwhile:
    "what thieves do today shows in it after the delay, and in the share of alerts that investigators confirm, before",
};

/** What names of slices are made of. */
export const PAYMENT_SHAPE: SlicedShape = {
  units: PAYMENT_WORDS.units,
  entities: ["customer", "terminal"],
  stake: "amount",
};

/** A plain loop: over a million payments, `Uint8Array.from` with a function takes several times as long. */
function flagsOf(time: Float64Array, flag: (time: number) => number): Uint8Array {
  const flags = new Uint8Array(time.length);
  for (let row = 0; row < time.length; row++) flags[row] = flag(time[row]);
  return flags;
}

const IDS = "ids";

/** Transactions as a stage result stores them, as a scored task with where they came from; `transactionsFromStored` is the inverse. */
export function transactionsToStored(transactions: Transactions): Pick<StageResult, "json" | "arrays"> {
  const { json, arrays } = scoredTaskToStored(scoredTaskOf(transactions));
  const { repairs, source, ids } = transactions;
  return {
    json: { ...json, repairs: plainJson(repairs), source: plainJson(source) },
    arrays: ids === undefined ? arrays : { ...arrays, [IDS]: ids },
  };
}

/** Throws when a column is missing or of another type: that is a fault of the store. */
export function transactionsFromStored(stored: Pick<StageResult, "json" | "arrays">): Transactions {
  const { time, label, entities, values } = scoredTaskFromStored(stored);
  const [customer, terminal, amount] = [entities.get("customer"), entities.get("terminal"), values.get("amount")];
  if (customer === undefined || terminal === undefined || !(amount instanceof Float64Array))
    throw new Error("stored transactions lack a column");
  const ids = stored.arrays[IDS];
  return {
    count: time.length,
    time,
    customer: customer.rows,
    terminal: terminal.rows,
    amount,
    fraud: label,
    customers: customer.count,
    terminals: terminal.count,
    ...(customer.names === undefined || terminal.names === undefined
      ? {}
      : { names: { customer: customer.names, terminal: terminal.names } }),
    ...(ids === undefined || ArrayBuffer.isView(ids) ? {} : { ids }),
    ...readRest(stored.json),
  };
}

function readRest(json: Json): Pick<Transactions, "repairs" | "source"> {
  if (!(isJsonObject(json) && isJsonObject(json.source) && Array.isArray(json.repairs)))
    throw new Error("stored transactions lack their description");
  const { format, description, simulated, readings } = json.source;
  return {
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
