/** Shows lists to the members of a simulated world, session by session, and logs what was shown and clicked. */

import type { Random } from "../../core/random.ts";
import type { Session } from "./simulated-history.ts";
import type { World } from "./world.ts";

/** One row per title shown, in the order of the sessions. */
export interface ExposureLog {
  /** Index into the sessions. */
  readonly session: Int32Array;
  readonly member: Int32Array;
  readonly title: Int32Array;
  /** From 1. */
  readonly place: Int32Array;
  readonly clicked: Uint8Array;
  /** Minutes watched; 0 where not clicked. */
  readonly minutes: Float32Array;
}

/** The list for a session: `fresh` tells whether the member has not watched a title since the log began. */
export type ListForSession = (session: number, fresh: (title: number) => boolean) => ArrayLike<number>;

/** Plays the sessions with lists of one policy. What a member watched meanwhile is known to the policy at the next session. */
export function showLists(
  world: World,
  sessions: readonly Session[],
  listFor: ListForSession,
  random: Random,
): ExposureLog {
  const watched = new Map<number, Set<number>>();
  const rows: number[][] = [];
  sessions.forEach(({ member, time }, session) => {
    const known = watched.get(member) ?? new Set();
    watched.set(member, known);
    const list = listFor(session, (title) => !known.has(title));
    const { clicked, minutes } = world.respond(member, list, time, random);
    for (let at = 0; at < list.length; at++) {
      rows.push([session, member, list[at], at + 1, clicked[at], minutes[at]]);
      if (clicked[at] === 1) known.add(list[at]);
    }
  });
  const column = (at: number) => (_: unknown, row: number) => rows[row][at];
  const length = { length: rows.length };
  return {
    session: Int32Array.from(length, column(0)),
    member: Int32Array.from(length, column(1)),
    title: Int32Array.from(length, column(2)),
    place: Int32Array.from(length, column(3)),
    clicked: Uint8Array.from(length, column(4)),
    minutes: Float32Array.from(length, column(5)),
  };
}

/** The first `places` titles of a list that pass. */
export function firstOf(list: ArrayLike<number>, places: number, passes: (title: number) => boolean): number[] {
  const shown: number[] = [];
  for (let at = 0; at < list.length && shown.length < places; at++) if (passes(list[at])) shown.push(list[at]);
  return shown;
}
