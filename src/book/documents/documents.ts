/** What `heptad book --document` makes of one note, by name. */

import type { ReadNote } from "../design-chapter.ts";
import type { Book } from "../document.ts";
import { modelCard } from "./model-card.ts";
import { testScore } from "./test-score.ts";

export const DOCUMENTS: Readonly<Record<"model-card" | "test-score", (note: ReadNote) => Book>> = {
  "model-card": modelCard,
  "test-score": testScore,
};
