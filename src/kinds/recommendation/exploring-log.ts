/** The log of a policy that explores in a simulated world, made ready for estimating what another policy would have earned. */

import type { Random } from "../../core/random.ts";
import { type RankedLists, rankedItems } from "../../steps/4-model/train/ranked-lists.ts";
import type { LoggedDecisions, RewardModel } from "../../steps/5-evaluate/protocols/off-policy.ts";
import { type Exploration, type ExploredList, exploreList } from "./exploration.ts";
import type { Session } from "./simulated-history.ts";
import { firstOf, showLists } from "./simulated-traffic.ts";
import type { ClickRates } from "./smoothed-click-rates.ts";
import type { World } from "./world.ts";

/** Lists by member index. `base` is served and explored upon, `target` is what one wants to know about. */
export interface PolicyLists {
  readonly base: RankedLists;
  readonly candidates: RankedLists;
  readonly target: RankedLists;
}

/** Decisions are titles shown; values per unit of size are clicks per place looked at. */
export interface ExploringLog {
  readonly sessions: number;
  /** Probability with which the logging policy showed the title where it stood. */
  readonly propensity: Float64Array;
  readonly decisions: LoggedDecisions & { readonly size: Float64Array };
  readonly model: RewardModel;
  /** Expected clicks per list of the target at the very same sessions, by the world's own probabilities. */
  readonly truth: number;
}

/**
 * Plays the sessions with the base lists explored. A click tells of a title whatever its place, once the chance that the place is
 * looked at is known: a decision's weight is the target's exposure of the title, Σ_k examination(k) P(title at k), over that of the
 * logging policy (the position-based estimator of Li et al. 2018, "Offline evaluation of ranking policies with click models").
 */
export function playExploringLog(
  world: World,
  sessions: readonly Session[],
  lists: PolicyLists,
  exploration: Exploration,
  knowledge: { readonly examination: Float64Array; readonly rates: ClickRates },
  random: Random,
): ExploringLog {
  const shown: ExploredList[] = [];
  const wanted: number[][] = [];
  const chance = random.fork("exploration");
  const log = showLists(
    world,
    sessions,
    (session, isFresh) => {
      const { member } = sessions[session];
      const first = (of: RankedLists, count: number): number[] => firstOf(rankedItems(of, member), count, isFresh);
      const explored = exploreList(
        first(lists.base, world.places),
        first(lists.candidates, Number.POSITIVE_INFINITY),
        exploration,
        chance,
      );
      shown.push(explored);
      wanted.push(first(lists.target, world.places));
      return explored.titles;
    },
    random.fork("responses"),
  );
  const { examination, rates } = knowledge;
  const size = Float64Array.from(log.place, (place) => examination[place - 1]);
  const column = (of: (row: number, list: ExploredList, target: readonly number[]) => number): Float64Array =>
    Float64Array.from(log.session, (session, row) => of(row, shown[session], wanted[session]));
  return {
    sessions: sessions.length,
    propensity: column((row, list) => list.propensity(log.title[row], log.place[row] - 1)),
    decisions: {
      reward: Float64Array.from(log.clicked),
      weight: column((row, list, target) => {
        const place = target.indexOf(log.title[row]);
        return place < 0 ? 0 : examination[place] / exposureOf(list, log.title[row], examination);
      }),
      size,
      unit: log.member,
    },
    model: {
      logged: column((row) => size[row] * rates(log.member[row], log.title[row])),
      target: column((row, _, target) => {
        const title = target[log.place[row] - 1];
        return title === undefined ? 0 : size[row] * rates(log.member[row], title);
      }),
    },
    truth: expectedClicks(world, sessions, wanted),
  };
}

function exposureOf({ titles, propensity }: ExploredList, title: number, examination: Float64Array): number {
  return titles.reduce((sum, _, place) => sum + examination[place] * propensity(title, place), 0);
}

function expectedClicks(world: World, sessions: readonly Session[], lists: readonly (readonly number[])[]): number {
  let sum = 0;
  sessions.forEach(({ member, time }, session) => {
    lists[session].forEach((title, at) => {
      sum += world.examination(at + 1) * world.attraction(member, title, time);
    });
  });
  return sum / sessions.length;
}
