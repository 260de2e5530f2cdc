/** Which signal moved most between two windows, and whether chance alone could have done it: one decision for stages and pages. */

/** Said of a signal whose distribution moves whatever happens. */
export const ONLY_GROWS = "counts over all time, so it can only grow";

/** Said of a signal that leans on one number for all. */
export const DRAWN_TO_ALL = "drawn towards the rate of all in its window, and moves as a whole with it";

export interface MovedSignal {
  readonly name: string;
  /** Population stability index. */
  readonly psi: number;
  /** What the index stays below 19 times in 20 where nothing moved; undefined where that is not known. */
  readonly chance?: number;
  readonly onlyGrows: boolean;
}

/**
 * The largest of what moved beyond chance, or, where nothing did, of all; what can only grow is left out, for it moves whatever happens.
 * Undefined where nothing else was compared.
 */
export function movedMost<T extends MovedSignal>(
  signals: readonly T[],
): { readonly signal: T; readonly isBeyondChance: boolean } | undefined {
  const bySize = signals.filter(({ onlyGrows }) => !onlyGrows).sort((a, b) => b.psi - a.psi);
  const beyond = bySize.find(({ psi, chance }) => chance === undefined || psi > chance);
  const signal = beyond ?? bySize.at(0);
  return signal === undefined ? undefined : { signal, isBeyondChance: beyond !== undefined };
}
