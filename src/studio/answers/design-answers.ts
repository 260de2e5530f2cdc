/** What the server answers of designs and their notes, as the pages read it. */

/** What the server answers, as the pages read it. */

export interface StepCount {
  readonly step: number;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  /** False where a draft holds nothing of the step yet. */
  readonly isBegun: boolean;
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
  /** `first` says why it cannot be read. */
  readonly isUnread: boolean;
  readonly run?: ListedRun | "older";
  readonly cannotRun?: CannotRun;
}

/** Why it cannot be run, as far as the note alone says. */
export interface CannotRun {
  readonly why: string;
  readonly fix: string;
}

export interface DesignsAnswer {
  readonly designs: readonly ListedDesign[];
  readonly pending: number;
  readonly consequences: Readonly<Record<string, string>>;
}

export interface NoteAnswer {
  readonly path: string;
  readonly text: string;
  readonly version: string;
  readonly changed: string;
  readonly cannotRun?: CannotRun;
}

export type SavedAnswer =
  | { readonly saved: true; readonly version: string; readonly cannotRun?: CannotRun }
  | { readonly saved: false; readonly disk: NoteAnswer | null };
