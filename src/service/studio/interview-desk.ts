/** Interviews as the studio serves them: every line is in the log before it is answered, so that any tab or process can go on. */

import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { newRecordId } from "../../node/history-folder.ts";
import { openInterviewLog, readInterviews } from "../../node/interview-log.ts";
import { problemNames, readProblem } from "../../node/problem-files.ts";
import { reviewNote } from "../../note/review-note.ts";
import { minutesLeft, stepTimes } from "../../practice/interview/clock.ts";
import type { Conduct } from "../../practice/interview/conduct.ts";
import { DIMENSIONS, GRADE_NAMES } from "../../practice/interview/dimension.ts";
import {
  applyEvent,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
} from "../../practice/interview/interview-event.ts";
import { writeNote } from "../../practice/interview/interview-note.ts";
import { scoreInterview } from "../../practice/interview/score-interview.ts";
import { type InterviewSession, resumeSession, takeSaid } from "../../practice/interview/session.ts";
import { STEPS } from "../../steps/design.ts";
import type { StudioProject } from "./studio-project.ts";

/** Logs of interviews about one's own note are the terminal's: their name begins so. */
const NOTE_MARK = "note:";
export const beginSchema = z.strictObject({
  problem: z.string().max(120),
  minutes: z.number().min(5).max(240).default(45),
});
export const lineSchema = z.strictObject({ session: z.string().max(160), line: z.string().max(20_000) });

export type InterviewDesk = ReturnType<typeof openInterviewDesk>;

export function openInterviewDesk({ root, now }: StudioProject) {
  const at = (): string => now().toISOString();
  const stateOf = (session: string): InterviewState => {
    const found = readInterviews(root).find((one) => one.session === session && !one.problem.startsWith(NOTE_MARK));
    if (found !== undefined) return found;
    throw new FailureError({
      code: "no-interview",
      message: "there is no such interview",
      where: session.slice(0, 160),
    });
  };
  const show = (session: InterviewSession, said: readonly string[] = []) => describe(session, said);
  return {
    problems: () =>
      problemNames().map((name) => {
        const { title, prompt } = readProblem(name);
        return { name, title, prompt: prompt.trim() };
      }),
    list: () =>
      readInterviews(root)
        .filter(({ problem }) => !problem.startsWith(NOTE_MARK) && problemNames().includes(problem))
        .map((state) => ({
          session: state.session,
          title: readProblem(state.problem).title,
          step: state.step,
          ended: state.ended,
          lastAt: state.lastAt,
          left: minutesLeft(state),
        }))
        .toReversed(),
    begin({ problem, minutes }: z.output<typeof beginSchema>) {
      readProblem(problem);
      const start = at();
      const session = `${problem}-${newRecordId(now())}`;
      const event: InterviewEvent = { type: "start", at: start, session, problem, minutes };
      append(root, session, [event]);
      return show(resumeSession(conductOf(problem), folded([event])));
    },
    show(session: string) {
      const state = stateOf(session);
      return show(resumeSession(conductOf(state.problem), state));
    },
    say({ session, line }: z.output<typeof lineSchema>) {
      const found = stateOf(session);
      const conduct = conductOf(found.problem);
      if (isPause(line)) {
        // The time up to here is kept; the clock goes on with `resume`.
        const event: InterviewEvent = { type: "step", at: at(), step: found.step };
        append(root, session, [event]);
        return show(resumeSession(conduct, applyEvent(found, event)));
      }
      const turn = takeSaid(conduct, resumeSession(conduct, found), line, at());
      append(root, session, turn.events);
      return show(turn.session, turn.lines);
    },
    score(session: string) {
      const state = stateOf(session);
      const { problem, review } = conductOf(state.problem);
      const { scores, times, next } = scoreInterview(problem, state, review(state.sections));
      return {
        title: problem.title,
        session,
        endedAt: state.lastAt,
        minutes: state.minutes,
        used: state.minutes - minutesLeft(state),
        scores: scores.map(({ dimension, grade, evidence, missing }) => ({
          dimension,
          title: DIMENSIONS[dimension].title,
          area: DIMENSIONS[dimension].area,
          grade,
          name: GRADE_NAMES[grade],
          evidence,
          missing,
          above: grade === 3 ? null : { name: GRADE_NAMES[grade + 1], shows: DIMENSIONS[dimension].anchors[grade] },
        })),
        times,
        next,
      };
    },
    /** Minutes stand still while it is paused: the clock goes on with the next word. */
    resume: (session: string) => {
      const state = stateOf(session);
      if (state.ended) return show(resumeSession(conductOf(state.problem), state));
      const event: InterviewEvent = { type: "resume", at: at() };
      append(root, session, [event]);
      return show(resumeSession(conductOf(state.problem), applyEvent(state, event)));
    },
  };
}

function isPause(line: string): boolean {
  return /^\/pause\s*$/u.test(line.trim());
}

function append(root: string, session: string, events: readonly InterviewEvent[]): void {
  if (events.length === 0) return;
  const log = openInterviewLog(root, session);
  try {
    for (const event of events) log.append(event);
  } finally {
    log.close();
  }
}

function folded(events: readonly InterviewEvent[]): InterviewState {
  const state = foldEvents(events);
  if (state === undefined) throw new Error("a session begins with its start");
  return state;
}

function conductOf(name: string): Conduct {
  const problem = readProblem(name);
  const headings = STEPS.map(({ title }) => title);
  return {
    problem,
    review: (sections) => reviewNote(writeNote(problem.title, problem.name, headings, sections)),
  };
}

function describe({ state, phase, probes }: InterviewSession, said: readonly string[]) {
  const problem = readProblem(state.problem);
  const answers = new Map(problem.facts.map(({ name, answer }) => [name, answer]));
  return {
    session: state.session,
    title: problem.title,
    prompt: problem.prompt.trim(),
    minutes: state.minutes,
    left: minutesLeft(state),
    lastAt: state.lastAt,
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
