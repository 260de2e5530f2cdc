/** Texts that were sent to be written and of which no answer came: where the disk holds one of them, it is our own, and nobody else changed the file. */

/** The first may have been written before the line broke, the last while the page went: those between met a server that was away. */
export function withSent(before: readonly string[], sent: string): readonly string[] {
  if (before.at(-1) === sent) return before;
  return [...before.slice(0, 1), sent];
}
