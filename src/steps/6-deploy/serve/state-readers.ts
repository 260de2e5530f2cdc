/** Computes the values of features from what the logs of a state have found. */

import type { AttributeLookup, FeaturePlan } from "../../3-data/features/feature-plan.ts";
import { type Keys, keysIn, type StateRequest } from "./state-event.ts";
import type { StatisticPlace, Vocabulary } from "./state-layout.ts";
import type { StateLog } from "./state-log.ts";

type Reader = (request: StateRequest) => number;

/** Computes a plan's value of what the logs have found. */
export function readerOf(
  plan: FeaturePlan,
  places: readonly StatisticPlace[],
  logs: readonly StateLog[],
  vocabulary: Vocabulary,
): Reader {
  const scratch = new Float64Array(places.length);
  const statistics = places.map((place) => statisticOf(place, logs, vocabulary));
  return (request) => {
    for (let at = 0; at < statistics.length; at++) scratch[at] = statistics[at](request);
    return plan.finish(scratch, request.time);
  };
}

function statisticOf(place: StatisticPlace, logs: readonly StateLog[], vocabulary: Vocabulary): Reader {
  if ("what" in place) {
    const lookUp = attributeOf(place, vocabulary);
    return ({ keys }) => lookUp(keys[place.entity]);
  }
  const { slot, until, from, isLast } = place;
  const { sums, moments, width } = logs[place.log];
  const total = until * width + slot;
  if (from === undefined) return () => sums[total];
  if (isLast) return () => (sums[total] >= moments[from] ? sums[total] : Number.NEGATIVE_INFINITY);
  const before = from * width + slot;
  return () => sums[total] - sums[before];
}

/** The mean over the keys of a request, mostly one. */
export function attributeOf(
  { entity, column }: AttributeLookup,
  vocabulary: Vocabulary,
): (key: Keys | undefined) => number {
  const values = vocabulary.attributes.get(entity)?.get(column) ?? [];
  const count = Math.min(vocabulary.entities.get(entity)?.count ?? 0, values.length);
  return (key) => {
    if (typeof key === "number") return Number.isInteger(key) && key >= 0 && key < count ? values[key] : Number.NaN;
    const known = keysIn(key, count);
    let sum = 0;
    for (let at = 0; at < known.length; at++) sum += values[known[at]];
    return known.length === 0 ? Number.NaN : sum / known.length;
  };
}
