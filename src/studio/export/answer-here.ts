/** The worker of an export: none, since a page of the `file:` scheme may start none; orders are answered where they are asked. */

import { answerOrder } from "../worker/answer-order.ts";
import type { Answers, Kind, Orders } from "../worker/messages.ts";

/** As `ask-worker.ts` has it; the build puts this one in its place. */
export async function askWorker<K extends Kind>(kind: K, order: Orders[K]): Promise<Answers[K]> {
  return answerOrder(kind, order);
}
