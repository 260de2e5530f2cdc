/** A fact that prose seems to state: where it would stand, how it would be written, and the line it was read from. */

import type { StepNumber } from "../../core/figure.ts";

export interface Proposal {
  readonly step: StepNumber;
  /** Keys from the top of the section's facts, such as `latency`, `p99`. */
  readonly path: readonly string[];
  /** As it is written in YAML. */
  readonly value: string;
  /** Where it stands in the note it was read from. */
  readonly at: ProposalPlace;
}

/** Something read that is no fact yet: a range, a limit without its percentile, a model that is only listed. */
export interface Remark {
  readonly step: StepNumber;
  readonly says: string;
  /** The model that is named only: no remark where the design chooses it elsewhere. */
  readonly listed?: string;
  /** It names a number that was not taken: never left out for want of room. */
  readonly isNumber?: true;
  readonly at: ProposalPlace;
}

export interface ProposalPlace {
  readonly file: string;
  readonly line: number;
  /** The words, shortened. */
  readonly quote: string;
}

/** A line of prose with what is known of where it stands. */
export interface ProseLine {
  readonly text: string;
  readonly steps: readonly StepNumber[];
  /** The words of the nearest heading above, in lower case. */
  readonly under: string;
  readonly place: ProposalPlace;
  /** The title of its design and the name of its file, in lower case. */
  readonly titled?: string;
  /** The line is the heading of its part, bold or a question: what stands below a question answers it. */
  readonly heads?: true;
  /** Of a row of a table the names of its columns. */
  readonly columns?: readonly string[];
}

export interface Reading {
  readonly proposals: readonly Proposal[];
  readonly remarks: readonly Remark[];
}
