/** Events of the kind that an experiment counts where the data holds none of it: known by their ids, so that each counts once, and told to no feature. */

import { createFeatureState, type FeatureState } from "../../steps/6-deploy/serve/feature-state.ts";
import type { FeatureStateOptions } from "../../steps/6-deploy/serve/state-options.ts";

/**
 * The kinds that features and histories take: where every event of the data is of one kind, that one alone, since nothing tells them apart.
 * `isEveryEvent` says so of a kind.
 */
export function featureKinds(kinds: readonly string[], isEveryEvent: (kind: string) => boolean): readonly string[] {
  const only = kinds.find(isEveryEvent);
  return only === undefined ? kinds : [only];
}

/** The ids and the clock of such events; `newest` is the time of the data's newest event. */
export function openHeardBeside(options: FeatureStateOptions, newest: number): FeatureState {
  const nothing = { entities: new Map(), measures: new Map(), attributes: new Map() };
  const heard = createFeatureState([], nothing, options);
  if (Number.isFinite(newest)) heard.apply({ time: newest, keys: {}, measures: {} });
  return heard;
}
