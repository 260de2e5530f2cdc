/** What the server answers, as the pages read it. */

export interface StepCount {
  readonly step: number;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
}

export interface ListedRun {
  readonly id: string;
  readonly verdict: string;
  readonly value: string;
  readonly bounds: string;
  readonly simulated: boolean;
}

export interface ListedDesign {
  readonly path: string;
  readonly title: string;
  readonly changed: string;
  readonly steps: readonly StepCount[];
  readonly waived: number;
  readonly first?: {
    readonly message: string;
    readonly line: number;
    readonly consequence?: string;
    readonly severity: string;
  };
  readonly run?: ListedRun | "older";
}

export interface DesignsAnswer {
  readonly designs: readonly ListedDesign[];
  readonly pending: number;
  readonly consequences: Readonly<Record<string, string>>;
}

export interface TodayAnswer {
  readonly answers: number;
  readonly level: number;
  readonly uncertainty: number;
  readonly minutes: number;
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly area: string;
    readonly isReview: boolean;
  }[];
  readonly isOpen: boolean;
}

export interface InterviewListed {
  readonly session: string;
  readonly title: string;
  readonly step: number;
  readonly ended: boolean;
  readonly lastAt: string;
  readonly left: number;
}

export interface InterviewsAnswer {
  readonly problems: readonly { readonly name: string; readonly title: string; readonly prompt: string }[];
  readonly interviews: readonly InterviewListed[];
}

export interface NoteAnswer {
  readonly path: string;
  readonly text: string;
  readonly version: string;
  readonly changed: string;
}

export type SavedAnswer =
  | { readonly saved: true; readonly version: string }
  | { readonly saved: false; readonly disk: NoteAnswer };

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

export interface ComparedFigure {
  readonly name: string;
  readonly subject: string;
  readonly slice: string;
  readonly value: number;
  readonly unit: string;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
}

export interface CompareAnswer {
  readonly differences: readonly ComparedFigure[];
  readonly why: string;
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

export interface AskedAnswer {
  readonly number: number;
  readonly id: string;
  readonly kind: string;
  readonly area: string;
  readonly level: number;
  readonly minutes: number;
  readonly title: string;
  readonly reason: string;
  readonly isTimed: boolean;
  /** Whether several options may hold. */
  readonly many: boolean;
  readonly ask: string;
  readonly given: readonly { readonly name: string; readonly text: string }[];
  readonly lines: readonly string[];
  readonly prompt: string;
  readonly hints: readonly string[];
  readonly hintsLeft: number;
  readonly canRead: boolean;
}

export interface SessionAnswer {
  readonly session: {
    readonly mode: string;
    readonly count: number;
    readonly minutes: number;
    readonly left: number | null;
    readonly verdicts: readonly string[];
    readonly level: number;
    readonly uncertainty: number;
    readonly asked: AskedAnswer | null;
    readonly summary: { readonly lines: readonly string[] } | null;
  } | null;
}

export interface RulerPlace {
  readonly value: number;
  readonly text: string;
  readonly label: string;
  readonly role: "right" | "yours" | "slip";
}

export interface GradedAnswer {
  readonly verdict: "right" | "close" | "wrong" | "unanswered";
  readonly because: readonly string[];
  readonly expected: string;
  readonly notes: readonly string[];
  readonly typed: string;
  readonly confidence: number | null;
  readonly score: number;
  readonly question: string;
  readonly ask: string;
  readonly lines: readonly string[];
  readonly ruler: readonly RulerPlace[] | null;
  readonly again: number | null;
  readonly moved: number;
}

export interface RubricPoint {
  readonly point: string;
  readonly ticked: boolean;
  readonly quote?: string;
}

export type AnsweredAnswer = SessionAnswer & {
  readonly graded?: GradedAnswer;
  readonly rubric?: readonly RubricPoint[];
  readonly misconceptions?: readonly { readonly quote: string; readonly why: string }[];
};

export interface InterviewAnswer {
  readonly session: string;
  readonly title: string;
  readonly prompt: string;
  readonly minutes: number;
  readonly left: number;
  readonly lastAt: string;
  readonly phase: "sections" | "probes" | "ended";
  readonly step: number;
  readonly times: readonly {
    readonly step: number;
    readonly minutes: number;
    readonly usual: number;
    readonly isLate: boolean;
  }[];
  readonly sections: readonly {
    readonly number: number;
    readonly title: string;
    readonly name: string;
    readonly text: string;
  }[];
  readonly asked: readonly { readonly text: string; readonly fact: string | null; readonly answer: string | null }[];
  readonly known: readonly string[];
  readonly changes: readonly { readonly say: string; readonly touches: readonly number[] }[];
  readonly probes: readonly { readonly question: string; readonly answer: string }[];
  readonly probe: string | null;
  readonly probesLeft: number;
  readonly said: readonly string[];
}

export interface ScoreAnswer {
  readonly title: string;
  readonly session: string;
  readonly endedAt: string;
  readonly minutes: number;
  readonly used: number;
  readonly scores: readonly {
    readonly dimension: string;
    readonly title: string;
    readonly area: string;
    readonly grade: number;
    readonly name: string;
    readonly evidence: readonly string[];
    readonly missing: readonly string[];
    readonly above: { readonly name: string; readonly shows: string } | null;
  }[];
  readonly times: InterviewAnswer["times"];
  readonly next: readonly string[];
}

export interface InterviewerAnswer {
  readonly title: string;
  readonly prompt: string;
  readonly markdown: string;
  readonly grades: readonly string[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly title: string;
    readonly anchors: readonly string[];
  }[];
  readonly sheets: readonly {
    readonly name: string;
    readonly candidate: string;
    readonly interviewer: string;
    readonly graded: number;
    readonly changed: string;
  }[];
}

export interface FilledSheet {
  readonly problem: string;
  readonly candidate: string;
  readonly interviewer: string;
  readonly grades: Readonly<Record<string, { readonly grade: number | null; readonly evidence: string }>>;
}

export interface SheetAnswer {
  readonly name: string;
  readonly path: string;
  readonly sheet: FilledSheet;
  readonly version: string;
}

export type SavedSheetAnswer =
  | { readonly saved: true; readonly version: string }
  | { readonly saved: false; readonly disk: SheetAnswer };

export interface ProgressAnswer {
  readonly answers: number;
  readonly questions: number;
  readonly ability: number;
  readonly uncertainty: number;
  readonly streak: number;
  readonly areas: readonly {
    readonly area: string;
    readonly title: string;
    readonly ability: number;
    readonly uncertainty: number;
    readonly cells: readonly {
      readonly answers: number;
      readonly share?: number;
      readonly interval?: readonly [number, number];
    }[];
  }[];
  readonly forecast: readonly { readonly inDays: number; readonly known: number }[];
  readonly minutesLastWeek: number;
  /** How many questions the bank holds. */
  readonly bank: number;
  readonly steps: readonly {
    readonly step: number;
    readonly questions: number;
    readonly seen: number;
    readonly answers: number;
    readonly share?: number;
    readonly interval?: readonly [number, number];
  }[];
  readonly calibration: {
    readonly bias: number;
    readonly answers: number;
    readonly bins: readonly {
      readonly stated: number;
      readonly right: number;
      readonly answers: number;
      readonly interval: readonly [number, number];
    }[];
  } | null;
}

export interface PlanAnswer {
  readonly plan: {
    readonly until: string;
    readonly hoursPerWeek: number;
    readonly target: number;
    readonly questionsPerDay: number;
    readonly done: number;
    readonly due: number;
    readonly onTrack: boolean;
    readonly expected: number;
    readonly weeks: readonly {
      readonly firstDay: string;
      readonly minutes: number;
      readonly reviewMinutes: number;
      readonly level: number;
      readonly areas: readonly { readonly area: string; readonly title: string; readonly minutes: number }[];
    }[];
  } | null;
}

export interface LibraryHit {
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  readonly steps: readonly number[];
}

export interface LibraryAnswer {
  readonly total: number;
  readonly takenFor: readonly string[];
  readonly kinds: Readonly<Record<string, number>>;
  readonly hits: readonly LibraryHit[];
}
