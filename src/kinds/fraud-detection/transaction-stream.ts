/** Card payments as a stream of events for features: entities customer, terminal and the transaction itself; measures amount and fraud. */

import type { EventStream, FeatureRequests } from "../../steps/3-data/features/event-stream.ts";
import { caseRequests, scoredStream } from "../../steps/3-data/features/scored-stream.ts";
import { scoredTaskOf, type Transactions } from "./transactions.ts";

/** The entity whose attributes are the values of the payment that is asked about. */
export const TRANSACTION = "transaction";

/** Amounts add up in the currency of the source; `fraud` is 0 or 1 and belongs to features with a delay only. */
export function transactionStream(transactions: Transactions): EventStream {
  return scoredStream(scoredTaskOf(transactions));
}

/** What would have been asked about these payments at their moments. */
export function transactionRequests(transactions: Transactions, rows: Int32Array): FeatureRequests {
  return caseRequests(scoredTaskOf(transactions), rows);
}
