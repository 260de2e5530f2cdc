/** The few facts that decide the most, step by step: what a new note asks for, with why and how others wrote it. */

import { z } from "zod";
import { describeKeys, type KeyDescription, kindOf, schemasAt } from "../design/schema-keys.ts";
import type { QUESTION_TOPICS } from "../steps/1-clarify/question-topic.ts";
import { STEPS } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

export interface AskedFact {
  /** What `setFact` takes. */
  readonly key: string;
  readonly step: number;
  readonly question: string;
  /** What belongs there: `a duration`. */
  readonly kind: string;
  /** As others write it. */
  readonly example: string;
  /** What the schema says it is. */
  readonly about: string;
  /** Of the topics that a first conversation should touch; `other` for what is none of them. */
  readonly topic: string;
  /** Names of a closed set; empty for free text and numbers. */
  readonly choices: readonly string[];
  /** How many rules of the review read it, and the estimates that it feeds are not counted. */
  readonly rules: number;
}

/** In the order in which they are asked, each as a reference design writes it. The schema says the rest. */
const QUESTIONS: readonly (readonly [key: string, question: string, example: string])[] = [
  ["1.goal", "What should get better, and for whom?", "a member finds something to watch within a minute"],
  ["1.business-metric", "By which number would the business see it?", "watch minutes per member"],
  ["1.users.daily", "How many people use it a day?", "2M"],
  ["1.requests.average", "How many requests arrive on average?", "400/s"],
  ["1.requests.peak", "How much more at the peak?", "3x"],
  ["1.items.count", "How many things are there to choose from or to judge?", "3.9k"],
  ["1.latency.p99", "How long may an answer take, for 99 of 100 requests?", "100 ms"],
  ["1.labels.delay", "How long until one knows what was right?", "7 d"],
  ["1.budget", "What may it cost?", "$5k/month"],
  ["2.task", "What kind of task is it?", "ranking"],
  ["2.predict", "What does the model say, of what?", "the member will rate this title 4 or more"],
  ["2.baseline.rule", "What is done today, or would be the simplest thing?", "most-popular"],
  ["2.success.metric", "Which offline metric decides?", "ndcg@10"],
  ["2.success.gain", "What is the smallest gain that pays?", "0.01"],
  ["2.metrics.online", "What moves online if it works?", "[watch minutes per member]"],
  ["3.time", "Which column says when something happened?", "timestamp"],
  ["3.split.by", "How is the data split?", "time"],
  ["3.split.gap", "How long a gap stands between training and test?", "7 d"],
  ["5.slices", "Which groups are looked at on their own?", "[new members, heavy members]"],
  ["6.serving.mode", "Are answers made on request, or ahead of time?", "online"],
  ["6.serving.fallback", "What is answered when the model is late or fails?", "most-popular"],
  ["6.rollback.kind", "Who starts the way back to the last model?", "automatic"],
  ["6.experiment.metric", "By which metric is the experiment decided?", "click-through rate"],
  ["7.retrain.every", "How often is it trained again?", "7 d"],
];

/** What the question is about, where that is a topic that a first conversation should touch. */
const TOPICS: Readonly<Record<string, (typeof QUESTION_TOPICS)[number]>> = {
  "1.goal": "goal",
  "1.business-metric": "goal",
  "1.users.daily": "users",
  "1.requests.average": "scale",
  "1.requests.peak": "scale",
  "1.items.count": "scale",
  "1.latency.p99": "latency",
  "1.labels.delay": "labels",
  "2.baseline.rule": "existing-system",
};

/** Those that the schema knows, with what it says of them. */
export function factsToAsk(): readonly AskedFact[] {
  const known = new Map(
    STEPS.flatMap(({ number, schema }) =>
      describeKeys(schema).map((one): [string, KeyDescription] => [`${number}.${one.path}`, one]),
    ),
  );
  return QUESTIONS.flatMap(([key, question, example]) => {
    const described = known.get(key);
    const step = Number(key[0]);
    const schema = STEPS.find(({ number }) => number === step)?.schema;
    if (described === undefined || schema === undefined) return [];
    const at = schemasAt(schema, key.slice(2).split("."));
    const choices = at.flatMap((one) => (one instanceof z.ZodEnum ? one.options.map(String) : []));
    return [
      {
        key,
        step,
        question,
        kind: described.kind || at.map(kindOf).join(" or "),
        example,
        about: described.description,
        topic: TOPICS[key] ?? "other",
        choices,
        rules: RULES.filter(({ reads }) => reads.some((path) => isWithin(path, key))).length,
      },
    ];
  });
}

/** Whether a rule that reads `path` reads the fact: the fact itself, a part of it, or the map that holds it. */
function isWithin(path: string, key: string): boolean {
  return path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`);
}
