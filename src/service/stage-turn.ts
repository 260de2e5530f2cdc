/** The turn of a request: its stages timed against the note's budget, which a later stage inherits from an earlier one that was quick. */

import type { Turn } from "../system/served-system.ts";

export interface TurnOptions {
  /** Seconds by stage; a stage without one has no limit of its own. */
  readonly budget: Readonly<Record<string, number>>;
  /** Monotonic seconds. */
  readonly now: () => number;
  readonly onStage: (name: string, seconds: number) => void;
}

/** What a request is given by whoever takes it. */
export interface TakenAt {
  /** By the service's clock, which bounds what came too. */
  readonly moment: number;
  /** In a replay, up to which moment what is told moves that clock. */
  readonly until?: number | undefined;
  /** What gives each of its answers, as an experiment has it; empty without one. */
  readonly variants: readonly number[];
}

/** A stage is late once the time of all stages up to it is over: what one leaves, the next may use. */
export function openTurn({ budget, now, onStage }: TurnOptions, { moment, until, variants }: TakenAt): Turn {
  const began = now();
  let granted = 0;
  return {
    now: moment,
    arrived: moment,
    until,
    variant: variants[0] ?? -1,
    variants,
    time(stage, work) {
      const started = now();
      const limit = budget[stage];
      granted += limit ?? 0;
      const until = limit === undefined ? Number.POSITIVE_INFINITY : began + granted;
      const done = (): void => onStage(stage, now() - started);
      const result = work(() => now() > until);
      if (result instanceof Promise) result.then(done, done);
      else done();
      return result;
    },
  };
}
