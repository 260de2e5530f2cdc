/** What the server answers of practice, progress and the plan, as the pages read it. */

export interface TodayAnswer {
  readonly answers: number;
  /** Null before the first answer that was given. */
  readonly level: number | null;
  readonly uncertainty: number;
  readonly minutes: number;
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly area: string;
    readonly isReview: boolean;
  }[];
  /** Which sitting was begun and has not ended: one of today's set, or another. */
  readonly open: "today" | "other" | null;
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
    /** Of practice, up to the question that stands. */
    readonly minutes: number;
    readonly left: number | null;
    readonly verdicts: readonly string[];
    /** Null before the first answer that was given. */
    readonly level: number | null;
    readonly uncertainty: number;
    readonly asked: AskedAnswer | null;
    readonly summary: { readonly lines: readonly string[] } | null;
    /** Sittings begun before this one that have not ended. */
    readonly waiting: number;
  } | null;
  /** Another sitting was asked for while this one goes on: nothing was begun. */
  readonly standsInTheWay?: boolean;
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
  /** Null where there was no level before. */
  readonly moved: number | null;
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

export interface ProgressAnswer {
  readonly answers: number;
  readonly leftOpen: number;
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
  /** What was asked for last, also where no plan can be made of it any more. */
  readonly stated: { readonly until: string; readonly hoursPerWeek: number; readonly target: number } | null;
  /** Why no plan can be made of what was stated. */
  readonly failure?: { readonly code: string; readonly message: string; readonly fix?: string };
  readonly plan: {
    /** Whether as much was practised as is due, and whether the hours lead to the level, in the terminal's words. */
    readonly track: string;
    readonly goal: string;
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
