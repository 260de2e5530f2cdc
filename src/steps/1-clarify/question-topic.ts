/** What a clarifying question is about: as stated, else by its words; and what the facts of step 1 answer without one. */

import type { ClarifyFacts } from "./schema.ts";

type Question = NonNullable<ClarifyFacts["questions"]>[number];
export type QuestionTopic = NonNullable<Question["topic"]>;

/** The ten topics that a first conversation should touch. */
export const QUESTION_TOPICS = [
  "goal",
  "users",
  "scale",
  "latency",
  "labels",
  "privacy",
  "error-costs",
  "existing-system",
  "adversary",
  "freshness",
] as const satisfies readonly QuestionTopic[];

const WORDS: Readonly<Record<(typeof QUESTION_TOPICS)[number], RegExp>> = {
  goal: /\b(?:goal|objective|success|business|purpose|optimi[sz]e for)\b/iu,
  users: /\b(?:who|users?|members?|audience|customers? are|personas?)\b/iu,
  scale: /\b(?:scale|how many|how much|traffic|requests?|volume|size|peak|qps|rps)\b/iu,
  latency: /\b(?:latency|how fast|how quickly|response time|milliseconds?|real[- ]time)\b/iu,
  labels: /\b(?:label(?:s|led|ed)?|ground truth|annotat\w*|feedback|training data|signals?)\b/iu,
  privacy: /\b(?:privacy|personal|gdpr|consent|retention|sensitive|regulat\w*|legal)\b/iu,
  "error-costs": /\b(?:false (?:positive|negative)s?|cost of|costs more|mistakes?|wrong|worse|errors?)\b/iu,
  "existing-system": /\b(?:today|current(?:ly)?|existing|already|baseline|in use)\b/iu,
  adversary: /\b(?:adversar\w*|attack\w*|abuse|fraud\w*|spam\w*|game the|gaming|manipulat\w*)\b/iu,
  freshness: /\b(?:fresh\w*|stale|how old|how soon|up to date|how often|new items?|new titles?)\b/iu,
};

/** The topics of a question: the stated one, else every one whose words it uses. */
export function topicsOf(question: Question): readonly QuestionTopic[] {
  if (question.topic !== undefined) return [question.topic];
  return topicsIn(question.ask);
}

/** The topics whose words a text uses. */
export function topicsIn(text: string): readonly QuestionTopic[] {
  return QUESTION_TOPICS.filter((topic) => WORDS[topic].test(text));
}

/** The topics that the facts of step 1 answer: what is known need not be asked. */
export function topicsStated(facts: ClarifyFacts): readonly QuestionTopic[] {
  const { goal, users, items, requests, predictions, latency, labels, privacy, stakes, adversarial, freshness } = facts;
  const stated: Readonly<Partial<Record<QuestionTopic, readonly unknown[]>>> = {
    goal: [goal, facts["business-metric"]],
    users: [users],
    scale: [users?.daily, users?.total, items?.count, requests, predictions],
    latency: [latency],
    labels: [labels],
    privacy: [privacy],
    "error-costs": [stakes],
    adversary: [adversarial],
    freshness: [freshness],
  };
  return QUESTION_TOPICS.filter((topic) => stated[topic]?.some((one) => one !== undefined));
}

/** A question without an answer is open, whatever its status says. */
export function isOpen(question: Question): boolean {
  return question.status === "open" || question.answer === undefined || String(question.answer).trim() === "";
}
