/** What the server answers of interviews and their sheets, as the pages read it. */

export interface InterviewListed {
  readonly session: string;
  readonly title: string;
  readonly step: number;
  /** The questions at the end have begun. */
  readonly isProbing: boolean;
  readonly ended: boolean;
  readonly lastAt: string;
  readonly left: number;
}

/** How far a session went, and its clock as it stands at this moment. */
export interface ClockAnswer {
  /** Of all that was said and done: a page that knows of fewer shows less than there is. */
  readonly turns: number;
  readonly running: boolean;
  /** It stands since no page showed the interview. */
  readonly isAway: boolean;
  readonly left: number;
}

export interface InterviewsAnswer {
  readonly problems: readonly { readonly name: string; readonly title: string; readonly prompt: string }[];
  readonly interviews: readonly InterviewListed[];
}

export interface InterviewAnswer extends ClockAnswer {
  readonly session: string;
  readonly title: string;
  readonly prompt: string;
  readonly minutes: number;
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
  readonly isOver: boolean;
  readonly minutes: number;
  readonly used: number;
  /** What was asked, told and made, in words. */
  readonly counts: string;
  readonly grades: readonly string[];
  readonly scores: readonly {
    readonly dimension: string;
    readonly title: string;
    readonly grade: number;
    readonly name: string;
    readonly evidence: readonly { readonly says: string; readonly quote?: string; readonly place?: string }[];
    readonly missing: readonly string[];
    readonly overruled: {
      readonly grade: number;
      readonly name: string;
      readonly reason: string;
      readonly by: "interviewer" | "candidate";
    } | null;
    readonly above: { readonly name: string; readonly shows: string } | null;
  }[];
  readonly probes: readonly {
    readonly question: string;
    readonly answer: string;
    readonly isAnswered: boolean;
    readonly carries: readonly string[];
  }[];
  readonly times: InterviewAnswer["times"];
  readonly atTheEnd: number;
  readonly next: readonly string[];
  /** The weakest dimension, and the area of questions that practises it. */
  readonly drill: { readonly title: string; readonly area: string; readonly areaTitle: string };
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

/** Two sheets, dimension by dimension; null where one of them has no grade. */
export interface ComparedAnswer {
  readonly warnings: readonly string[];
  readonly counts: string;
  readonly names: readonly [string, string];
  readonly rows: readonly {
    readonly title: string;
    readonly grades: readonly (string | null)[];
    readonly gap: number | null;
  }[];
}
