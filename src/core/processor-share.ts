/** Whether times on the clock are those of the code, or of a machine that did other things as well. */

/**
 * Below this share other programs had the processor too. One part in ten that is lost may all lie in the slowest of a hundred calls, so that
 * a percentile says how busy the machine was, and not how slow the code is.
 */
const QUIET_SHARE = 0.9;

/** Of the time on the clock, the part in which a process had a processor; taken to be enough where nobody counted. */
export function wasQuiet(processorShare: number | null): boolean {
  return processorShare === null || processorShare >= QUIET_SHARE;
}
