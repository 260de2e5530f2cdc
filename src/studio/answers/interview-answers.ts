/** What the server answers of interviews and their sheets, as the pages read it. */

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
