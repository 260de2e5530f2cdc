/** Whether a note may name files, by its text alone: what holds it against its files may start a database, which takes longer than a review. */

/** True rather than false in doubt. A simulated source names no file; a model of one's own does. */
export function mayNameFiles(text: string): boolean {
  if (/\bonnx["']?\s*:/u.test(text)) return true;
  const sources = text.match(/^source:.*(?:\r?\n[ \t]+.*)*/gmu) ?? [];
  if (sources.length === 0) return /^\s+path:/mu.test(text);
  return sources.some((source) => !/\bformat["']?\s*:\s*["']?simulated\b/u.test(source));
}
