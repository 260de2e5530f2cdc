/** What the server answers of runs, as the pages read it. */

export interface StageSeen {
  readonly step: number;
  readonly title: string;
  readonly state: "now" | "done" | "kept";
  readonly seconds?: number;
  readonly usual?: number;
  readonly figures: readonly string[];
}

export interface PlanAgain {
  readonly stages: readonly {
    readonly name: string;
    readonly step: number;
    readonly title: string;
    readonly again: boolean;
    readonly why: string;
  }[];
  readonly seconds?: number;
}

export interface RunSeen {
  readonly path: string;
  readonly startedAt: string;
  readonly state: "running" | "stopping" | "done" | "stopped" | "failed";
  readonly stages: readonly StageSeen[];
  readonly run?: string;
  readonly message?: string;
}

export interface EarlierRun {
  readonly id: string;
  readonly at: string;
  readonly verdict: string;
  readonly doubt: string;
  readonly value: string;
  readonly bounds: string;
  readonly simulated: boolean;
  readonly isOlder: boolean;
}

/** In the words of `heptad compare`. */
export interface ComparedFigure {
  readonly name: string;
  readonly subject: string;
  readonly slice: string;
  readonly verdict: "better" | "worse" | "not told apart" | "the same";
  readonly value: string;
  readonly bounds: string;
  readonly restsOn: string;
}

export interface CompareAnswer {
  readonly differences: readonly ComparedFigure[];
  readonly why: string;
  /** Why their figures cannot be held against each other. */
  readonly unlike: readonly string[];
  /** By which the runs decide. */
  readonly metric?: string;
  /** What the note stated otherwise; absent where a record does not say what was stated. */
  readonly facts?: readonly { readonly key: string; readonly before?: string; readonly after?: string }[];
  /** Those that changed, what moved most first. */
  readonly figures: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly before: RunSummaryAnswer;
  readonly after: RunSummaryAnswer;
}

export interface RunSummaryAnswer {
  readonly headline: { readonly verdict: string; readonly doubt: string };
  readonly ledger: readonly {
    readonly question: string;
    readonly state: string;
    readonly verdict: string;
    readonly value: string;
    readonly bounds: string;
  }[];
}
