/** Reviews of a text that changes faster than it is reviewed: one at a time, and only the text that stands when the last one is done. */

import { askWorker } from "../../worker/ask-worker.ts";
import type { PlainReview } from "../../worker/messages.ts";

let waiting: { text: string; done: (review: PlainReview, text: string) => void } | undefined;
let isReviewing = false;

export function queueReview(text: string, done: (review: PlainReview, text: string) => void): void {
  waiting = { text, done };
  if (!isReviewing) void reviewNext();
}

async function reviewNext(): Promise<void> {
  isReviewing = true;
  while (waiting !== undefined) {
    const { text, done } = waiting;
    waiting = undefined;
    try {
      done(await askWorker("review", { text }), text);
    } catch {
      // A text that the review cannot read leaves the last findings standing; the next key asks again.
    }
  }
  isReviewing = false;
}
