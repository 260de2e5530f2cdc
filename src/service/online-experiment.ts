/** An experiment on live traffic: who is shown what, and what stops it. */

import type { Json } from "../system/stage.ts";

/** What a unit is shown. */
export interface Shown {
  readonly arm: string;
  /** Index into the system's variants. */
  readonly variant: number;
}

export interface OnlineExperiment {
  /** Undefined for a unit that takes no part: it gets the whole system, or the control once the experiment was stopped. */
  assign(unit: string): Shown | undefined;
  /** Writes down that a unit was shown its arm: once a unit and arm. */
  expose(unit: string, shown: Shown, moment: number): void;
  measured(shown: Shown | undefined, seconds: number, isDegraded: boolean): void;
  failed(shown: Shown | undefined): void;
  stop(reason: string): void;
  describe(): Json;
}
