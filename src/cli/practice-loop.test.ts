import { expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import type { AnswerRecord } from "../practice/history.ts";
import { prepareQuestion } from "../practice/prepare.ts";
import { cardOf } from "../practice/question.ts";
import { sampleQuestion } from "../practice/sample-question.ts";
import { openSession } from "../practice/session.ts";
import type { Asker } from "./asker.ts";
import { askQuestion } from "./practice-loop.ts";
import { createTerminal } from "./terminal.ts";

const START = Date.parse("2026-11-28T10:00:00Z");

/** The record of an answer of somebody who types a line and, asked how sure they are, takes what `pick` says. */
async function answered(line: string, pick: (names: readonly string[]) => string): Promise<AnswerRecord | undefined> {
  const prepared = unwrap(prepareQuestion(sampleQuestion()));
  const session = openSession({
    ...{ bank: new Map([[prepared.question.id, prepared]]), cards: [cardOf(prepared.question)] },
    ...{ mode: "practice", count: 1, day: 20_785, seed: 5, records: [], startedAt: START, minutes: 20 },
  });
  const asked = session.next(START);
  if (asked === undefined) throw new Error("a question");
  const asker: Asker = {
    interactive: true,
    ask: async () => line,
    choose: async (_, choices) => pick(choices.map(({ name }) => name)),
    tick: async () => [],
    close: () => {},
  };
  const terminal = createTerminal({ stdin: {}, stdout: { write: () => true }, stderr: { write: () => true }, env: {} });
  const talk = { terminal, asker, json: false, review: undefined };
  const clock = { now: () => new Date(START), newId: () => "answer-0001", record: () => {} };
  return askQuestion({ ...talk, ...clock }, session, asked.sitting, "1.");
}

it("no estimate stands for who only presses Enter at `how sure are you?`: it was taken for 25 %", async () => {
  const enter = await answered("77 GB", ([first]) => first);
  expect(enter?.typed).toBe("77 GB");
  expect(enter?.confidence).toBeUndefined();
  expect((await answered("77 GB", (names) => names[names.length - 1]))?.confidence).toBe(0.95);
  const unasked = () => {
    throw new Error("asked again");
  };
  expect((await answered("77 GB @70", unasked))?.confidence).toBe(0.7);
});
