/** A work that people learn from: a paper, book, course, guide, repository or write-up, as the catalogue describes it. */

import { z } from "zod";

const WORK_KINDS = ["paper", "book", "course", "guide", "repository", "write-up"] as const;

export const workSchema = z.strictObject({
  /** What patterns cite: kebab-case. */
  id: z.string().regex(/^[a-z0-9-]+$/u),
  title: z.string().min(1),
  authors: z.string().min(1),
  year: z.int().min(1950).max(2100),
  kind: z.enum(WORK_KINDS),
  licence: z.string().min(1),
  "good-for": z.string().min(1),
  steps: z.array(z.int().min(1).max(7)).min(1),
  /** 1 beginning, 2 practising, 3 deep. */
  level: z.int().min(1).max(3),
});

export type Work = z.output<typeof workSchema>;

/** `Title, Authors, 2020 (book)`. */
export function citeWork({ title, authors, year, kind }: Work): string {
  return `${title}, ${authors}, ${year} (${kind})`;
}
