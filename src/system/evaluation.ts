/** What an evaluation decided: who was judged, by which metric, and what goes on. Stages write it, and all that read a run read it. */

import { z } from "zod";
import type { Json } from "./stage.ts";

/** The stage that judges the system as a whole; its `json` holds the evaluation, and perhaps more. */
export const EVALUATION_STAGE = "evaluation";

export const evaluationSchema = z.object({
  metric: z.string().meta({ description: "The metric that decides" }),
  baseline: z.string().meta({ description: "What everything is held against" }),
  chosen: z.string().meta({ description: "The best before the test; the baseline where nothing beat it" }),
  rival: z
    .string()
    .nullable()
    .meta({ description: "The best other contender before the test; null where that is the baseline, or nobody" }),
  unchosen: z
    .literal(true)
    .optional()
    .meta({ description: "Nothing could be compared before the test, so the baseline stands without having won" }),
  served: z.string().meta({ description: "What answers a request, as the note is written" }),
  standsIn: z
    .literal(true)
    .optional()
    .meta({ description: "The note names no baseline that the run makes: this one was chosen in its place" }),
  plain: z.array(z.string()).optional().meta({
    description:
      "Plain rules beside the baseline: a system that stands below one of them on the test is not called better",
  }),
  contenders: z.array(
    z.strictObject({
      subject: z.string(),
      role: z.enum(["baseline", "single", "system", "cheat"]).meta({
        description: "A cheat reads what production cannot know, and stands there only to be seen through",
      }),
    }),
  ),
});

export type Evaluation = z.output<typeof evaluationSchema>;

/** The evaluation in a stage's JSON; undefined where there was nothing to judge. */
export function evaluationIn(json: Json): Evaluation | undefined {
  return evaluationSchema.safeParse(json).data;
}
