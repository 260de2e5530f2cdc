/** The titles of the simulated world: genres, hidden qualities, fame, and release dates before and during the history. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import { joinLists } from "../../steps/3-data/row-lists.ts";
import type { Titles } from "./interactions.ts";

/** Hidden dimensions of taste. */
export const TASTE_DIMENSIONS = 8;

/** What the world knows about its titles; only `titles` is visible to a model. */
export interface SimulatedTitles {
  readonly titles: Titles;
  /** Row t, `TASTE_DIMENSIONS` wide: what title t is like; entries of about unit variance. */
  readonly character: Float64Array;
  /** How good everybody finds it, standard normal. */
  readonly quality: Float64Array;
  /** Logarithm of how widely it is known apart from its age, normal with deviation 1. */
  readonly fame: Float64Array;
  /** Length in minutes. */
  readonly minutes: Float64Array;
}

/** Where genres stand in the space of taste: one row per genre. */
export interface GenreMap {
  readonly names: readonly string[];
  readonly centres: Float64Array;
}

const GENRES = [
  "Action",
  "Adventure",
  "Animation",
  "Comedy",
  "Crime",
  "Documentary",
  "Drama",
  "Family",
  "Fantasy",
  "Horror",
  "Romance",
  "Science fiction",
  "Thriller",
  "War",
];

/** Genres at random places of the space of taste. */
export function createGenres(random: Random): GenreMap {
  const centres = Float64Array.from({ length: GENRES.length * TASTE_DIMENSIONS }, () => random.normal());
  return { names: GENRES, centres };
}

/** Shares and scales of the catalogue: assumptions of the simulation, not measurements. */
const RELEASED_BEFORE = 0.7;
const MEAN_AGE_AT_START = 5 * 365 * DAY;
const GENRE_WEIGHT = 0.8;

/** Titles of which 70 % exist at `start`; the others come out evenly over the history. */
export function createTitles(
  count: number,
  genres: GenreMap,
  start: number,
  seconds: number,
  random: Random,
): SimulatedTitles {
  const lists: number[][] = [];
  const character = new Float64Array(count * TASTE_DIMENSIONS);
  const released = new Float64Array(count);
  for (let title = 0; title < count; title++) {
    const list = drawGenres(genres.names.length, random);
    lists.push(list);
    for (let at = 0; at < TASTE_DIMENSIONS; at++) {
      let sum = 0;
      for (const genre of list) sum += genres.centres[genre * TASTE_DIMENSIONS + at];
      const own = Math.sqrt(1 - GENRE_WEIGHT ** 2) * random.normal();
      character[title * TASTE_DIMENSIONS + at] = (GENRE_WEIGHT * sum) / Math.sqrt(list.length) + own;
    }
    const isOld = title < Math.round(RELEASED_BEFORE * count);
    const age = isOld ? random.exponential() * MEAN_AGE_AT_START : -random.uniform() * seconds;
    released[title] = Math.floor((start - age) / DAY) * DAY;
  }
  const { offsets, items } = joinLists(lists);
  const titles: Titles = {
    count,
    ids: Array.from({ length: count }, (_, title) => String(title + 1)),
    names: Array.from({ length: count }, (_, title) => nameOf(title)),
    released,
    genres: { names: genres.names, offsets, indices: items },
    attributes: new Map(),
  };
  const draw = (scale: (one: Random) => number): Float64Array =>
    Float64Array.from({ length: count }, () => scale(random));
  return {
    titles,
    character,
    quality: draw((one) => one.normal()),
    fame: draw((one) => one.normal()),
    minutes: draw((one) => Math.round(60 + 15 * one.gamma(3))),
  };
}

/** One to three different genres, ascending. */
function drawGenres(count: number, random: Random): number[] {
  const chosen = new Set<number>();
  const wanted = 1 + random.below(3);
  while (chosen.size < wanted) chosen.add(random.below(count));
  return [...chosen].sort((a, b) => a - b);
}

const FIRST_WORDS = (
  "Quiet Crooked Northern Hidden Paper Silver Seventh Burning Slow Distant Winter Glass Empty Golden Broken Midnight " +
  "Second Hollow Scarlet Gentle Iron Velvet Foreign Lucky Endless Small Amber Restless Blue Last"
).split(" ");
const SECOND_WORDS = (
  "Harbour Garden Letter Orchard Signal River Kitchen Mountain Island Theatre Bridge Summer Witness Lantern Railway " +
  "Neighbour Horizon Carnival Forest Station Promise Shadow Market Voyage Archive Lighthouse Machine Melody Border Tower"
).split(" ");

/** Invented names: 900 pairs of words, numbered when they run out. */
function nameOf(title: number): string {
  const pairs = FIRST_WORDS.length * SECOND_WORDS.length;
  // 7 and 900 share no divisor but 1, so that neighbouring titles do not share their first word.
  const pair = (title * 7) % pairs;
  const round = Math.floor(title / pairs);
  const name = `The ${FIRST_WORDS[pair % FIRST_WORDS.length]} ${SECOND_WORDS[Math.floor(pair / FIRST_WORDS.length)]}`;
  return round === 0 ? name : `${name} ${round + 1}`;
}
