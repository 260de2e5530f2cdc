/** What a page is told of an interview: where it stands, its clock, and at the end its score. */

import { readProblem } from "../../node/problem-files.ts";
import { reviewNote } from "../../note/review-note.ts";
import { AREAS } from "../../practice/area.ts";
import { minutesLeft, stepTimes } from "../../practice/interview/clock.ts";
import type { Conduct } from "../../practice/interview/conduct.ts";
import { DIMENSIONS, GRADE_NAMES } from "../../practice/interview/dimension.ts";
import { asOf, type InterviewState } from "../../practice/interview/interview-event.ts";
import { writeNote } from "../../practice/interview/interview-note.ts";
import { writeCounts } from "../../practice/interview/render-interview.ts";
import { scoreInterview, weakestFirst } from "../../practice/interview/score-interview.ts";
import type { InterviewSession } from "../../practice/interview/session.ts";
import { STEPS } from "../../steps/design.ts";

export const HEADINGS = STEPS.map(({ title }) => title);

export function scoreOf(state: InterviewState) {
  const { problem, review } = conductOf(state.problem);
  const { scores, probes, counts, times, atTheEnd, next } = scoreInterview(problem, state, review(state.sections));
  const weakest = DIMENSIONS[weakestFirst(scores)[0].dimension];
  return {
    title: problem.title,
    session: state.session,
    endedAt: state.lastAt,
    isOver: state.ended,
    minutes: state.minutes,
    used: state.minutes - minutesLeft(state),
    counts: writeCounts(counts),
    grades: GRADE_NAMES,
    scores: scores.map(({ dimension, grade, evidence, missing, overruled }) => ({
      dimension,
      title: DIMENSIONS[dimension].title,
      grade,
      name: GRADE_NAMES[grade],
      evidence,
      missing,
      overruled: overruled === undefined ? null : { ...overruled, name: GRADE_NAMES[overruled.grade] },
      above: grade === 3 ? null : { name: GRADE_NAMES[grade + 1], shows: DIMENSIONS[dimension].anchors[grade] },
    })),
    probes,
    times,
    atTheEnd,
    next,
    drill: { title: weakest.title, area: weakest.area, areaTitle: AREAS[weakest.area] },
  };
}

/** What a page needs to know whether it still shows what is: how far it went, and the clock. */
export function clockOf(state: InterviewState, at: string) {
  return {
    turns: state.turns,
    running: state.running && !state.ended,
    isAway: state.isAway,
    left: minutesLeft(asOf(state, at)),
  };
}

export function conductOf(name: string): Conduct {
  const problem = readProblem(name);
  return {
    problem,
    review: (sections) => reviewNote(writeNote(problem.title, problem.name, HEADINGS, sections)),
  };
}

export function describe({ state: last, phase, probes }: InterviewSession, at: string, said: readonly string[]) {
  const state = phase === "ended" ? last : asOf(last, at);
  const problem = readProblem(state.problem);
  const answers = new Map(problem.facts.map(({ name, answer }) => [name, answer]));
  return {
    session: state.session,
    title: problem.title,
    prompt: problem.prompt.trim(),
    minutes: state.minutes,
    ...clockOf(last, at),
    lastAt: last.lastAt,
    phase,
    step: state.step,
    times: stepTimes(state),
    sections: STEPS.map(({ number, title, name }) => ({ number, title, name, text: state.sections[number] ?? "" })),
    asked: state.asked.map(({ text, fact }) => ({
      text,
      fact,
      answer: fact === null ? null : (answers.get(fact) ?? null),
    })),
    known: state.revealed,
    changes: state.changes.flatMap((i) => {
      const change = problem.changes[i];
      return change === undefined ? [] : [{ say: change.say, touches: change.touches }];
    }),
    probes: state.probes.map(({ question, answer }) => ({ question, answer })),
    probe: probes[0]?.question ?? null,
    probesLeft: probes.length,
    said,
  };
}
