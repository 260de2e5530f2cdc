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

export type RoadmapWeek = Roadmap["weeks"][number];

/**
 * The weeks of a roadmap spread over so many weeks of a plan, in order and none left out: a longer plan stays at one for several weeks, a
 * shorter one takes several at once.
 */
export function spreadRoadmap({ weeks }: Roadmap, count: number): readonly (readonly RoadmapWeek[])[] {
  return Array.from({ length: count }, (_, i) => {
    const first = Math.floor((i * weeks.length) / count);
    const next = Math.floor(((i + 1) * weeks.length) / count);
    return weeks.slice(first, Math.max(first + 1, next));
  });
}
