/** What a drafted note is given besides the data. */

export interface DraftOptions {
  readonly title: string;
  /** The day of the note, `2026-01-31`. */
  readonly date: string;
  /** A path as the note writes it. */
  readonly relative: (path: string) => string;
}
