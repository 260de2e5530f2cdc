/** When an entry of a service's log says what all answers before it have counted: those entries need not be answered again after a restart. */

import type { ServedSystem } from "../system/served-system.ts";
import type { Json } from "../system/stage.ts";
import { BETWEEN_TALLIES } from "./replay-log.ts";

/** Seconds of work that a restart answers again at most, besides what was on its way. */
const MOST_WORK = 0.05;

export class TallyTurns {
  /** Entries since the last tally, its own among them. */
  #entries = BETWEEN_TALLIES;
  #worked = 0;

  /** The tally that the next entry holds; undefined where none is due, or the system has none. */
  due({ retelling }: ServedSystem): Json | undefined {
    return this.#entries >= BETWEEN_TALLIES || this.#worked >= MOST_WORK ? retelling?.tally() : undefined;
  }

  /** The entry is in the log. */
  logged(hasTally: boolean): void {
    if (hasTally) [this.#entries, this.#worked] = [0, 0];
    this.#entries++;
  }

  /** It was answered in so many seconds. */
  answered(seconds: number): void {
    this.#worked += seconds;
  }
}
