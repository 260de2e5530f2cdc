/** Where a person stands, what is due today, and the plan to a date, as the studio shows them. */

import { unwrap } from "../../core/outcome.ts";
import { newRecordId, openHistoryFolder } from "../../node/history-folder.ts";
import { levelOnScale } from "../../practice/ability.ts";
import { AREAS } from "../../practice/area.ts";
import { dailySet } from "../../practice/daily-set.ts";
import type { HistoryRecord } from "../../practice/history.ts";
import { makePlan } from "../../practice/plan.ts";
import type { PreparedQuestion } from "../../practice/prepare.ts";
import { dayOf, foldHistory } from "../../practice/profile.ts";
import { measureProgress } from "../../practice/progress.ts";
import { cardOf } from "../../practice/question.ts";
import type { StudioProject } from "./studio-project.ts";

export interface ProgressSources {
  readonly bank: () => Promise<ReadonlyMap<string, PreparedQuestion>>;
  readonly records: () => readonly HistoryRecord[];
  /** Whether a session is open. */
  readonly isOpen: () => boolean;
}

/** `history/` lies under the project's root. */
export function openProgressDesk({ root, now }: StudioProject, { bank, records, isOpen }: ProgressSources) {
  return {
    async today() {
      const all = await bank();
      const history = records();
      const cards = [...all.values()].map(({ question }) => cardOf(question)).filter(({ kind }) => kind !== "design");
      const day = dayOf(now().toISOString());
      const profile = foldHistory(history);
      const done = new Set(
        history.flatMap((one) =>
          one.type === "answer" && one.mode === "daily" && dayOf(one.at) === day ? [one.question] : [],
        ),
      );
      const left = dailySet(history, cards, day, 10).filter(({ id }) => !done.has(id));
      return {
        answers: profile.answers.length,
        level: levelOnScale(profile.ability),
        uncertainty: 1.96 * Math.sqrt(profile.ability.general.variance),
        minutes: left.reduce((sum, { id }) => sum + (all.get(id)?.question.minutes ?? 0), 0),
        questions: left.map(({ id, area }) => ({
          id,
          title: all.get(id)?.question.title ?? id,
          area: AREAS[area],
          isReview: profile.memories.has(id),
        })),
        isOpen: isOpen(),
      };
    },
    progress() {
      const profile = foldHistory(records());
      const progress = measureProgress(profile, dayOf(now().toISOString()));
      return {
        ...progress,
        areas: progress.areas.map((one) => ({ ...one, title: AREAS[one.area] })),
        plan: profile.plan ?? null,
      };
    },
    async plan(until: string | undefined, hoursPerWeek: number, target: number) {
      const history = records();
      const profile = foldHistory(history);
      const all = await bank();
      const today = dayOf(now().toISOString());
      const cards = [...all.values()].map(({ question }) => cardOf(question));
      const stated = profile.plan;
      if (until === undefined && stated === undefined) return { plan: null };
      const options =
        until === undefined && stated !== undefined
          ? { until: dayOf(stated.until), hoursPerWeek: stated.hoursPerWeek, target: stated.target }
          : { until: dayOf(until ?? ""), hoursPerWeek, target };
      const plan = unwrap(makePlan(profile, cards, { today, ...options }));
      if (until !== undefined) {
        const folder = unwrap(openHistoryFolder(root));
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
        plan: {
          ...plan,
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
