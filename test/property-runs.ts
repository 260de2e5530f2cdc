/** How often a property is drawn: a share of it in `npm test`, all of it in `npm run test:long`. */

export const isLong = process.env.HEPTAD_LONG !== undefined;

/** `full` draws where time is no matter, one in `every` of them otherwise. */
export function propertyRuns(full: number, every = 4): number {
  return isLong ? full : Math.ceil(full / every);
}
