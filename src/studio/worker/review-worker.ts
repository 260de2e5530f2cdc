/** The worker: answers what the page asks, away from where one types. */

import { answerOrder } from "./answer-order.ts";
import type { Order } from "./messages.ts";

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  try {
    postMessage({ id: data.id, answer: answerOrder(data.kind, data.order) });
  } catch (error) {
    postMessage({ id: data.id, wrong: error instanceof Error ? error.message : String(error) });
  }
});

// What the first review compiles is compiled before it is asked for.
answerOrder("review", {
  text: "---\nheptad: 1\ntitle: Warm\nsystem: warm\n---\n\n## 1. Clarify requirements and goals\n\n```yaml\ngoal: x\n```\n",
});
