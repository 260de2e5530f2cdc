/** A challenge: a list of questions in fixed variants, small enough to send, so that two people answer the same. */

import { z } from "zod";
import { fail, type Outcome, succeed } from "../core/outcome.ts";

const itemSchema = z.strictObject({ question: z.string().min(1), seed: z.int().min(0) });

const challengeSchema = z.strictObject({
  heptad: z.literal("challenge"),
  version: z.literal(1),
  title: z.string().max(200),
  items: z.array(itemSchema).min(1).max(100),
});

export type ChallengeItem = z.output<typeof itemSchema>;

/** The file's text. Answers are not in it: they are computed where it is taken. */
export function writeChallenge(title: string, items: readonly ChallengeItem[]): string {
  return `${JSON.stringify({ heptad: "challenge", version: 1, title, items }, null, 2)}\n`;
}

export function readChallenge(text: string): Outcome<readonly ChallengeItem[]> {
  const failure = {
    code: "not-a-challenge",
    message: "this is no challenge file",
    fix: "make one with `heptad bank export challenge FILE`",
  };
  try {
    const parsed = challengeSchema.safeParse(JSON.parse(text));
    return parsed.success
      ? succeed(parsed.data.items)
      : fail({ ...failure, message: `${failure.message}: ${parsed.error.issues[0]?.message ?? ""}` });
  } catch {
    return fail(failure);
  }
}
