/** Finds topics that neither a question nor what section 1 states touches, and assumptions that nobody has promised to check. */

import { defineRule } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { QUESTION_TOPICS, topicsIn, topicsOf, topicsStated } from "../question-topic.ts";

export const rule = defineRule({
  code: "HP102",
  name: "question-topics-uncovered",
  step: 1,
  reads: [
    "1.questions[].topic",
    "1.questions[].ask",
    "1.questions[].status",
    "1.questions[].check-by",
    "0.date",
    "1.goal",
    "1.business-metric",
    "1.users",
    "1.items",
    "1.requests",
    "1.predictions",
    "1.latency",
    "1.labels",
    "1.privacy",
    "1.stakes",
    "1.adversarial",
    "1.freshness",
  ],
  severity: "advice",
  consequence: "blind",
  summary: "a usual topic has no clarifying question and no fact, or an assumption has no date for its check",
  why: "what nobody asked about is decided by accident, and comes back as rework after the first launch",
  fix: "add one line per topic, such as `{ topic: error-costs, ask: Which mistake costs more?, answer: … }`",
  sources: ["Designing Machine Learning Systems (2022), ch. 2", "ML Test Score (2017), Data 4–5"],
  settings: { topics: 10 },
  examples: {
    bad: { 1: "questions:\n  - { topic: goal, ask: What is it for?, answer: fewer returns }" },
    good: {
      1: `questions:
  - { topic: goal, ask: What is it for?, answer: fewer returns }
  - { topic: users, ask: Who sees it?, answer: all buyers }
  - { topic: scale, ask: How much traffic?, answer: 40 a second }
  - { topic: latency, ask: How fast?, answer: 100 ms }
  - { topic: labels, ask: Which truth is there?, answer: returns }
  - { topic: privacy, ask: What may be stored?, answer: orders }
  - { topic: error-costs, ask: Which mistake costs more?, answer: a wrong warning }
  - { topic: existing-system, ask: What runs today?, answer: a size table }
  - { topic: adversary, ask: Who gains from errors?, answer: nobody }
  - { topic: freshness, ask: How old may an answer be?, status: assumed, answer: 1 d, check-by: 2030-01-15 }`,
    },
  },
  note: "a topic is touched by a question, by a fact of step 1, or by the prose of its section",
  check({ front, clarify, sections }, { topics }) {
    const { questions = [] } = clarify;
    const prose = sections.flatMap(({ step, prose: text }) => (step === 1 ? topicsIn(text) : []));
    const covered = new Set([...questions.flatMap(topicsOf), ...topicsStated(clarify), ...prose]);
    const uncovered = QUESTION_TOPICS.filter((topic) => !covered.has(topic));
    const needed = Math.max(0, topics - (QUESTION_TOPICS.length - uncovered.length));
    const unchecked = questions.flatMap((question, i) => {
      const by = question["check-by"];
      const late = by !== undefined && front.date !== undefined && by < front.date;
      return question.status === "assumed" && (by === undefined || late) ? [{ ask: question.ask, i }] : [];
    });
    if (needed === 0 && unchecked.length === 0) return [];
    const at = needed > 0 ? "1.questions" : `1.questions[${unchecked[0].i}].ask`;
    return [{ at, needed, uncovered, unchecked: unchecked.map(({ ask }) => ask) }];
  },
  say({ needed, uncovered, unchecked }) {
    const assumption = `${list(unchecked, 2)} ${unchecked.length === 1 ? "is assumed and has" : "are assumed and have"} no date for the check ahead`;
    if (needed === 0) return { message: assumption, label: "checked when?", fix: "add `check-by:` with a day" };
    const asked = 10 - uncovered.length;
    const also = unchecked.length === 0 ? "" : `; ${assumption}`;
    return {
      message: `questions, facts and prose of step 1 touch ${count(asked)} of 10 usual topics; nothing is asked or said about ${list(uncovered, 10)}${also}`,
      label: `${count(asked)} of 10 topics`,
      fix: `add one line per topic, such as { topic: ${uncovered[0]}, ask: …, answer: … }; ${code("status: assumed")} with a ${code("check-by")} date will do`,
    };
  },
});
