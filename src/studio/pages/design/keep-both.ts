/** Two texts that grew from one, joined so that nothing of either is lost: of lines that both changed, both stand, one below the other. */

/** Lines `from` to `to` of the text before, and what stands there now. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

export function keepBoth(before: string, mine: string, theirs: string): string {
  const base = before.split("\n");
  const own = changes(base, mine.split("\n"));
  const other = changes(base, theirs.split("\n"));
  const joined: string[] = [];
  let at = 0;
  for (const { from, to, lines } of inOrder(own, other, base)) {
    joined.push(...base.slice(at, from), ...lines);
    at = to;
  }
  return [...joined, ...base.slice(at)].join("\n");
}

/** All changes by their places; those of the same lines become one. */
function inOrder(own: readonly Change[], other: readonly Change[], base: readonly string[]): Change[] {
  const done: Change[] = [];
  const [mine, theirs] = [[...own], [...other]];
  while (mine.length > 0 || theirs.length > 0) {
    const [a, b] = [mine[0], theirs[0]];
    if (b === undefined || (a !== undefined && isBefore(a, b))) done.push(...mine.splice(0, 1));
    else if (a === undefined || isBefore(b, a)) done.push(...theirs.splice(0, 1));
    else {
      let [from, to, m, t] = [Math.min(a.from, b.from), Math.max(a.to, b.to), 1, 1];
      for (;;) {
        if (m < mine.length && mine[m].from < to) to = Math.max(to, mine[m++].to);
        else if (t < theirs.length && theirs[t].from < to) to = Math.max(to, theirs[t++].to);
        else break;
      }
      const [one, two] = [mine.splice(0, m), theirs.splice(0, t)].map((list) => within(base, from, to, list));
      done.push({ from, to, lines: onceOrBoth(one, two) });
    }
  }
  return done;
}

/** Ends where the other begins, or earlier. Two that put lines in at one place are of the same lines. */
function isBefore(a: Change, b: Change): boolean {
  return a.to <= b.from && !(a.from === b.from && a.to === b.to);
}

function within(base: readonly string[], from: number, to: number, list: readonly Change[]): string[] {
  const lines: string[] = [];
  let at = from;
  for (const change of list) {
    lines.push(...base.slice(at, change.from), ...change.lines);
    at = change.to;
  }
  return [...lines, ...base.slice(at, to)];
}

function onceOrBoth(one: readonly string[], two: readonly string[]): string[] {
  const { head, tail } = ends(one, two);
  return [...one.slice(0, one.length - tail), ...two.slice(head, two.length - tail), ...one.slice(one.length - tail)];
}

/** How many lines two texts begin and end with alike. */
function ends(one: readonly string[], two: readonly string[]): { readonly head: number; readonly tail: number } {
  const most = Math.min(one.length, two.length);
  let head = 0;
  while (head < most && one[head] === two[head]) head++;
  let tail = 0;
  while (tail < most - head && one.at(-1 - tail) === two.at(-1 - tail)) tail++;
  return { head, tail };
}

/** More pairs of lines than this are one change. */
const MOST_PAIRS = 4_000_000;

/** By the longest common subsequence of lines. */
export function changes(base: readonly string[], now: readonly string[]): Change[] {
  const { head, tail } = ends(base, now);
  const [a, b] = [base.slice(head, base.length - tail), now.slice(head, now.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  if (a.length * b.length > MOST_PAIRS) return [{ from: head, to: head + a.length, lines: b }];
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
  const found: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [fromI, fromJ] = [i, j];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j >= b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) i++;
      else j++;
    }
    if (i > fromI || j > fromJ) found.push({ from: head + fromI, to: head + i, lines: b.slice(fromJ, j) });
    while (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    }
  }
  return found;
}
