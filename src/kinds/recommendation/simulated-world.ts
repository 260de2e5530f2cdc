/** A simulated world of members and titles: the embedded data source, whose truth is known. Nothing in it was measured on people. */

import { DAY } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import type { Interactions } from "./interactions.ts";
import { createBehaviour } from "./simulated-behaviour.ts";
import { simulateEvents } from "./simulated-history.ts";
import { createMembers } from "./simulated-members.ts";
import { createGenres, createTitles } from "./simulated-titles.ts";
import type { World } from "./world.ts";

/** Size and shape of a world. */
export interface WorldOptions {
  /** Members at the end of the history; default 2,000. */
  readonly members?: number;
  /** Titles at the end of the history; default 1,000. */
  readonly titles?: number;
  /** Days of history; default 180. */
  readonly days?: number;
  /** First moment, seconds since 1970; default 2025-01-01. */
  readonly start?: number;
  /** Places of a list; default 10. */
  readonly places?: number;
  /** Exponent of the examination probability place^-bias; default 0.7, 0 for none. */
  readonly positionBias?: number;
}

const START = Date.UTC(2025, 0, 1) / 1000;

/** Makes the members and titles of a world; its history is played by `simulateInteractions`. */
export function createWorld(options: WorldOptions, random: Random): World {
  const { members: memberCount = 2000, titles: titleCount = 1000, days = 180, start = START } = options;
  const { places = 10, positionBias = 0.7 } = options;
  const seconds = days * DAY;
  const genres = createGenres(random.fork("genres"));
  const titles = createTitles(titleCount, genres, start, seconds, random.fork("titles"));
  const members = createMembers(memberCount, genres, start, seconds, random.fork("members"));
  const behaviour = createBehaviour(members, titles, positionBias);
  return { ...behaviour, members, titles, start, end: start + seconds, places };
}

/** The history of a world as its log shows it: what a design is run on when it has no data of its own. */
export function simulateInteractions(world: World, random: Random): Interactions {
  return {
    events: simulateEvents(world, random.fork("history")),
    members: world.members.members,
    titles: world.titles.titles,
    repairs: [],
    source: {
      format: "simulated",
      description:
        "a simulated world: members with drifting tastes, titles that are released and fade, lists with position bias; no real person did any of this",
      simulated: true,
    },
  };
}
