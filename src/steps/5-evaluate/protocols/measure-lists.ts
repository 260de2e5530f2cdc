/** Measures ranked lists against what was relevant: values per request, and the figures made of them. */

import { type Figure, figure, subjectText } from "../../../core/figure.ts";
import type { Random } from "../../../core/random.ts";
import { listAt } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/time-split-stage.ts";
import { type RankedLists, rankedTitles } from "../../4-model/train/ranked-lists.ts";
import type { ParsedMetric } from "../metrics/parse-metric.ts";
import { rankedRequest } from "../metrics/ranked-request.ts";
import { bootstrapMean, pairedBootstrap } from "./bootstrap.ts";
import type { Slice } from "./request-slices.ts";

/** Values of request metrics, one per request of the slice that has something relevant, in the order of requests. */
export interface MeasuredLists {
  readonly members: Int32Array;
  readonly values: ReadonlyMap<string, Float64Array>;
}

export const WHOLE: Slice = { keepsRequest: () => true, keepsTitle: () => true };

export function measureLists(
  requests: StoredRequests,
  lists: RankedLists,
  metrics: readonly ParsedMetric[],
  slice: Slice,
): MeasuredLists {
  const kept: number[] = [];
  const ranked = [];
  for (let request = 0; request < requests.count; request++) {
    if (!slice.keepsRequest(request)) continue;
    const relevant = listAt(requests.relevant, request).filter((title) => slice.keepsTitle(title));
    if (relevant.length === 0) continue;
    kept.push(request);
    ranked.push(rankedRequest(rankedTitles(lists, request), new Set(relevant)));
  }
  const values = new Map<string, Float64Array>();
  for (const { name, definition, k, variant } of metrics) {
    if (definition.over !== "requests") continue;
    values.set(
      name,
      Float64Array.from(ranked, (request) => definition.measure(request, k, variant)),
    );
  }
  return { members: Int32Array.from(kept, (request) => requests.member[request]), values };
}

/** One figure per request metric with its bootstrap interval by member. None for a slice without requests. */
export function meanFigures(
  subject: string,
  slice: string,
  measured: MeasuredLists,
  random: Random,
  note = "",
): Figure[] {
  const { members, values } = measured;
  if (members.length === 0) return [];
  return [...values].map(([name, perRequest]) => {
    const { mean, interval, n } = bootstrapMean(perRequest, {
      random: random.fork(`${subject}/${slice}/${name}`),
      units: members,
    });
    return figure({ step: 5, name, subject, slice, value: mean, interval: bounded(interval), n, note });
  });
}

/** Paired differences, `after` minus `before`, on the same requests. */
export function differenceFigures(
  before: { readonly subject: string; readonly measured: MeasuredLists },
  after: { readonly subject: string; readonly measured: MeasuredLists },
  slice: string,
  names: readonly string[],
  random: Random,
): Figure[] {
  const pair = { subject: after.subject, against: before.subject };
  return names.flatMap((name) => {
    const a = after.measured.values.get(name);
    const b = before.measured.values.get(name);
    if (a === undefined || b === undefined || a.length === 0) return [];
    const options = { random: random.fork(`${subjectText(pair)}/${slice}/${name}`), units: after.measured.members };
    const { mean, interval, n, pValue } = pairedBootstrap(a, b, options);
    const note = Number.isNaN(pValue)
      ? "too few members for an interval"
      : `${after.subject} minus ${before.subject}, p ${pValue < 0.001 ? "< 0.001" : pValue.toFixed(3)}`;
    return [figure({ step: 5, name, ...pair, slice, value: mean, interval: bounded(interval), n, note })];
  });
}

/** No interval where none could be found. */
function bounded([low, high]: readonly [number, number]): readonly [number, number] | null {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}
