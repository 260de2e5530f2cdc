/** Which question comes next in a session: those of a challenge, a named one, today's set, or chosen answer by answer. */

import { createRandom, type Random } from "../core/random.ts";
import type { ChallengeItem } from "./challenge.ts";
import { chooseNext, choosePlacement } from "./choose-next.ts";
import { dailySet } from "./daily-set.ts";
import type { AnswerRecord, HistoryRecord } from "./history.ts";
import { dayOf, type Profile } from "./profile.ts";
import type { QuestionCard } from "./question.ts";

/** How a session chooses. */
export interface PickPlan {
  /** Those that may be asked. */
  readonly cards: readonly QuestionCard[];
  /** `practice`, `daily` or `gauntlet`. */
  readonly mode: string;
  readonly count: number;
  /** The one question that was asked for by its name. */
  readonly question?: string;
  readonly challenge?: readonly ChallengeItem[];
  /** Days since 1970. */
  readonly day: number;
  /** Of the choice and of the variants. */
  readonly seed: number;
  /** The history before the session. */
  readonly records: readonly HistoryRecord[];
}

export interface Pick {
  readonly card: QuestionCard;
  /** In a few words for the reader. */
  readonly reason: string;
  readonly seed: number;
}

/** The next question after those answered in this session; undefined at its end. */
export type Picker = (profile: Profile, answered: readonly AnswerRecord[]) => Pick | undefined;

/** So many answers find the level of somebody new. */
const PLACEMENT = 6;

export function createPicker({ cards, mode, count, question, challenge, day, seed, records }: PickPlan): Picker {
  const random: Random = createRandom(seed, "practice");
  const variantOf = (i: number): number => (seed + 7919 * (i + 1)) % 2 ** 31;
  const fixed =
    (list: readonly QuestionCard[], reason: string): Picker =>
    (_, answered) => {
      const card = list[answered.length];
      return card === undefined ? undefined : { card, reason, seed: variantOf(answered.length) };
    };
  if (challenge !== undefined) {
    return (_, answered) => {
      const item = challenge[answered.length];
      const card = cards.find(({ id }) => id === item?.question);
      return item === undefined || card === undefined ? undefined : { card, reason: "challenge", seed: item.seed };
    };
  }
  if (question !== undefined) return fixed(cards.slice(0, 1), "chosen");
  if (mode === "daily") return fixed(dailyRest(cards, count, day, records), "today's set");
  return (profile, answered) => {
    if (answered.length >= count) return undefined;
    const asked = new Set(answered.map((one) => one.question));
    const last = answered.at(-1);
    const lastCard = cards.find(({ id }) => id === last?.question);
    // What was left open found nothing.
    const given = profile.answers.filter(({ verdict }) => verdict !== "unanswered");
    const isNew = given.length < PLACEMENT && mode === "practice";
    const choice = isNew
      ? choosePlacement(profile, cards, { day, random, asked })
      : chooseNext(profile, cards, {
          day,
          random,
          asked,
          last: lastCard && { card: lastCard, right: last?.verdict === "right" },
        });
    return choice === undefined ? undefined : { ...choice, seed: variantOf(answered.length) };
  };
}

/** Today's set without what was answered from it already: a session that was broken off goes on where it was. */
function dailyRest(
  cards: readonly QuestionCard[],
  count: number,
  day: number,
  records: readonly HistoryRecord[],
): readonly QuestionCard[] {
  const done = new Set(
    records.flatMap((record) =>
      record.type === "answer" && record.mode === "daily" && dayOf(record.at) === day ? [record.question] : [],
    ),
  );
  return dailySet(records, cards, day, count).filter(({ id }) => !done.has(id));
}
