/** A simulated world as the rest of a run sees it. */

import type { Behaviour } from "./simulated-behaviour.ts";
import type { SimulatedMembers } from "./simulated-members.ts";
import type { SimulatedTitles } from "./simulated-titles.ts";

/** Who and what there is, and how each member behaves. The same options and seed give the same world. */
export interface World extends Behaviour {
  readonly members: SimulatedMembers;
  readonly titles: SimulatedTitles;
  readonly start: number;
  /** The first moment after the history. */
  readonly end: number;
  readonly places: number;
}
