/** A smaller version of a part of the system, ready to be held against what it came from. */

import type { RankedLists } from "../../4-model/train/ranked-lists.ts";
import type { EvaluateFacts } from "../schema.ts";

/** What pruning keeps where the note does not say. */
export const USUAL_SHARE = 0.5;

/** One entry of `optimize` in step 5. */
export type CompressionEntry = NonNullable<EvaluateFacts["optimize"]>[number];

export interface SystemPart {
  /** What figures call it: `als`, `als int8`, `ranking pruned to 50%`. */
  readonly subject: string;
  readonly bytes: number;
  /** Does one request's work, for the measurement of latency. */
  readonly serve: (request: number) => void;
}

/** A part that answers requests with lists. */
export interface RankedPart extends SystemPart {
  /** Lists for the test requests. */
  readonly lists: RankedLists;
}

/** A part that gives rows scores. */
export interface ScoredPart extends SystemPart {
  /** Scores of the judged rows of each round: earlier rounds first, the final one last. */
  readonly scores: readonly Float64Array[];
}

/** A part before and after it was made smaller, with what there is to say about how. */
export interface Compression<Part extends SystemPart> {
  readonly before: Part;
  readonly after: Part;
  /** A sentence that says what was rounded, cut or learned; empty where the subject says it all. */
  readonly how: string;
}
