/** A way through the library and the bank for one role, week by week. */

import { z } from "zod";

export const roadmapSchema = z.strictObject({
  name: z.string().regex(/^[a-z-]+$/u),
  title: z.string().min(1),
  for: z.string().min(1),
  weeks: z
    .array(
      z.strictObject({
        title: z.string().min(1),
        /** Ids of the catalogue. */
        read: z.array(z.string()).min(1),
        /** Names of patterns. */
        patterns: z.array(z.string()).min(1),
        /** Steps whose questions are practised this week. */
        steps: z.array(z.int().min(1).max(7)).min(1),
        do: z.string().min(1),
      }),
    )
    .min(1),
});

export type Roadmap = z.output<typeof roadmapSchema>;
