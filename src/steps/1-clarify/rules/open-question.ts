/** Finds clarifying questions that nobody has answered. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";
import { isOpen, topicsOf } from "../question-topic.ts";

const DECISIVE: readonly string[] = ["goal", "labels", "privacy", "latency", "scale"];

export const rule = defineRule({
  code: "HP101",
  name: "open-question",
  step: 1,
  reads: ["1.questions[].ask", "1.questions[].answer", "1.questions[].status", "1.questions[].changes"],
  severity: "error",
  consequence: "blind",
  summary: "a clarifying question is open, so what depends on it is a guess",
  why: "later steps are computed from the answers; an open question makes each of them a guess that looks like a number",
  fix: "ask the owner; failing that write `status: assumed` with an `answer` and a `check-by` date",
  sources: ["Designing Machine Learning Systems (2022), ch. 2", "Rules of ML (2016), rules 2 and 39"],
  examples: {
    bad: { 1: 'questions:\n  - { topic: labels, ask: "When is a chargeback final?", status: open }' },
    good: {
      1: 'questions:\n  - { topic: labels, ask: "When is a chargeback final?", status: assumed, answer: 45 d, check-by: 2030-01-15 }',
    },
  },
  check({ clarify: { questions } }) {
    if (questions === undefined) return unknown("1.questions");
    const open = questions.flatMap((question, i) => (isOpen(question) ? [{ question, i }] : []));
    if (open.length === 0) return [];
    const isDecisive = open.some(({ question }) => {
      const topics = topicsOf(question);
      const changes = question.changes ?? [];
      return topics.some((topic) => DECISIVE.includes(topic)) || changes.some((step) => step === 2 || step === 3);
    });
    const steps = [...new Set(open.flatMap(({ question }) => question.changes ?? []))].sort();
    const [first, ...others] = open;
    return [
      {
        at: `1.questions[${first.i}].ask`,
        also: others.map(({ i }) => `1.questions[${i}].ask`),
        severity: isDecisive ? ("error" as const) : ("warning" as const),
        open: open.length,
        all: questions.length,
        ask: first.question.ask,
        steps,
      },
    ];
  },
  say: ({ open, all, ask, steps, also }) => ({
    message:
      open === 1
        ? `1 of ${count(all)} clarifying questions is still open: ${code(ask)}`
        : `${count(open)} of ${count(all)} clarifying questions are still open, ${code(ask)} first`,
    label: "no answer yet",
    also: also.map(() => "open too"),
    why:
      steps.length === 0
        ? undefined
        : `${steps.length === 1 ? `step ${steps[0]} is` : `steps ${steps.slice(0, -1).join(", ")} and ${steps.at(-1)} are`} built on the answer; until it is known, what stands there is a guess`,
  }),
});
