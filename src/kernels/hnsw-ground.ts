/** The ground of a search graph mended after it is built: links of two kinds merged, and every row made reachable. */

/** Per row a count and `width - 1` places. */
export interface Ground {
  readonly links: Int32Array;
  readonly width: number;
}

/**
 * Links by inner product lead to the long vectors, which are most answers, and away from the rest; links of the same rows made equally
 * long by one more dimension lead to neighbours. The first half of the places keeps the one kind, the rest is filled with the other.
 */
export function mergeLinks(byProduct: Ground, byDistance: Ground): void {
  const { links, width } = byProduct;
  for (let at = 0; at < links.length; at += width) {
    const own = links.slice(at + 1, at + 1 + links[at]);
    const half = width >> 1;
    const merged = new Set(own.subarray(0, half));
    for (const rows of [byDistance.links.subarray(at + 1, at + 1 + byDistance.links[at]), own.subarray(half)])
      for (const row of rows) if (merged.size < width - 1) merged.add(row);
    links[at] = merged.size;
    links.set([...merged], at + 1);
  }
}

/**
 * Gives every row that no path leads to a link from a row near it that has one, so that a search with enough effort finds all rows.
 * `near` lists rows near a row, nearest first. A search begins at the `entry` or at a row of `entries`, from which the entry is made
 * reachable. Links that the paths found so far rest on are kept.
 */
export function connectGround(
  ground: Ground,
  entry: number,
  entries: readonly number[],
  near: (row: number) => Iterable<number>,
): void {
  const { links, width } = ground;
  const count = links.length / width;
  const isReached = new Uint8Array(count);
  // The places of links that a path goes through: one into each reached row.
  const isPath = new Uint8Array(links.length);
  const order: number[] = [];
  const walk = (from: number): void => {
    isReached[from] = 1;
    order.push(from);
    for (let head = order.length - 1; head < order.length; head++) {
      const row = order[head];
      for (let place = row * width + 1; place <= row * width + links[row * width]; place++) {
        if (isReached[links[place]] === 1) continue;
        isReached[links[place]] = 1;
        isPath[place] = 1;
        order.push(links[place]);
      }
    }
  };
  const linkFrom = (row: number, to: number): boolean => {
    const at = row * width;
    if (links[at] < width - 1) {
      links[at]++;
      links[at + links[at]] = to;
      isPath[at + links[at]] = 1;
      return true;
    }
    // The last links are the least near.
    for (let place = at + links[at]; place > at; place--) {
      if (isPath[place] === 1) continue;
      links[place] = to;
      isPath[place] = 1;
      return true;
    }
    return false;
  };
  walk(entry);
  for (let row = 0; row < count; row++) {
    if (isReached[row] === 1) continue;
    let isLinked = false;
    for (const other of near(row)) {
      if (other >= 0 && other !== row && isReached[other] === 1) isLinked = linkFrom(other, row);
      if (isLinked) break;
    }
    // Rows have more places than paths need: one of those reached has room.
    for (let i = order.length - 1; i >= 0 && !isLinked; i--) isLinked = linkFrom(order[i], row);
    walk(row);
  }
  leadBack(ground, entry, entries, linkFrom);
}

/** Lets every row of `entries` lead to the entry, by a link of its own where no path does. */
function leadBack(
  { links, width }: Ground,
  entry: number,
  entries: readonly number[],
  linkFrom: (row: number, to: number) => boolean,
): void {
  for (;;) {
    const leads = rowsThatLeadTo(links, width, entry);
    const lost = entries.filter((row) => leads[row] === 0);
    if (lost.length === 0) return;
    const isMended = linkFrom(lost[0], entry);
    if (!isMended) return;
  }
}

/** Rows from which a path leads to `goal`. */
function rowsThatLeadTo(links: Int32Array, width: number, goal: number): Uint8Array {
  const count = links.length / width;
  const starts = new Int32Array(count + 1);
  for (let at = 0; at < links.length; at += width)
    for (let place = at + 1; place <= at + links[at]; place++) starts[links[place] + 1]++;
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row];
  const next = starts.slice();
  const from = new Int32Array(starts[count]);
  for (let row = 0; row < count; row++)
    for (let place = row * width + 1; place <= row * width + links[row * width]; place++)
      from[next[links[place]]++] = row;
  const leads = new Uint8Array(count);
  const open = [goal];
  leads[goal] = 1;
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      if (leads[from[i]] === 1) continue;
      leads[from[i]] = 1;
      open.push(from[i]);
    }
  }
  return leads;
}
