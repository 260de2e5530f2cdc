/** The process that a run of the studio lives in: told what to run, it says stage by stage how far it is, and ends. */

import { FailureError } from "../../core/outcome.ts";
import { reviewDesign } from "../../node/review-design.ts";
import { type RunRequest, runDesign } from "../../node/run-design.ts";
import { RunCancelled } from "../../system/pipeline.ts";

export type RunOrder = Pick<RunRequest, "path"> | { readonly stop: true };

/** What it says while it runs, and last of all. */
export type RunNews =
  | { readonly news: "starts"; readonly step: number; readonly title: string; readonly usual: number | undefined }
  | {
      readonly news: "ends";
      readonly step: number;
      readonly title: string;
      readonly seconds: number;
      readonly cached: boolean;
    }
  | { readonly news: "done"; readonly folder: string }
  | { readonly news: "stopped" }
  | { readonly news: "failed"; readonly message: string; readonly fix: string | undefined };

let isStopped = false;

process.on("message", (order: RunOrder) => {
  if ("stop" in order) isStopped = true;
  else void run(order.path);
});
// Whoever asked for it is gone: what is finished is kept, and the next run goes on from there.
process.on("disconnect", () => process.exit(0));

async function run(path: string): Promise<void> {
  const say = (news: RunNews): void => {
    process.send?.(news);
  };
  try {
    const { folder } = await runDesign({
      path,
      review: reviewDesign,
      onStart: ({ step, title }, usual) => say({ news: "starts", step, title, usual }),
      onStage: ({ stage: { step, title }, seconds, cached }) => say({ news: "ends", step, title, seconds, cached }),
      isCancelled: () => isStopped,
    });
    say({ news: "done", folder });
  } catch (error) {
    if (error instanceof RunCancelled) say({ news: "stopped" });
    else if (error instanceof FailureError)
      say({ news: "failed", message: error.failure.message, fix: error.failure.fix });
    else say({ news: "failed", message: error instanceof Error ? error.message : String(error), fix: undefined });
  } finally {
    process.disconnect();
  }
}
