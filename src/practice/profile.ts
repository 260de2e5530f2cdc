/** Everything that is known of a learner, folded from the history: ability, memory, calibration, days of practice. */

import { type Ability, freshAbility, updateAbility } from "./ability.ts";
import type { AnswerRecord, HistoryRecord, PlanRecord } from "./history.ts";
import { type Memory, remember } from "./memory.ts";

export interface Profile {
  readonly ability: Ability;
  /** By question. */
  readonly memories: ReadonlyMap<string, Memory>;
  /** Answers in the order of time, unanswered ones included. */
  readonly answers: readonly AnswerRecord[];
  /** The plan that was stated last. */
  readonly plan: PlanRecord | undefined;
}

const DAY = 86_400_000;
const MOST_SECONDS = 900;

/** Days since 1970 of an ISO time. */
export function dayOf(at: string): number {
  return Math.floor(Date.parse(at) / DAY);
}

/** Nothing known. */
export function freshProfile(): Profile {
  return { ability: freshAbility(), memories: new Map(), answers: [], plan: undefined };
}

/** One pass over the history, or over what came after the profile `from`. Answers nobody gave teach the ability model nothing. */
export function foldHistory(records: readonly HistoryRecord[], from: Profile = freshProfile()): Profile {
  let { ability, plan } = from;
  const memories = new Map(from.memories);
  const answers = [...from.answers];
  for (const record of records) {
    if (record.type === "plan") {
      plan = record;
      continue;
    }
    answers.push(record);
    if (record.verdict !== "unanswered") ability = updateAbility(ability, record);
    const { question, verdict, score } = record;
    memories.set(question, remember(memories.get(question), verdict, score, dayOf(record.at)));
  }
  return { ability, memories, answers, plan };
}

/** The profile after one more answer, without folding the history again. */
export function withAnswer(profile: Profile, record: AnswerRecord): Profile {
  const { question, verdict, score, at } = record;
  const memories = new Map(profile.memories);
  memories.set(question, remember(memories.get(question), verdict, score, dayOf(at)));
  const ability = verdict === "unanswered" ? profile.ability : updateAbility(profile.ability, record);
  return { ...profile, ability, memories, answers: [...profile.answers, record] };
}

/** Whether any answer was given: before one there is no level to tell, whatever was left open. */
export function isPlaced({ answers }: Pick<Profile, "answers">): boolean {
  return answers.some(({ verdict }) => verdict !== "unanswered");
}

/** Seconds of practice: a question left standing over lunch is not an hour of study. */
export function secondsOf(answers: readonly Pick<AnswerRecord, "seconds">[]): number {
  return answers.reduce((sum, { seconds }) => sum + Math.min(seconds, MOST_SECONDS), 0);
}

/** Days in a row with at least one answer, up to today or yesterday: a day not over yet breaks nothing. */
export function streak({ answers }: Profile, today: number): number {
  let count = 0;
  let day: number | undefined;
  // From the last answer back: an answer is later than all before it.
  for (let i = answers.length - 1; i >= 0; i--) {
    const at = dayOf(answers[i].at);
    if (at > today || at === day) continue;
    if (at !== (day ?? today) - 1 && !(day === undefined && at === today)) break;
    day = at;
    count++;
  }
  return count;
}
