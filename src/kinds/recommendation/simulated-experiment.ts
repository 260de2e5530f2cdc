/** An A/B test on a simulated world: assignment, exposure, sample ratio, CUPED, effect and guardrails, and the truth no test can see. */

import { DAY } from "../../core/day.ts";
import { unwrap } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import { firstEventAt } from "../../steps/3-data/time-order.ts";
import { type RankedLists, rankedItems } from "../../steps/4-model/train/ranked-lists.ts";
import { momentsOf } from "../../steps/5-evaluate/protocols/moments.ts";
import { assignByHash } from "../../steps/6-deploy/experiment/assign-by-hash.ts";
import type { Comparison } from "../../steps/6-deploy/experiment/comparison.ts";
import { cupedArms } from "../../steps/6-deploy/experiment/cuped.ts";
import { pairedMomentsOf } from "../../steps/6-deploy/experiment/paired-moments.ts";
import { compareRatios, ratioEstimate } from "../../steps/6-deploy/experiment/ratio-metric.ts";
import { type RelativeLift, relativeLift } from "../../steps/6-deploy/experiment/relative-lift.ts";
import { checkSampleRatio, type SampleRatioCheck } from "../../steps/6-deploy/experiment/sample-ratio.ts";
import { compareMeans } from "../../steps/6-deploy/experiment/two-means.ts";
import { type Interactions, kindCode } from "./interactions.ts";
import { drawSessions, type Session } from "./simulated-history.ts";
import { type ExposureLog, firstOf, showLists } from "./simulated-traffic.ts";
import type { World } from "./world.ts";

/** What is tried: lists by member index, the control's and the treatment's. */
export interface Trial {
  readonly control: RankedLists;
  readonly treated: RankedLists;
  /** Days from the end of the history. */
  readonly days: number;
  /** Planned shares of control and treatment. */
  readonly shares: readonly [number, number];
  /** Names the experiment in the hash. */
  readonly salt: string;
}

/** Both arms' level and what lies between. */
export interface ArmsCompared {
  readonly control: number;
  readonly treated: number;
  readonly comparison: Comparison;
  readonly lift: RelativeLift;
}

/** All that the test tells, and what it cannot: `truth` has every member under both arms. */
export interface TrialResult {
  readonly log: Omit<ExposureLog, "session"> & {
    /** Seconds since 1970. */
    readonly time: Float64Array;
    /** 0 for the control, 1 for the treatment. */
    readonly arm: Uint8Array;
  };
  /** Members who came, control and treatment. */
  readonly exposed: readonly [number, number];
  readonly sampleRatio: SampleRatioCheck;
  readonly clicks: ArmsCompared;
  /** Clicks adjusted by each member's clicks before the test. */
  readonly adjusted: ArmsCompared;
  /** 1 - rho^2 of CUPED. */
  readonly varianceLeft: number;
  readonly clickThrough: ArmsCompared;
  readonly minutes: ArmsCompared;
  /** Share of the catalogue shown at all, control and treatment, counted over equally many members. */
  readonly coverage: readonly [number, number];
  readonly truth: ArmsCompared;
}

/** Clicks before the test are counted over eight weeks: a member comes about once a week. */
const PAST = 56 * DAY;

/** Plays the test. Null where fewer than two members of an arm came: there is nothing to compare. */
export function runTrial(world: World, interactions: Interactions, trial: Trial, random: Random): TrialResult | null {
  const { control, treated, days, shares, salt } = trial;
  const sessions = drawSessions(world, world.end, world.end + days * DAY, random.fork("sessions"));
  const armOf = interactions.members.ids.map((id) => assignByHash(id, salt, shares));
  const play = (lists: RankedLists): ExposureLog =>
    showLists(
      world,
      sessions,
      (session, isFresh) => firstOf(rankedItems(lists, sessions[session].member), world.places, isFresh),
      random.fork("responses"),
    );
  const worlds = [play(control), play(treated)] as const;
  const came = [...new Set(sessions.map(({ member }) => member))].sort((a, b) => a - b);
  const groups = [0, 1].map((arm) => came.filter((member) => armOf[member] === arm));
  if (groups.some(({ length }) => length < 2)) return null;
  const seen = groups.map((group, arm) => totalsOf(worlds[arm], group));
  const past = groups.map((group) => clicksBefore(interactions, world.end - PAST, group));
  const [a, b] = [0, 1].map((arm) => pairedMomentsOf(past[arm], seen[arm].clicks));
  const cuped = cupedArms(a, b);
  const ratios = [0, 1].map((arm) => pairedMomentsOf(seen[arm].clicks, seen[arm].shown));
  return {
    log: mergeLogs(worlds, sessions, armOf),
    exposed: [groups[0].length, groups[1].length],
    sampleRatio: unwrap(
      checkSampleRatio(
        groups.map(({ length }) => length),
        shares,
      ),
    ),
    clicks: compareLevels(seen[0].clicks, seen[1].clicks),
    adjusted: {
      control: cuped.control.mean,
      treated: cuped.treated.mean,
      comparison: compareMeans(cuped.control, cuped.treated),
      lift: liftOf(
        [cuped.control.mean, standardError(cuped.control)],
        [cuped.treated.mean, standardError(cuped.treated)],
      ),
    },
    varianceLeft: cuped.adjustment.varianceRatio,
    clickThrough: compareClickThrough(ratios[0], ratios[1]),
    minutes: compareLevels(seen[0].minutes, seen[1].minutes),
    coverage: coverageOf(worlds, groups, interactions.titles.count),
    truth: compareWithinMembers(totalsOf(worlds[0], came).clicks, totalsOf(worlds[1], came).clicks),
  };
}

interface MemberTotals {
  readonly clicks: Float64Array;
  readonly shown: Float64Array;
  readonly minutes: Float64Array;
}

/** Sums by member, in the order of `members`. */
function totalsOf({ member, clicked, minutes }: ExposureLog, members: readonly number[]): MemberTotals {
  const index = new Map(members.map((one, at) => [one, at]));
  const totals = {
    clicks: new Float64Array(members.length),
    shown: new Float64Array(members.length),
    minutes: new Float64Array(members.length),
  };
  for (let row = 0; row < member.length; row++) {
    const at = index.get(member[row]);
    if (at === undefined) continue;
    totals.clicks[at] += clicked[row];
    totals.shown[at]++;
    totals.minutes[at] += minutes[row];
  }
  return totals;
}

function clicksBefore({ events }: Interactions, from: number, members: readonly number[]): Float64Array {
  const index = new Map(members.map((one, at) => [one, at]));
  const clicks = new Float64Array(members.length);
  const click = kindCode("click");
  for (let row = firstEventAt(events.time, from); row < events.count; row++) {
    const at = index.get(events.member[row]);
    if (at !== undefined && events.kind[row] === click) clicks[at]++;
  }
  return clicks;
}

function compareLevels(control: Float64Array, treated: Float64Array): ArmsCompared {
  const [a, b] = [momentsOf(control), momentsOf(treated)];
  return {
    control: a.mean,
    treated: b.mean,
    comparison: compareMeans(a, b),
    lift: liftOf([a.mean, standardError(a)], [b.mean, standardError(b)]),
  };
}

type PairedMoments = ReturnType<typeof pairedMomentsOf>;

function compareClickThrough(control: PairedMoments, treated: PairedMoments): ArmsCompared {
  const [a, b] = [ratioEstimate(control), ratioEstimate(treated)];
  return {
    control: a.ratio,
    treated: b.ratio,
    comparison: compareRatios(control, treated),
    lift: liftOf([a.ratio, a.standardError], [b.ratio, b.standardError]),
  };
}

/** The same members under both arms: the difference is taken member by member. */
function compareWithinMembers(control: Float64Array, treated: Float64Array): ArmsCompared {
  const { n, meanX, meanY, varianceX, varianceY, covariance } = pairedMomentsOf(control, treated);
  const none = { n, mean: 0, variance: 0 };
  const difference = { n, mean: meanY - meanX, variance: varianceX + varianceY - 2 * covariance };
  const errors = { controlError: Math.sqrt(varianceX / n), treatedError: Math.sqrt(varianceY / n) };
  return {
    control: meanX,
    treated: meanY,
    comparison: compareMeans(none, difference),
    lift: relativeLift({ control: meanX, treated: meanY, ...errors, covariance: covariance / n }),
  };
}

function standardError({ n, variance }: { readonly n: number; readonly variance: number }): number {
  return Math.sqrt(variance / n);
}

function liftOf(
  [control, controlError]: readonly [number, number],
  [treated, treatedError]: readonly [number, number],
) {
  return relativeLift({ control, controlError, treated, treatedError });
}

/** More members see more titles, so both arms are counted over as many members as the smaller one has. */
function coverageOf(
  logs: readonly ExposureLog[],
  groups: readonly (readonly number[])[],
  catalogue: number,
): [number, number] {
  const size = Math.min(...groups.map(({ length }) => length));
  const share = (arm: number): number => {
    const counted = new Set(groups[arm].slice(0, size));
    const shown = new Set<number>();
    logs[arm].title.forEach((title, row) => {
      if (counted.has(logs[arm].member[row])) shown.add(title);
    });
    return shown.size / catalogue;
  };
  return [share(0), share(1)];
}

/** The log that a service would have: each session under its member's arm only. */
function mergeLogs(
  logs: readonly ExposureLog[],
  sessions: readonly Session[],
  armOf: readonly number[],
): TrialResult["log"] {
  const rows = logs.flatMap(({ session, member }, arm) =>
    Array.from(session, (at, row) => ({ at, row, arm })).filter(({ row }) => armOf[member[row]] === arm),
  );
  rows.sort((a, b) => a.at - b.at || a.row - b.row);
  const column =
    (name: keyof ExposureLog) =>
    ({ row, arm }: { row: number; arm: number }) =>
      logs[arm][name][row];
  return {
    time: Float64Array.from(rows, ({ at }) => sessions[at].time),
    member: Int32Array.from(rows, column("member")),
    title: Int32Array.from(rows, column("title")),
    place: Int32Array.from(rows, column("place")),
    clicked: Uint8Array.from(rows, column("clicked")),
    minutes: Float32Array.from(rows, column("minutes")),
    arm: Uint8Array.from(rows, ({ arm }) => arm),
  };
}
