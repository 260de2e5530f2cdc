/** A smaller version of a part of the system, ready to be held against what it came from. */

import type { RankedLists } from "../../4-model/train/ranked-lists.ts";

export interface SystemPart {
  /** What figures call it: `als`, `als int8`, `ranking pruned to 50%`. */
  readonly subject: string;
  readonly bytes: number;
  /** Lists for the test requests. */
  readonly lists: RankedLists;
  /** Does one request's work, for the measurement of latency. */
  readonly serve: (request: number) => void;
}

/** A part before and after it was made smaller. */
export interface Compression {
  readonly before: SystemPart;
  readonly after: SystemPart;
  /** The clause of the note, as written; empty where there is none. */
  readonly accept: string;
}
