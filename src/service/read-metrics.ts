/** Reads the text format of Prometheus back, and what a person wants to know of it. */

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Samples of a metrics page; comments and lines that are none are passed over. */
export function readMetrics(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const found = /^(?<name>\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/u.exec(line)?.groups;
    if (found === undefined) continue;
    const labels = [...(found.labels ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu)].map(([, name, value]) => [
      name,
      value,
    ]);
    samples.push({ name: found.name, labels: Object.fromEntries(labels), value: Number(found.value) });
  }
  return samples;
}

/** Sum over the samples of a name whose labels fit. */
export function total(
  samples: readonly Sample[],
  name: string,
  fits: (labels: Sample["labels"]) => boolean = () => true,
): number {
  return samples.reduce((sum, one) => (one.name === name && fits(one.labels) ? sum + one.value : sum), 0);
}

/**
 * A quantile out of a histogram's buckets, between two looks where an earlier one is given: the upper bound of the bucket it falls
 * into, so that it is never better than the truth. NaN where nothing was counted.
 */
export function quantileOf(
  samples: readonly Sample[],
  name: string,
  q: number,
  fits: (labels: Sample["labels"]) => boolean = () => true,
  before: readonly Sample[] = [],
): number {
  const counts = new Map<number, number>();
  for (const [list, sign] of [
    [samples, 1],
    [before, -1],
  ] as const) {
    for (const { name: of, labels, value } of list) {
      if (of !== `${name}_bucket` || !fits(labels)) continue;
      const bound = labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels.le);
      counts.set(bound, (counts.get(bound) ?? 0) + sign * value);
    }
  }
  const all = counts.get(Number.POSITIVE_INFINITY) ?? 0;
  if (!(all > 0)) return Number.NaN;
  return [...counts].sort(([a], [b]) => a - b).find(([, count]) => count >= q * all)?.[0] ?? Number.NaN;
}
