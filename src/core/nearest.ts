/** The known name nearest to a mistyped one: what every "did you mean" is made of. */

/**
 * The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps of neighbours, case
 * ignored), or undefined when none is within a third of the longer name's length.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const wanted = name.slice(0, MAXIMUM_LENGTH).toLowerCase();
  for (const candidate of candidates) {
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (Math.abs(wanted.length - candidate.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    // A name of which nothing is left is another name: `q` is not a slip for `s`.
    if (distance <= limit && distance < wanted.length && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Hostile names can be megabytes long; no key is longer than this. */
const MAXIMUM_LENGTH = 80;

/** Optimal string alignment distance (Damerau 1964, restricted to one edit per pair): swapped neighbours are one edit. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, beforeLast[j - 2] + 1);
      row.push(value);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
