/** Chooses the next question: what is about to be forgotten, what a chain leads to, and what teaches most at one's ability. */

import type { Random } from "../core/random.ts";
import { areaBelief, chanceRight, information } from "./ability.ts";
import type { Area } from "./area.ts";
import { recall, TARGET_RECALL } from "./memory.ts";
import type { Profile } from "./profile.ts";
import type { QuestionCard } from "./question.ts";

export interface ChooseOptions {
  /** Days since 1970. */
  readonly day: number;
  readonly random: Random;
  /** The question answered last; its chain is followed after a right answer. */
  readonly last?: { readonly card: QuestionCard; readonly right: boolean };
  /** Questions of this sitting, which are not asked twice. */
  readonly asked?: ReadonlySet<string>;
}

export interface Choice {
  readonly card: QuestionCard;
  /** Why it was chosen, in a few words for the reader. */
  readonly reason: string;
}

/** A review that is overdue outweighs any new question; a chain outweighs a new question elsewhere. */
const REVIEW_WEIGHT = 4;
const CHAIN_WEIGHT = 2;
/** Practice aims at this chance of success: hard enough to teach, easy enough to go on. */
const AIM = 0.7;

/** Undefined when there is no question left. Linear in the number of cards. */
export function chooseNext(
  profile: Profile,
  cards: readonly QuestionCard[],
  options: ChooseOptions,
): Choice | undefined {
  const { day, random, last, asked = new Set() } = options;
  const chain = new Set(last?.right === true ? last.card.next : []);
  const recent = countRecent(profile);
  let best: Choice | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const card of cards) {
    if (asked.has(card.id)) continue;
    const memory = profile.memories.get(card.id);
    const own = memory === undefined ? newValue(profile, card, recent) : reviewValue(recall(memory, day));
    const linked = memory === undefined && chain.has(card.id);
    const value = own + (linked ? CHAIN_WEIGHT : 0) + 0.05 * random.uniform();
    if (value <= most) continue;
    most = value;
    const review = memory !== undefined && own > 0 ? "about to be forgotten" : "seen before";
    const reason = linked ? "goes deeper" : memory === undefined ? "new, at your level" : review;
    best = { card, reason };
  }
  return best;
}

function reviewValue(chance: number): number {
  return chance < TARGET_RECALL ? REVIEW_WEIGHT * (1 + TARGET_RECALL - chance) : -2 * chance;
}

/** Near the aimed chance of success, in areas that are weak, uncertain and not just practised. */
function newValue({ ability }: Profile, card: QuestionCard, recent: ReadonlyMap<Area, number>): number {
  const belief = areaBelief(ability, card.area);
  const chance = chanceRight(belief.mean, { level: card.level, guess: 0 });
  const fit = 1 - Math.abs(chance - AIM);
  const weakness = 0.15 * (ability.general.mean - belief.mean);
  return fit + weakness + 0.3 * Math.sqrt(belief.variance) - 0.08 * (recent.get(card.area) ?? 0);
}

const RECENT_ANSWERS = 8;

function countRecent({ answers }: Profile): ReadonlyMap<Area, number> {
  const counts = new Map<Area, number>();
  for (const { area } of answers.slice(-RECENT_ANSWERS)) counts.set(area, (counts.get(area) ?? 0) + 1);
  return counts;
}

/** Questions that place a newcomer: the most telling one each time, an area not yet asked where there is a choice. */
export function choosePlacement(
  profile: Profile,
  cards: readonly QuestionCard[],
  options: ChooseOptions,
): Choice | undefined {
  const { random, asked = new Set() } = options;
  const areas = new Set(profile.answers.slice(-12).map(({ area }) => area));
  let best: Choice | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const card of cards) {
    if (asked.has(card.id) || card.minutes > 6) continue;
    const told = information(areaBelief(profile.ability, card.area).mean, card);
    const value = told + (areas.has(card.area) ? 0 : 0.1) + 0.02 * random.uniform();
    if (value <= most) continue;
    most = value;
    best = { card, reason: "to find your level" };
  }
  return best;
}
