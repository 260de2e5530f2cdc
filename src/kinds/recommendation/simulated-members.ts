/** The members of the simulated world: tastes that drift, communities that share them, and when each one joined. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { Members } from "./interactions.ts";
import { type GenreMap, TASTE_DIMENSIONS } from "./simulated-titles.ts";

/** What the world knows about its members; only `members` is visible to a model. */
export interface SimulatedMembers {
  readonly members: Members;
  /** Taste at joining and the direction it drifts to, both of unit length and at right angles: row m of each. */
  readonly taste: Float64Array;
  readonly drift: Float64Array;
  /** Radians per second that the taste turns from `taste` towards `drift`. */
  readonly turning: Float64Array;
  /** Moment from which the member is there; never before the start of the history. */
  readonly joined: Float64Array;
  /** Mean sessions per day. */
  readonly activity: Float64Array;
}

/** Assumptions of the simulation, not measurements. */
const JOINED_BEFORE = 0.6;
const COMMUNITIES = 8;
const COMMUNITY_WEIGHT = 0.8;
/** A quarter turn, after which nothing of the first taste is left, takes about a year and a half on average. */
const MEAN_TURNING = Math.PI / 2 / (540 * DAY);
const MEAN_SESSIONS_PER_DAY = 0.15;
/** Gamma shape of activity: a few members make most of the sessions. */
const ACTIVITY_SHAPE = 0.8;

/** Members of whom 60 % are there at `start`; the others join evenly over the history. */
export function createMembers(
  count: number,
  genres: GenreMap,
  start: number,
  seconds: number,
  random: Random,
): SimulatedMembers {
  const taste = new Float64Array(count * TASTE_DIMENSIONS);
  const drift = new Float64Array(count * TASTE_DIMENSIONS);
  const communities = createCommunities(genres, random);
  const age = new Float64Array(count);
  const device: string[] = [];
  for (let member = 0; member < count; member++) {
    const community = random.below(COMMUNITIES);
    const row = member * TASTE_DIMENSIONS;
    for (let at = 0; at < TASTE_DIMENSIONS; at++) {
      const shared = communities.centres[community * TASTE_DIMENSIONS + at];
      taste[row + at] =
        COMMUNITY_WEIGHT * shared + Math.sqrt((1 - COMMUNITY_WEIGHT ** 2) / TASTE_DIMENSIONS) * random.normal();
      drift[row + at] = random.normal();
    }
    normalize(taste.subarray(row, row + TASTE_DIMENSIONS));
    makeOrthogonal(drift.subarray(row, row + TASTE_DIMENSIONS), taste.subarray(row, row + TASTE_DIMENSIONS));
    age[member] = Math.max(18, Math.round(communities.age[community] + 6 * random.normal()));
    device.push(DEVICES[random.below(DEVICES.length)]);
  }
  const isFirst = (member: number): boolean => member < Math.round(JOINED_BEFORE * count);
  return {
    members: {
      count,
      ids: Array.from({ length: count }, (_, member) => String(member + 1)),
      attributes: new Map<string, Float64Array | readonly string[]>([
        ["age", age],
        ["device", device],
      ]),
    },
    taste,
    drift,
    turning: Float64Array.from({ length: count }, () => random.exponential() * MEAN_TURNING),
    joined: Float64Array.from({ length: count }, (_, member) =>
      isFirst(member) ? start : Math.floor(start + random.uniform() * seconds),
    ),
    activity: Float64Array.from(
      { length: count },
      () => (random.gamma(ACTIVITY_SHAPE) / ACTIVITY_SHAPE) * MEAN_SESSIONS_PER_DAY,
    ),
  };
}

const DEVICES = ["television", "phone", "tablet", "computer"];

/** Each community likes two genres and has an age of its own. */
function createCommunities(genres: GenreMap, random: Random): { centres: Float64Array; age: Float64Array } {
  const centres = new Float64Array(COMMUNITIES * TASTE_DIMENSIONS);
  const age = new Float64Array(COMMUNITIES);
  for (let community = 0; community < COMMUNITIES; community++) {
    const liked = [random.below(genres.names.length), random.below(genres.names.length)];
    const centre = centres.subarray(community * TASTE_DIMENSIONS, (community + 1) * TASTE_DIMENSIONS);
    for (const genre of liked) {
      for (let at = 0; at < TASTE_DIMENSIONS; at++) centre[at] += genres.centres[genre * TASTE_DIMENSIONS + at];
    }
    normalize(centre);
    age[community] = 24 + (36 * community) / (COMMUNITIES - 1);
  }
  return { centres, age };
}

function normalize(vector: Float64Array): void {
  let sum = 0;
  for (const value of vector) sum += value * value;
  for (let at = 0; at < vector.length; at++) vector[at] /= Math.sqrt(sum);
}

/** One step of Gram and Schmidt: what of the vector is at right angles to the unit vector, at unit length. */
function makeOrthogonal(vector: Float64Array, unit: Float64Array): void {
  let along = 0;
  for (let at = 0; at < vector.length; at++) along += vector[at] * unit[at];
  for (let at = 0; at < vector.length; at++) vector[at] -= along * unit[at];
  normalize(vector);
}
