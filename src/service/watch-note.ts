/** Holds a note's alerts against the service's own metrics, says what begins to ring or is over, and hands it on. */

import type { Design } from "../steps/design.ts";
import { openAlertSender } from "./alert-sender.ts";
import { openAlertWatch } from "./alert-watch.ts";
import type { Sample } from "./read-metrics.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import type { ServiceMetrics } from "./service-metrics.ts";

/** How long a webhook may take to answer. */
const WEBHOOK_MS = 5000;

/** Looks at the service's own metrics; what has begun to ring, or has ended, is said and handed on. */
export function openWatch(
  { webhook, say, onError }: Pick<ServeNoteOptions, "webhook" | "say" | "onError">,
  design: Design,
  metrics: ServiceMetrics,
): (samples: readonly Sample[]) => void {
  const watch = openAlertWatch(design);
  const sender =
    webhook === undefined
      ? undefined
      : openAlertSender({
          title: design.front.title,
          post: async (body) => {
            const headers = { "content-type": "application/json" };
            const signal = AbortSignal.timeout(WEBHOOK_MS);
            const answer = await fetch(webhook, { method: "POST", headers, body, signal, redirect: "error" });
            await answer.body?.cancel();
            return answer.status;
          },
          later: (work, seconds) => void setTimeout(work, 1000 * seconds).unref(),
          onResult(result, why) {
            metrics.alert(result);
            if (result === "lost") onError(`an alert did not reach the webhook: ${why}`);
          },
        });
  return (samples) => {
    const news = watch.look({ at: Date.now() / 1000, samples });
    for (const { alert, isRinging } of news)
      say(
        isRinging
          ? `alert: ${alert.metric} ${alert.condition} (${alert.path})${alert.action === "" ? "" : `: ${alert.action}`}`
          : `alert over: ${alert.metric} (${alert.path})`,
      );
    sender?.send(news);
  };
}
