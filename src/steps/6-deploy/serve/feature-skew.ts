/** The skew test: a stream replayed through the serving state, compared with the batch row by row and bit by bit. */

import { buildFeatures } from "../../3-data/features/build-features.ts";
import type { EventStream, FeatureRequests } from "../../3-data/features/event-stream.ts";
import type { FeaturePlan } from "../../3-data/features/feature-plan.ts";
import { createFeatureState, type FeatureState } from "./feature-state.ts";
import { isSameValue } from "./same-value.ts";
import { eventOf, requestOf } from "./state-event.ts";
import type { FeatureStateOptions } from "./state-options.ts";

/** What a replay found. */
export interface FeatureSkew {
  readonly rows: number;
  /** Rows with at least one value that is not the same, or that the state refused. */
  readonly differing: number;
  /** Of the first differing row. */
  readonly first?: {
    readonly row: number;
    readonly feature: string;
    readonly batch: number;
    readonly state: number;
  };
  readonly state: FeatureState;
}

/**
 * Goes through events and requests in the order of time, as serving would, a request before the events of its moment. Events keep their
 * row numbers as ids.
 */
export function replayFeatures(
  plans: readonly FeaturePlan[],
  stream: EventStream,
  requests: FeatureRequests,
  options: FeatureStateOptions = {},
): FeatureSkew {
  const batch = [...buildFeatures(plans, stream, requests).values()];
  const state = createFeatureState(plans, stream, { jump: Number.POSITIVE_INFINITY, ...options });
  const order = Uint32Array.from(requests.time, (_, row) => row).sort((a, b) => requests.time[a] - requests.time[b]);
  const values = new Float64Array(plans.length);
  let next = 0;
  let differing = 0;
  let first: FeatureSkew["first"];
  for (const row of order) {
    while (next < stream.time.length && stream.time[next] < requests.time[row]) state.apply(eventOf(stream, next++));
    state.read(requestOf(requests, row), values);
    const at = values.findIndex((value, feature) => !isSameValue(value, batch[feature][row]));
    if (at < 0) continue;
    differing++;
    first ??= { row, feature: plans[at].name, batch: batch[at][row], state: values[at] };
  }
  return { rows: order.length, differing, first, state };
}
