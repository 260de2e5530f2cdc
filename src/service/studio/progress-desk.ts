/** Where a person stands, what is due today, and the plan to a date, as the studio shows them. */

import { unwrap } from "../../core/outcome.ts";
import { newRecordId, openHistoryLog } from "../../node/history-folder.ts";
import { levelOnScale } from "../../practice/ability.ts";
import { AREAS, writeLevel } from "../../practice/area.ts";
import { setOfDay } from "../../practice/daily-set.ts";
import { makePlan } from "../../practice/plan.ts";
import type { PreparedQuestion } from "../../practice/prepare.ts";
import { dayOf, foldHistory, isPlaced, type Profile } from "../../practice/profile.ts";
import { measureProgress, wilson } from "../../practice/progress.ts";
import { progressBySteps } from "../../practice/progress-by-step.ts";
import { cardOf, type QuestionCard } from "../../practice/question.ts";
import { sayGoal, sayTrack } from "../../practice/render-plan.ts";
import type { HistoryView } from "./history-view.ts";
import type { StudioProject } from "./studio-project.ts";

export interface ProgressSources {
  readonly bank: () => Promise<ReadonlyMap<string, PreparedQuestion>>;
  readonly history: () => Promise<HistoryView>;
  /** Which sitting was begun and has not ended: one of today's set, or another. */
  readonly open: () => Promise<"today" | "other" | null>;
}

/** Questions of a day. */
const SET = 10;

/** `history/` lies under the project's root. */
export function openProgressDesk({ root, now }: StudioProject, { bank, history, open }: ProgressSources) {
  /** Of the profile that it was measured of. */
  let measured: { readonly profile: Profile; readonly day: number; readonly answer: object } | undefined;
  /** Made once a day, and again where another machine's answers of earlier days came in. */
  let made: { readonly day: number; readonly before: number; readonly cards: readonly QuestionCard[] } | undefined;
  const setOf = ({ records, profile }: HistoryView, cards: readonly QuestionCard[], day: number) => {
    const before = records.findLastIndex(({ at }) => dayOf(at) < day) + 1;
    if (made?.day !== day || made.before !== before) {
      // Mostly nothing was answered yet today.
      const then = before === records.length ? profile : foldHistory(records.slice(0, before));
      made = { day, before, cards: setOfDay(then, cards, day, SET) };
    }
    return made.cards;
  };
  return {
    async today() {
      const all = await bank();
      const view = await history();
      const { records, profile } = view;
      const cards = [...all.values()].map(({ question }) => cardOf(question)).filter(({ kind }) => kind !== "design");
      const day = dayOf(now().toISOString());
      const done = new Set(
        records.flatMap((one) =>
          one.type === "answer" && one.mode === "daily" && dayOf(one.at) === day ? [one.question] : [],
        ),
      );
      const left = setOf(view, cards, day).filter(({ id }) => !done.has(id));
      return {
        answers: profile.answers.length,
        level: isPlaced(profile) ? levelOnScale(profile.ability) : null,
        uncertainty: 1.96 * Math.sqrt(profile.ability.general.variance),
        minutes: left.reduce((sum, { id }) => sum + (all.get(id)?.question.minutes ?? 0), 0),
        questions: left.map(({ id, area }) => ({
          id,
          title: all.get(id)?.question.title ?? id,
          area: AREAS[area],
          isReview: profile.memories.has(id),
        })),
        open: await open(),
      };
    },
    async progress() {
      const all = await bank();
      const { profile } = await history();
      const day = dayOf(now().toISOString());
      if (measured?.profile === profile && measured.day === day) return measured.answer;
      const progress = measureProgress(profile, day);
      const answer = {
        ...progress,
        // As the terminal writes it: what lies outside of the scale is not told apart from its ends.
        areas: progress.areas.map((one) => ({
          ...one,
          ability: Number(writeLevel(one.ability)),
          title: AREAS[one.area],
        })),
        bank: all.size,
        steps: progressBySteps(profile, new Map([...all].map(([id, { question }]) => [id, question.step]))),
        calibration:
          progress.calibration === undefined
            ? null
            : {
                ...progress.calibration,
                bins: progress.calibration.bins.map((bin) => ({ ...bin, interval: wilson(bin.right, bin.answers) })),
              },
        plan: profile.plan ?? null,
      };
      measured = { profile, day, answer };
      return answer;
    },
    async plan(until: string | undefined, hoursPerWeek: number, target: number) {
      const { profile } = await history();
      const all = await bank();
      const today = dayOf(now().toISOString());
      const cards = [...all.values()].map(({ question }) => cardOf(question));
      const stated = profile.plan;
      const asked =
        until !== undefined
          ? { until, hoursPerWeek, target }
          : stated && { until: stated.until, hoursPerWeek: stated.hoursPerWeek, target: stated.target };
      if (asked === undefined) return { plan: null, stated: null };
      const options = { ...asked, until: dayOf(asked.until) };
      const made = makePlan(profile, cards, { today, ...options });
      // A plan whose day has come is not made any more, and what was stated still stands in the fields.
      if (!made.ok && until === undefined) return { plan: null, stated: asked, failure: made.failure };
      const plan = unwrap(made);
      if (until !== undefined) {
        const folder = unwrap(openHistoryLog(root));
        try {
          folder.append({
            type: "plan",
            id: newRecordId(now()),
            at: now().toISOString(),
            until,
            hoursPerWeek,
            target,
          });
        } finally {
          folder.close();
        }
      }
      return {
        stated: asked,
        plan: {
          ...plan,
          track: sayTrack(plan),
          goal: sayGoal(plan),
          until: new Date(options.until * 86_400_000).toISOString().slice(0, 10),
          hoursPerWeek: options.hoursPerWeek,
          weeks: plan.weeks.map((week) => ({
            ...week,
            firstDay: new Date(week.firstDay * 86_400_000).toISOString().slice(0, 10),
            areas: week.areas.map(({ area, minutes }) => ({ title: AREAS[area], area, minutes })),
          })),
        },
      };
    },
  };
}
