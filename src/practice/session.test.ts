/** A session of practice without anybody to talk to. */

import { expect, test } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { type PreparedQuestion, prepareQuestion } from "./prepare.ts";
import { cardOf } from "./question.ts";
import { sampleQuestion } from "./sample-question.ts";
import { openSession, type SessionPlan } from "./session.ts";

const START = Date.parse("2026-11-28T10:00:00Z");
const BANK = new Map(
  ["one", "two", "three"].map((id): [string, PreparedQuestion] => {
    const prepared = unwrap(prepareQuestion(sampleQuestion({}, id)));
    return [id, prepared];
  }),
);

function plan(change: Partial<SessionPlan> = {}): SessionPlan {
  return {
    bank: BANK,
    cards: [...BANK.values()].map(({ question }) => cardOf(question)),
    mode: "practice",
    count: 2,
    day: 20_785,
    seed: 5,
    records: [],
    startedAt: START,
    minutes: 20,
    ...change,
  };
}

const given = (id: string, at = START) => ({ typed: "", seconds: 3, id, at: new Date(at).toISOString() });

test("asks the same question until its answer is kept, then another, and ends after as many as were asked for", () => {
  const session = openSession(plan());
  const first = session.next(START);
  expect(session.next(START)).toBe(first);
  const { record } = unwrap(session.answer(given("a")));
  expect(session.answered).toHaveLength(0);
  session.keep(record, START);
  const second = session.next(START);
  expect(second?.number).toBe(2);
  expect(second?.sitting.prepared.question.id).not.toBe(first?.sitting.prepared.question.id);
  session.keep(unwrap(session.answer(given("b"))).record, START);
  expect(session.next(START)).toBeUndefined();
  expect(session.summary(START)).toMatchObject({ answered: 2, open: 2 });
});

test("goes on where it was broken off: with its answers, and with the question that stood", () => {
  const session = openSession(plan());
  session.next(START);
  const { record } = unwrap(session.answer(given("a")));
  session.keep(record, START);
  const stood = session.next(START);
  if (stood === undefined) throw new Error("a second question stands");
  const standing = {
    question: stood.sitting.prepared.question.id,
    seed: stood.sitting.variant.seed,
    reason: stood.reason,
  };
  const again = openSession(plan({ records: [record], answered: [record], standing }));
  expect(again.next(START)).toMatchObject({ number: 2, reason: stood.reason });
  expect(again.next(START)?.sitting.variant).toEqual(stood.sitting.variant);
  expect(again.profile).toEqual(session.profile);
});

test("a hint is counted with the answer; there is none past the last one, and none against the clock", () => {
  const session = openSession(plan());
  const hints = session.next(START)?.sitting.hints ?? [];
  expect(hints.map(() => session.hint())).toEqual([...hints]);
  expect(session.hint()).toBeUndefined();
  expect(unwrap(session.answer(given("a"))).record.hints).toBe(hints.length);
  const timed = openSession(plan({ mode: "gauntlet" }));
  timed.next(START);
  expect(timed.hint()).toBeUndefined();
});

test("the clock of a gauntlet ends it; an answer that came too late is kept apart", () => {
  const session = openSession(plan({ mode: "gauntlet", minutes: 1 }));
  session.next(START);
  expect(session.left(START + 20_000)).toBe(40_000);
  const late = START + 60_001;
  session.keep(unwrap(session.answer(given("a", late))).record, late);
  expect(session.next(late)).toBeUndefined();
  expect(session.summary(late)).toMatchObject({ answered: 0, late: 1 });
  expect(openSession(plan({ mode: "gauntlet", minutes: 1 })).next(START + 60_000)).toBeUndefined();
});
