/** A value of the catalogue: what it is, where it was read, when, and how much it can be trusted. */

/**
 * How a value is known: `vendor` page or official documentation, a named `secondary` source, `derived` by arithmetic from a
 * standard, or `unconfirmed`: widely repeated, shown as an assumption that the user may change.
 */
export type Trust = "vendor" | "secondary" | "derived" | "unconfirmed";

export interface Provenance {
  readonly trust: Trust;
  /** Who says so. */
  readonly source: string;
  /** The day it was read or spoke of, `2026-11-22`, or a month or year where no day is known. */
  readonly asOf: string;
}
