/** Made-up cards and answers for tests, simulations and benchmarks of practice. */

import { AREA_NAMES } from "./area.ts";
import type { AnswerRecord } from "./history.ts";
import type { QuestionCard } from "./question.ts";

/** `count` cards spread evenly over areas and levels, typed answers only. */
export function sampleCards(count: number): QuestionCard[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `question-${i}`,
    kind: "estimate",
    area: AREA_NAMES[i % AREA_NAMES.length],
    step: 4,
    level: 1 + (Math.floor(i / AREA_NAMES.length) % 6),
    minutes: 2,
    next: i + AREA_NAMES.length * 6 < count && i % 3 === 0 ? [`question-${i + AREA_NAMES.length * 6}`] : [],
    guess: 0,
  }));
}

/** An answer to a card. `at` is in days since 1970. */
export function sampleAnswer(
  card: QuestionCard,
  { score, at, confidence }: { readonly score: number; readonly at: number; readonly confidence?: number },
): AnswerRecord {
  return {
    type: "answer",
    id: `answer-${card.id}-${at}`,
    at: new Date(at * 86_400_000).toISOString(),
    question: card.id,
    area: card.area,
    level: card.level,
    guess: card.guess,
    seed: 1,
    typed: "1",
    verdict: score >= 0.75 ? "right" : score >= 0.5 ? "close" : "wrong",
    score,
    confidence,
    hints: 0,
    seconds: 60,
    mode: "practice",
  };
}
