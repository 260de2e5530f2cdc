/** What `heptad book --document` makes of one note, by name. */

import type { Book } from "../document.ts";
import type { ReadNote } from "../read-note.ts";
import { designDocument } from "./design-document.ts";
import { modelCard } from "./model-card.ts";
import { testScore } from "./test-score.ts";

export const DOCUMENTS: Readonly<Record<"design" | "model-card" | "test-score", (note: ReadNote) => Book>> = {
  design: designDocument,
  "model-card": modelCard,
  "test-score": testScore,
};
