/** A finding: one thing that is wrong, where, why, and what to write instead. Data only; `review/render.ts` makes text. */

import type { Span } from "./span.ts";

export type Severity = "error" | "warning" | "advice";

/** A second place that helps to see the cause. */
export interface RelatedPlace {
  readonly at: Span;
  readonly message: string;
}

/** A replacement of the text inside `at`. */
export interface TextEdit {
  readonly at: Span;
  readonly text: string;
}

/** What a reader is told. Every sentence is lower case, without a full stop, and `message` stands alone. */
export interface Finding {
  /** Permanent code: `HPsnn` for a rule of step s, `HP0nn` for the format of the note. */
  readonly code: string;
  /** The bad thing in kebab-case, such as `random-split-on-events`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  /** What is wrong with the marked text, in a few words, printed under the caret. */
  readonly label?: string;
  readonly related?: readonly RelatedPlace[];
  readonly why?: string;
  /** What to do; text that can be pasted where possible. */
  readonly fix?: string;
  readonly edits?: readonly TextEdit[];
}
