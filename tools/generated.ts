/** What a generator gives back. */

/** One generated file: its path from the root, and its whole text. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}
