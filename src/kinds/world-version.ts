/** Which worlds this program simulates: part of the fingerprint of simulated data, which have no file that could be told apart. */

/** Raised whenever any world comes out otherwise from the same parameters and seed; `world-version.test.ts` holds them to it. */
export const WORLD_VERSION = 1;
