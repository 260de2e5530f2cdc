/** The process that a run of the studio lives in: told what to run, it says stage by stage how far it is, and ends. It hears nothing while it runs: who wants it stopped ends it. */

import { failureOf } from "../../core/failure-of.ts";
import { subjectText } from "../../core/figure.ts";
import { formatFigure } from "../../core/format-figure.ts";
import { type DraftedNote, draftFromData } from "../../node/draft-from-data.ts";
import { type PlanAgain, planAgain } from "../../node/plan-again.ts";
import { reviewDesign } from "../../node/review-design.ts";
import { type RunRequest, runDesign } from "../../node/run-design.ts";
import type { StageResult } from "../../system/stage.ts";
import { endWithParent } from "./end-with-parent.ts";

export type RunOrder = Pick<RunRequest, "path"> | { readonly plan: string } | { readonly draft: DraftOrder };

/** A note from the user's own files, as it would stand at `path`. */
export interface DraftOrder {
  readonly data: readonly string[];
  readonly path: string;
  readonly title: string;
  readonly date: string;
  readonly label?: string | undefined;
  readonly user?: string | undefined;
  readonly item?: string | undefined;
  readonly time?: string | undefined;
}

/** What it says while it runs, and last of all. */
export type RunNews =
  | { readonly news: "starts"; readonly step: number; readonly title: string; readonly usual: number | undefined }
  | {
      readonly news: "ends";
      readonly step: number;
      readonly title: string;
      readonly seconds: number;
      readonly cached: boolean;
      /** What it measured, in words, each with its interval. */
      readonly figures: readonly string[];
    }
  | { readonly news: "planned"; readonly plan: PlanAgain }
  | { readonly news: "drafted"; readonly note: DraftedNote }
  | { readonly news: "done"; readonly folder: string }
  | { readonly news: "failed"; readonly message: string; readonly fix: string | undefined };

/** Of one stage. */
const MOST_FIGURES = 3;

// Where whoever asked for it is gone, what is finished is kept, and the next run goes on from there.
endWithParent(0);
process.on("disconnect", () => process.exit(0));
process.on("message", (order: RunOrder) => {
  if ("plan" in order) void plan(order.plan);
  else if ("draft" in order) void draft(order.draft);
  else void run(order.path);
});

async function plan(path: string): Promise<void> {
  await saying(async () => say({ news: "planned", plan: await planAgain({ path }) }));
}

async function draft({ data, ...about }: DraftOrder): Promise<void> {
  await saying(async () => say({ news: "drafted", note: await draftFromData(data, about) }));
}

async function run(path: string): Promise<void> {
  await saying(async () => {
    const { folder } = await runDesign({
      path,
      review: reviewDesign,
      onStart: ({ step, title }, usual) => say({ news: "starts", step, title, usual }),
      onStage: ({ stage: { step, title }, seconds, cached, result }) =>
        say({ news: "ends", step, title, seconds, cached, figures: figuresOf(result) }),
    });
    say({ news: "done", folder });
  });
}

/** Says what went wrong, and ends. */
async function saying(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message, fix } = failureOf(error);
    say({ news: "failed", message, fix });
  } finally {
    process.disconnect();
  }
}

function say(news: RunNews): void {
  process.send?.(news);
}

/** The few that say most while it runs: whole, with an interval, judged against the baseline first. */
function figuresOf({ figures }: StageResult): readonly string[] {
  return figures
    .filter(({ slice, interval, role }) => slice === "all" && interval !== null && !role)
    .toSorted((a, b) => Number(b.against !== undefined) - Number(a.against !== undefined))
    .slice(0, MOST_FIGURES)
    .map((figure) => `${subjectText(figure)}, ${figure.name}: ${formatFigure(figure)}`);
}
