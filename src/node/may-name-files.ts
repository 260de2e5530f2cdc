/** Whether a note may map files, by its text alone: what holds a mapping against its files starts a database, which takes longer than a review. */

/** True rather than false in doubt. A simulated source names no file. */
export function mayNameFiles(text: string): boolean {
  const sources = text.match(/^source:.*(?:\r?\n[ \t]+.*)*/gmu) ?? [];
  if (sources.length === 0) return /^\s+path:/mu.test(text);
  return sources.some((source) => !/\bformat["']?\s*:\s*["']?simulated\b/u.test(source));
}
