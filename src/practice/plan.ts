/** A study plan to a date: minutes a week by area, each week's level, and whether one is on track. It is made anew from the history each time. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { areaBelief } from "./ability.ts";
import { AREA_NAMES, type Area } from "./area.ts";
import { dayOf, type Profile, secondsOf } from "./profile.ts";
import type { QuestionCard } from "./question.ts";

export interface PlanWeek {
  /** Days since 1970 of its first day, and how many days it has: the last may be short. */
  readonly firstDay: number;
  readonly days: number;
  readonly minutes: number;
  /** Minutes set aside for what is due again. */
  readonly reviewMinutes: number;
  /** The level to work at: it rises from where one stands to the target. */
  readonly level: number;
  /** The areas of the week, the most in need first, with their minutes. */
  readonly areas: readonly { readonly area: Area; readonly minutes: number }[];
}

export interface StudyPlan {
  readonly weeks: readonly PlanWeek[];
  readonly target: number;
  /** New questions a day that the hours allow. */
  readonly questionsPerDay: number;
  /** Minutes practised in the last seven days, and those due by the plan. */
  readonly done: number;
  readonly due: number;
  readonly onTrack: boolean;
  /** The level one can expect at the end: a rise of about one level in forty hours. */
  readonly expected: number;
}

export interface PlanOptions {
  /** Days since 1970. */
  readonly today: number;
  readonly until: number;
  readonly hoursPerWeek: number;
  /** The level wanted at the end, 1 to 6. */
  readonly target: number;
}

/** The last weeks review more than they add. */
const REVIEW_SHARE = { first: 0.2, last: 0.6 };
const AREAS_A_WEEK = 4;
/** An assumption that the plan states, not a measurement. */
const HOURS_PER_LEVEL = 40;

/** Fails for a date that has passed, one more than five years away, and hours nobody has. */
export function makePlan(profile: Profile, cards: readonly QuestionCard[], options: PlanOptions): Outcome<StudyPlan> {
  const { today, until, hoursPerWeek, target } = options;
  const days = until - today;
  if (!(days >= 1))
    return fail({
      code: "date-passed",
      message: "the date of the plan is not in the future",
      fix: "name a later date",
    });
  if (days > 5 * 366)
    return fail({ code: "date-too-far", message: "the date is more than five years away", fix: "name an earlier one" });
  if (!(hoursPerWeek > 0 && hoursPerWeek <= 100)) {
    return fail({
      code: "impossible-hours",
      message: `${hoursPerWeek} hours a week cannot be planned`,
      fix: "name more than none, and at most 100",
    });
  }
  const start = profile.ability.general.mean;
  const count = Math.ceil(days / 7);
  const needs = rankNeeds(profile, target);
  const weeks = Array.from({ length: count }, (_, i): PlanWeek => {
    const firstDay = today + 7 * i;
    const length = Math.min(7, until - firstDay);
    const minutes = Math.round((hoursPerWeek * 60 * length) / 7);
    // The last week works at the target itself, so that the upper levels are reached and not only approached.
    const progress = count === 1 ? 1 : i / (count - 1);
    const share = REVIEW_SHARE.first + (REVIEW_SHARE.last - REVIEW_SHARE.first) * progress;
    const reviewMinutes = Math.round(minutes * share);
    const level = Math.min(6, Math.max(1, Math.round(start + Math.max(0, target - start) * progress)));
    return { firstDay, days: length, minutes, reviewMinutes, level, areas: areasOf(i, needs, minutes - reviewMinutes) };
  });
  const meanMinutes =
    cards.length === 0 ? 3 : cards.reduce((sum, card) => sum + Math.min(card.minutes, 10), 0) / cards.length;
  const done = minutesBetween(profile, today - 7, today);
  const due = (hoursPerWeek * 60 * activeDays(profile, today)) / 7;
  return succeed({
    weeks,
    target,
    questionsPerDay: Math.max(1, Math.round((hoursPerWeek * 60) / 7 / (meanMinutes + 1))),
    done,
    due,
    onTrack: done >= 0.8 * due,
    // The scale begins at 1: who stands below it is told no level below it.
    expected: Math.min(6, Math.max(1, start + (hoursPerWeek * (days / 7)) / HOURS_PER_LEVEL)),
  });
}

/** How many of the last seven days count: a plan of three days asks for three days. */
function activeDays({ plan }: Profile, today: number): number {
  return plan === undefined ? 0 : Math.min(7, Math.max(0, today - dayOf(plan.at)));
}

function minutesBetween({ answers }: Profile, from: number, to: number): number {
  const between = answers.filter(({ at }) => dayOf(at) >= from && dayOf(at) <= to);
  return Math.round(secondsOf(between) / 60);
}

/** Areas by distance from the target and uncertainty, the most in need first. */
function rankNeeds({ ability }: Profile, target: number): readonly Area[] {
  const need = (area: Area): number => {
    const { mean, variance } = areaBelief(ability, area);
    return target - mean + 0.5 * Math.sqrt(variance);
  };
  return [...AREA_NAMES].sort((a, b) => need(b) - need(a));
}

/** Four areas a week in turn, so that every area comes up within four weeks and needy ones come first. */
function areasOf(week: number, needs: readonly Area[], minutes: number): PlanWeek["areas"] {
  const chosen = Array.from({ length: AREAS_A_WEEK }, (_, i) => needs[(week * AREAS_A_WEEK + i) % needs.length]);
  return chosen.map((area) => ({ area, minutes: Math.round(minutes / AREAS_A_WEEK) }));
}
