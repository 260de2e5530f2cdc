/** What a simulated member does with a list of titles: what is seen of it, clicked, watched and rated, with the true probabilities. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { SimulatedMembers } from "./simulated-members.ts";
import { type SimulatedTitles, TASTE_DIMENSIONS } from "./simulated-titles.ts";

/** What a member did with a list, place by place. */
export interface Response {
  /** 1 where the member looked at the place; a real log does not have this. */
  readonly examined: Uint8Array;
  readonly clicked: Uint8Array;
  /** Minutes watched; 0 where not clicked. */
  readonly minutes: Float32Array;
  /** 1 to 5; 0 where no rating was given. */
  readonly rating: Float32Array;
}

/** The truth of the world, which no model may read and every simulated experiment is judged by. */
export interface Behaviour {
  /** How well a title fits a member's taste at a moment: about standard normal over random pairs. */
  affinity(member: number, title: number, time: number): number;
  /** Probability of a click given that the member looks at the title. */
  attraction(member: number, title: number, time: number): number;
  /** Probability that a place of a list is looked at: place^-bias, place from 1. */
  examination(place: number): number;
  /** What the member does with the list, best place first. All chance comes from `random`. */
  respond(member: number, titles: ArrayLike<number>, time: number, random: Random): Response;
  /** Minutes and rating of a title that the member has chosen to watch. */
  watch(member: number, title: number, time: number, random: Random): Watched;
}

/** What came of watching a title. */
export interface Watched {
  readonly minutes: number;
  /** 1 to 5; 0 where no rating was given. */
  readonly rating: number;
}

/** Log-odds of a click on a title seen, and what moves them: assumptions of the simulation, not measurements. */
const CLICK_INTERCEPT = -3.1;
const AFFINITY_WEIGHT = 1.4;
const QUALITY_WEIGHT = 0.5;
const NOVELTY_WEIGHT = 0.8;
/** Days in which the appeal of the new falls to 1/e. */
const NOVELTY_DAYS = 30;
const RATING_SHARE = 0.5;

/**
 * Position-based click model: P(click) = examination(place) × attraction(member, title) (Craswell et al. 2008, "An experimental
 * comparison of click position-bias models"), with examination place^-bias as in Joachims et al. 2017, "Unbiased learning-to-rank
 * with biased feedback".
 */
export function createBehaviour(members: SimulatedMembers, titles: SimulatedTitles, positionBias: number): Behaviour {
  const { character, quality, minutes } = titles;
  const { released } = titles.titles;

  const tasteAt = createTaste(members);

  function affinity(member: number, title: number, time: number): number {
    const wanted = tasteAt(member, time);
    const row = title * TASTE_DIMENSIONS;
    let sum = 0;
    for (let at = 0; at < TASTE_DIMENSIONS; at++) sum += wanted[at] * character[row + at];
    return sum;
  }

  function attraction(member: number, title: number, time: number): number {
    const age = (time - released[title]) / DAY;
    if (age < 0) return 0;
    const novelty = Math.exp(-age / NOVELTY_DAYS);
    return sigmoid(
      CLICK_INTERCEPT +
        AFFINITY_WEIGHT * affinity(member, title, time) +
        QUALITY_WEIGHT * quality[title] +
        NOVELTY_WEIGHT * novelty,
    );
  }

  const examination = (place: number): number => place ** -positionBias;

  function watch(member: number, title: number, time: number, random: Random): Watched {
    const liking = affinity(member, title, time) + 0.6 * quality[title];
    const share = sigmoid(0.6 * liking + random.normal());
    const rates = random.uniform() < RATING_SHARE;
    const stars = Math.round(2.8 + 0.7 * liking + 0.6 * random.normal());
    return { minutes: minutes[title] * share, rating: rates ? Math.min(5, Math.max(1, stars)) : 0 };
  }

  function respond(member: number, list: ArrayLike<number>, time: number, random: Random): Response {
    const places = list.length;
    const response = {
      examined: new Uint8Array(places),
      clicked: new Uint8Array(places),
      minutes: new Float32Array(places),
      rating: new Float32Array(places),
    };
    for (let place = 0; place < places; place++) {
      if (random.uniform() >= examination(place + 1)) continue;
      response.examined[place] = 1;
      if (random.uniform() >= attraction(member, list[place], time)) continue;
      response.clicked[place] = 1;
      const watched = watch(member, list[place], time, random);
      response.minutes[place] = watched.minutes;
      response.rating[place] = watched.rating;
    }
    return response;
  }

  return { affinity, attraction, examination, respond, watch };
}

/** The taste of a member at a moment, kept for the next title of the same list. */
function createTaste({
  taste,
  drift,
  turning,
  joined,
}: SimulatedMembers): (member: number, time: number) => Float64Array {
  const current = new Float64Array(TASTE_DIMENSIONS);
  let currentMember = -1;
  let currentTime = Number.NaN;
  return (member, time) => {
    if (member === currentMember && time === currentTime) return current;
    const angle = turning[member] * (time - joined[member]);
    const near = Math.cos(angle);
    const far = Math.sin(angle);
    const row = member * TASTE_DIMENSIONS;
    for (let at = 0; at < TASTE_DIMENSIONS; at++) current[at] = near * taste[row + at] + far * drift[row + at];
    currentMember = member;
    currentTime = time;
    return current;
  };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
