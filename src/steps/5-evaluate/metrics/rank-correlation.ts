/** Rank correlation of two columns: Spearman's rho and Kendall's tau-b, ties respected. */

/** Pearson's correlation of mid-ranks (Spearman 1904). NaN when a column does not vary or holds NaN. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearson(midRanks(a), midRanks(b));
}

/** Covariance over the product of standard deviations. NaN when a column does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let both = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < n; i++) {
    both += (a[i] - meanA) * (b[i] - meanB);
    squareA += (a[i] - meanA) ** 2;
    squareB += (b[i] - meanB) ** 2;
  }
  const spread = Math.sqrt(squareA) * Math.sqrt(squareB);
  return spread > 0 ? both / spread : Number.NaN;
}

/** Ranks from 1; equal values share the mean of their ranks. NaN everywhere when a value is NaN. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = sortedOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2;
    start = end;
  }
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return ranks.fill(Number.NaN);
  return ranks;
}

/**
 * (concordant - discordant) / sqrt((pairs - ties in a)(pairs - ties in b)): Kendall's tau-b (1945), by counting the exchanges of a
 * merge sort (Knight 1966). NaN when a column does not vary or holds NaN.
 */
export function kendall(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  for (let i = 0; i < n; i++) if (Number.isNaN(a[i]) || Number.isNaN(b[i])) return Number.NaN;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i] - a[j] || b[i] - b[j]);
  const second = Float64Array.from(order, (i) => b[i]);
  const tiedA = tiedPairs(n, (i, j) => a[order[i]] === a[order[j]]);
  const tiedBoth = tiedPairs(n, (i, j) => a[order[i]] === a[order[j]] && b[order[i]] === b[order[j]]);
  const exchanges = countExchanges(second);
  const tiedB = tiedPairs(n, (i, j) => second[i] === second[j]);
  const pairs = (n * (n - 1)) / 2;
  const spread = Math.sqrt(pairs - tiedA) * Math.sqrt(pairs - tiedB);
  return spread > 0 ? (pairs - tiedA - tiedB + tiedBoth - 2 * exchanges) / spread : Number.NaN;
}

function sortedOrder(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i] - values[j]);
}

/** Pairs within runs of neighbours that are the same. */
function tiedPairs(n: number, same: (i: number, j: number) => boolean): number {
  let pairs = 0;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && same(start, end)) end++;
    pairs += ((end - start) * (end - start - 1)) / 2;
    start = end;
  }
  return pairs;
}

/** Sorts in place by merging and counts the pairs that stood in the wrong order. */
function countExchanges(values: Float64Array): number {
  const spare = new Float64Array(values.length);
  let exchanges = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      for (let i = start, j = middle, at = start; at < end; at++) {
        if (j >= end || (i < middle && values[i] <= values[j])) spare[at] = values[i++];
        else {
          spare[at] = values[j++];
          exchanges += middle - i;
        }
      }
    }
    values.set(spare);
  }
  return exchanges;
}
