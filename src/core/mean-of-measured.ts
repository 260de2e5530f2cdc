/** The mean of what could be measured: a round without a positive has no average precision, and is no reason to lose. */

/** NaN where nothing was measured. */
export function meanOfMeasured(values: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** The one with the highest mean, the first of equals; undefined where none could be measured, so that nothing was compared. */
export function bestMeasured<T>(contenders: readonly T[], measure: (one: T) => number): T | undefined {
  const measured = contenders.map((one) => ({ one, value: measure(one) })).filter(({ value }) => !Number.isNaN(value));
  if (measured.length === 0) return undefined;
  return measured.reduce((best, next) => (next.value > best.value ? next : best)).one;
}
