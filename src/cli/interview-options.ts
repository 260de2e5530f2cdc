/** How `heptad interview` was called. */

export interface InterviewOptions {
  readonly problem: string | undefined;
  readonly resume: boolean;
  readonly minutes: number;
  readonly folder: string;
  readonly json: boolean;
}
