/** A study plan as text: today's quota, whether one is on track, and the weeks. */

import { AREAS, LEVELS, levelOf } from "./area.ts";
import type { PlanWeek, StudyPlan } from "./plan.ts";

const WEEKS_SHOWN = 8;

export function renderPlan(plan: StudyPlan): readonly string[] {
  const { weeks, target, questionsPerDay } = plan;
  const more = weeks.length - WEEKS_SHOWN;
  return [
    `${weeks.length} weeks to level ${target} (${LEVELS[levelOf(target)]}), about ${questionsPerDay} questions a day`,
    sayTrack(plan),
    `the goal: ${sayGoal(plan)}`,
    "",
    ...weeks.slice(0, WEEKS_SHOWN).map(renderWeek),
    ...(more > 0 ? [`… and ${more} more, the last at level ${weeks[weeks.length - 1].level}`] : []),
  ];
}

/** Whether as much was practised as the plan asks for by now; of the first day there is nothing to say yet. */
export function sayTrack({ done, due, onTrack }: Pick<StudyPlan, "done" | "due" | "onTrack">): string {
  if (due === 0) return "the plan begins today";
  return `${onTrack ? "on track" : "behind"}: ${done} of ${Math.round(due)} minutes in the last seven days`;
}

/** Whether the hours lead to the level that is wanted: who keeps to a plan may still miss it. */
export function sayGoal({ expected, target }: Pick<StudyPlan, "expected" | "target">): string {
  if (expected + 0.05 >= target) return "within reach";
  return `at about one level in forty hours this ends near ${expected.toFixed(1)}: add hours or move the date`;
}

function renderWeek({ firstDay, minutes, reviewMinutes, level, areas }: PlanWeek): string {
  const day = new Date(firstDay * 86_400_000).toISOString().slice(0, 10);
  const names = areas.map(({ area }) => AREAS[area].split(/[,:]| and /u)[0].toLowerCase()).join(", ");
  return `${day}  level ${level}  ${String(minutes).padStart(4)} min, ${reviewMinutes} of them review  ${names}`;
}
