/** Small questions for the tests of practice: a valid one of a kind, with any part replaced, or left out where it is undefined. */

import type { Question } from "./question.ts";
import { questionSchema } from "./question.ts";

/** An estimate of the size of an embedding table unless told otherwise. */
export function sampleQuestion(changes: Readonly<Record<string, unknown>> = {}, id = "sample"): Question {
  const parts = {
    kind: "estimate",
    title: "Table size",
    area: "ranking",
    level: 2,
    seniority: "mid",
    minutes: 2,
    ask: "{items} items of {dims} numbers, {width} each, kept {copies} times. How large?",
    given: { items: "50M", dims: 128, width: "4 B", copies: "2..4" },
    answer: "size = items * dims * width\nsize * copies -> GB",
    mistakes: [
      { answer: "size -> GB", why: "the copies were forgotten" },
      { answer: "size * copies * 4 -> GB", why: "the width was counted twice" },
    ],
    sources: ["arithmetic"],
    ...changes,
  };
  const body = questionSchema.parse(
    Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
  );
  return { ...body, id, step: 4 };
}
