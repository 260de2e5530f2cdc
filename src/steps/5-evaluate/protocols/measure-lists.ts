/** Measures ranked lists against what was relevant: values per request, and the figures made of them. */

import { type Figure, figure } from "../../../core/figure.ts";
import type { Random } from "../../../core/random.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import { type RankedLists, rankedItems } from "../../4-model/train/ranked-lists.ts";
import { DIFFERENCE_RANGE, REQUEST_RANGE } from "../metrics/metric.ts";
import type { ParsedMetric } from "../metrics/parse-metric.ts";
import { gradedRequest, rankedRequest } from "../metrics/ranked-request.ts";
import { bootstrapMean, knownInterval, pairedBootstrap } from "./bootstrap.ts";
import { areSameLists, listPrint } from "./list-prints.ts";
import type { Slice } from "./request-slices.ts";

/** Values of request metrics, one per request of the slice that has something relevant, in the order of requests. */
export interface MeasuredLists {
  readonly units: Int32Array;
  readonly values: ReadonlyMap<string, Float64Array>;
  /** The fingerprint of each request's list. */
  readonly prints?: Float64Array;
}

export const WHOLE: Slice = { keepsRequest: () => true, keepsItem: () => true };

/** Request after request: of each only its values and its fingerprint stay. */
export function measureLists(
  requests: StoredRequests,
  lists: RankedLists,
  metrics: readonly ParsedMetric[],
  slice: Slice,
): MeasuredLists {
  const measured = metrics
    .filter(({ definition }) => definition.over === "requests")
    .map((metric) => ({ ...metric, values: new Float64Array(requests.count) }));
  const units = new Int32Array(requests.count);
  const prints = new Float64Array(requests.count);
  let kept = 0;
  for (let request = 0; request < requests.count; request++) {
    if (!slice.keepsRequest(request)) continue;
    const grades = gradesOf(requests, request, slice);
    if (grades.size === 0) continue;
    const returned = rankedItems(lists, request);
    units[kept] = requests.unit[request];
    prints[kept] = listPrint(returned);
    const ranked =
      requests.grades === undefined ? rankedRequest(returned, new Set(grades.keys())) : gradedRequest(returned, grades);
    for (const { definition, k, variant, values } of measured)
      if (definition.over === "requests") values[kept] = definition.measure(ranked, k, variant);
    kept++;
  }
  return {
    units: units.slice(0, kept),
    values: new Map(measured.map(({ name, values }) => [name, values.slice(0, kept)])),
    prints: prints.slice(0, kept),
  };
}

/** The relevant items of a request that count in the slice, with how relevant each is; 1 where all are alike. */
function gradesOf({ relevant, grades }: StoredRequests, request: number, slice: Slice): ReadonlyMap<number, number> {
  const counted = new Map<number, number>();
  for (let at = relevant.offsets[request]; at < relevant.offsets[request + 1]; at++) {
    if (slice.keepsItem(relevant.items[at])) counted.set(relevant.items[at], grades?.[at] ?? 1);
  }
  return counted;
}

/** One figure per request metric with its bootstrap interval by unit. None for a slice without requests. */
export function meanFigures(
  subject: string,
  slice: string,
  measured: MeasuredLists,
  random: Random,
  note = "",
): Figure[] {
  const { units, values } = measured;
  if (units.length === 0) return [];
  return [...values].map(([name, perRequest]) => {
    const own = random.fork(`${subject}/${slice}/${name}`);
    const measure = bootstrapMean(perRequest, { random: own, units, range: REQUEST_RANGE });
    return figure({
      step: 5,
      name,
      subject,
      slice,
      value: measure.mean,
      interval: knownInterval(measure),
      n: measure.n,
      note,
    });
  });
}

/** Paired differences, `after` minus `before`, on the same requests. Where both hand out the same lists there is none, and nothing to estimate. */
export function differenceFigures(
  before: { readonly subject: string; readonly measured: MeasuredLists },
  after: { readonly subject: string; readonly measured: MeasuredLists },
  slice: string,
  names: readonly string[],
  random: Random,
): Figure[] {
  const pair = { subject: after.subject, against: before.subject };
  const isOne = areSameLists(before.measured.prints, after.measured.prints);
  return names.flatMap((name) => {
    const a = after.measured.values.get(name);
    const b = before.measured.values.get(name);
    if (a === undefined || b === undefined || a.length === 0) return [];
    const { units } = after.measured;
    const shared = { step: 5, name, ...pair, slice } as const;
    if (isOne) {
      const note = `the same lists on all ${a.length} requests`;
      return [figure({ ...shared, value: 0, interval: [0, 0], n: new Set(units).size, note })];
    }
    // The draws hang on both names in this order, not on how a difference is spoken of.
    const own = random.fork(`${pair.against} vs ${pair.subject}/${slice}/${name}`);
    const difference = pairedBootstrap(a, b, { random: own, units, range: DIFFERENCE_RANGE });
    const { mean, n, pValue } = difference;
    const note = Number.isNaN(pValue)
      ? "too few units for an interval"
      : `${after.subject} minus ${before.subject}, p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;
    return [figure({ ...shared, value: mean, interval: knownInterval(difference), n, note })];
  });
}
