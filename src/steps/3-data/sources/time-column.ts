/** What a note says about its column of moments. */

/** What the note says about time: `time: { column: ts, format: us, zone: Europe/Vilnius }`. Plain data. */
export interface TimeColumn {
  /** One column, or the date and the time of day in two. */
  readonly column: string | readonly string[];
  /** `iso`, `epoch`, `spreadsheet`, a name of `TIME_FORMATS`, or a strptime pattern such as `%d.%m.%Y`; found out where absent. */
  readonly format?: string;
  /** Unit of a count: `s`, `ms`, `us`, `ns` since 1970, or the length of a step with a `start`. */
  readonly unit?: string;
  /** Zone of moments that say none, such as `Europe/Vilnius`; UTC where absent. */
  readonly zone?: string;
  /** When a counter of steps was 0, as ISO 8601. */
  readonly start?: string;
}
