/** A session of practice without anybody to talk to: what is asked next, its hints, the answer, and how it went in the end. */

import type { Outcome } from "../core/outcome.ts";
import type { Grade } from "./grade.ts";
import type { AnswerRecord } from "./history.ts";
import { createPicker, type PickPlan } from "./pick-questions.ts";
import type { PreparedQuestion } from "./prepare.ts";
import { dayOf, foldHistory, type Profile, withAnswer } from "./profile.ts";
import { type AnswerGiven, answerSitting, type Sitting, sit } from "./sitting.ts";
import { summariseSession } from "./summarise-session.ts";

export interface SessionPlan extends PickPlan {
  readonly bank: ReadonlyMap<string, PreparedQuestion>;
  /** All of `records`, folded, where that is known; made of them else. */
  readonly profile?: Profile;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Of a gauntlet, which ends by the clock; without hints and confidence. */
  readonly minutes: number;
  /** Answers that were given in this session before it was broken off. */
  readonly answered?: readonly AnswerRecord[];
  /** The question that stood when it was broken off. */
  readonly standing?: { readonly question: string; readonly seed: number; readonly reason: string };
}

/** The question that stands to be answered. */
export interface Asked {
  readonly sitting: Sitting;
  /** From 1. */
  readonly number: number;
  readonly reason: string;
  readonly hintsShown: number;
}

export interface PracticeSession {
  readonly mode: string;
  /** Questions without hints and confidence, against the clock. */
  readonly isTimed: boolean;
  readonly answered: readonly AnswerRecord[];
  readonly profile: Profile;
  /** The same until it is answered; undefined when nothing is left, or the time is up. */
  next(now: number): Asked | undefined;
  /** The next hint of the question that stands, which costs a quarter; undefined where there is none. */
  hint(): string | undefined;
  /** Grades. Nothing has happened until `keep` is called with the record: it is on the disk by then. */
  answer(given: Omit<AnswerGiven, "hints" | "mode">): Outcome<{ readonly grade: Grade; readonly record: AnswerRecord }>;
  keep(record: AnswerRecord, now: number): void;
  /** Milliseconds left of a gauntlet; undefined without a clock. */
  left(now: number): number | undefined;
  summary(now: number): ReturnType<typeof summariseSession>;
}

export function openSession(plan: SessionPlan): PracticeSession {
  const { bank, mode, records, startedAt, minutes, profile: folded } = plan;
  const own = new Set(plan.answered?.map(({ id }) => id));
  const earlier = records.filter((record) => record.type === "plan" || !own.has(record.id));
  const before = folded !== undefined && own.size === 0 ? folded : foldHistory(earlier);
  const isTimed = mode === "gauntlet";
  const deadline = startedAt + minutes * 60_000;
  const answered: AnswerRecord[] = [...(plan.answered ?? [])];
  const picker = createPicker({ ...plan, records: earlier });
  let profile = answered.reduce(withAnswer, before);
  let asked = standingOf(plan, answered.length + 1);
  let late: AnswerRecord | undefined;
  const standing = (): Asked => {
    if (asked === undefined) throw new Error("nothing was asked");
    return asked;
  };
  return {
    mode,
    isTimed,
    get answered() {
      return answered;
    },
    get profile() {
      return profile;
    },
    next(now) {
      if (late !== undefined || (isTimed && now >= deadline)) return undefined;
      if (asked !== undefined) return asked;
      const pick = picker(profile, answered);
      const prepared = pick === undefined ? undefined : bank.get(pick.card.id);
      if (pick === undefined || prepared === undefined) return undefined;
      const { reason, seed } = pick;
      asked = { sitting: sit(prepared, seed), number: answered.length + 1, reason, hintsShown: 0 };
      return asked;
    },
    hint() {
      const one = standing();
      const hint = isTimed ? undefined : one.sitting.hints[one.hintsShown];
      if (hint !== undefined) asked = { ...one, hintsShown: one.hintsShown + 1 };
      return hint;
    },
    answer(given) {
      const { sitting, hintsShown } = standing();
      return answerSitting(sitting, { ...given, hints: hintsShown, mode });
    },
    keep(record, now) {
      profile = withAnswer(profile, record);
      // The answer that the clock overtook is kept, and not counted.
      if (isTimed && now > deadline) late = record;
      else answered.push(record);
      asked = undefined;
    },
    left: (now) => (isTimed ? deadline - now : undefined),
    summary: (now) =>
      summariseSession({
        answered,
        late,
        isTimeUp: isTimed && now >= deadline,
        before,
        after: profile,
        day: dayOf(new Date(now).toISOString()),
        mode,
      }),
  };
}

function standingOf({ bank, standing }: SessionPlan, number: number): Asked | undefined {
  const prepared = standing === undefined ? undefined : bank.get(standing.question);
  if (standing === undefined || prepared === undefined) return undefined;
  return { sitting: sit(prepared, standing.seed), number, reason: standing.reason, hintsShown: 0 };
}
