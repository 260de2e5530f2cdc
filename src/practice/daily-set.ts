/** The set of a day: the same all day, drawn from what is due and what is new, and not tomorrow's shifted by one. */

import { createRandom } from "../core/random.ts";
import { chooseNext } from "./choose-next.ts";
import type { HistoryRecord } from "./history.ts";
import { dayOf, foldHistory, type Profile } from "./profile.ts";
import type { QuestionCard } from "./question.ts";

/** Uses the history up to the day before, so that answering does not change the set. */
export function dailySet(
  records: readonly HistoryRecord[],
  cards: readonly QuestionCard[],
  day: number,
  count: number,
): readonly QuestionCard[] {
  return setOfDay(foldHistory(records.filter(({ at }) => dayOf(at) < day)), cards, day, count);
}

/** The same, of a profile that ends with the day before. */
export function setOfDay(
  profile: Profile,
  cards: readonly QuestionCard[],
  day: number,
  count: number,
): readonly QuestionCard[] {
  const random = createRandom(day, "daily");
  const pool = random.shuffle([...cards]).slice(0, Math.max(count * 12, Math.ceil(cards.length / 2)));
  const due = cards.filter(({ id }) => profile.memories.has(id) && !pool.some((card) => card.id === id));
  const asked = new Set<string>();
  const chosen: QuestionCard[] = [];
  while (chosen.length < count) {
    const choice = chooseNext(profile, [...pool, ...due], { day, random, asked });
    if (choice === undefined) break;
    asked.add(choice.card.id);
    chosen.push(choice.card);
  }
  return chosen;
}
